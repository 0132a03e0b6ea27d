import { resources } from '@azure/arm-resourcegraph/api';
import { abortable } from './abort.ts';
import type { AzureClients } from './clients.ts';
import { MalformedAnswerError } from './problems.ts';

/** Rows of one page; what is in them is up to the query. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** What a query is run over; everything that the account can see when both are absent. */
export interface GraphScope {
  readonly subscriptions?: readonly string[];
  readonly managementGroups?: readonly string[];
}

/**
 * Runs a query page by page over everything that the account can see, or a part of it.
 * @throws whatever the SDK throws, MalformedAnswerError, or an AbortError as soon as the signal aborts
 */
export async function* queryPages(
  clients: AzureClients,
  query: string,
  signal?: AbortSignal,
  { subscriptions, managementGroups }: GraphScope = {},
): AsyncGenerator<Rows> {
  const context = clients.resourceGraph();
  let skipToken: string | undefined;
  do {
    const response = await abortable(
      resources(context, {
        query,
        ...(subscriptions ? { subscriptions: [...subscriptions] } : undefined),
        ...(managementGroups ? { managementGroups: [...managementGroups] } : undefined),
        options: {
          resultFormat: 'objectArray',
          top: 1000,
          authorizationScopeFilter: 'AtScopeAboveAndBelow',
          ...(skipToken ? { skipToken } : undefined),
        },
      }),
      signal,
    );
    yield rowsOf(response.data);
    const next = response.skipToken ?? undefined;
    if (next !== undefined && next === skipToken) throw new MalformedAnswerError('the same page twice');
    skipToken = next;
  } while (skipToken);
}

function rowsOf(data: unknown): Rows {
  if (!Array.isArray(data)) throw new MalformedAnswerError('no rows');
  return data.filter((row): row is Rows[number] => typeof row === 'object' && row !== null);
}

/** The text of a column; null, the empty string and anything else are absent. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
