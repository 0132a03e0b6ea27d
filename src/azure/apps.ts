import { list } from '@azure/arm-appservice/api/webApps';
import { normalizeResourceId, parseSiteId } from '../core/rbac/resource-id.ts';
import { abortable, eachPage } from './abort.ts';
import { type AzureClients, azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { AzureReadError, isWithoutResourceGraph, MalformedAnswerError, problemOf } from './problems.ts';
import { appsQuery, resourcesQuery } from './queries.ts';
import { queryPages, textOf } from './resource-graph.ts';
import type { SiteFacts } from './sites.ts';

/** An app or slot that can be linked. */
export interface AppChoice {
  /** ARM id as Azure spells it. */
  readonly id: string;
  readonly name: string;
  readonly slot?: string;
  readonly kind?: string;
  readonly location?: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly tags?: Readonly<Record<string, unknown>>;
}

export interface ListAppsOptions {
  readonly signal?: AbortSignal;
  /** Part of a name, resource group or id; everything when absent. */
  readonly query?: string;
}

/**
 * The apps and slots that the account can see, page by page as Azure gives them. Where Resource Graph is closed, the
 * apps of each subscription are listed instead, without their slots.
 * @throws AzureReadError with the problem when Azure cannot be read or the signal aborts
 */
export async function* listApps(connection: AzureConnection, options: ListAppsOptions = {}): AsyncGenerator<AppChoice> {
  const { signal } = options;
  const search = options.query?.trim() ?? '';
  const clients = azureClients(connection, signal);
  const seen = new Set<string>();
  try {
    let unreadable = 0;
    for await (const rows of queryPages(clients, appsQuery(search), signal)) {
      for (const row of rows) {
        const app = choiceOf(row);
        if (!app) unreadable++;
        else if (isNew(app.id, seen)) yield app;
      }
    }
    // A list of rows that say nothing is not an account without apps.
    if (unreadable > 0 && seen.size === 0) throw new MalformedAnswerError('no row with an id');
    return;
  } catch (error) {
    if (!isWithoutResourceGraph(error) || seen.size > 0) throw new AzureReadError(problemOf(error, '', 'the apps'));
  }
  try {
    for await (const app of listAppsFromArm(clients, signal)) {
      if (app.id.toLowerCase().includes(search.toLowerCase()) && isNew(app.id, seen)) yield app;
    }
  } catch (error) {
    throw new AzureReadError(problemOf(error, '', 'the apps'));
  }
}

function isNew(id: string, seen: Set<string>): boolean {
  const before = seen.size;
  return seen.add(normalizeResourceId(id)).size > before;
}

export interface ResourceChoice {
  /** ARM id as Azure spells it. */
  readonly id: string;
  /** Full type, e.g. `microsoft.storage/storageaccounts`. */
  readonly type: string;
}

/**
 * The resources of some types in one subscription, page by page.
 * @throws AzureReadError with the problem when Azure cannot be read or the signal aborts
 */
export async function* listResources(
  connection: AzureConnection,
  subscriptionId: string,
  types: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<ResourceChoice> {
  const clients = azureClients(connection, signal);
  const seen = new Set<string>();
  try {
    let unreadable = 0;
    for await (const rows of queryPages(clients, resourcesQuery(subscriptionId, types), signal)) {
      for (const row of rows) {
        const [id, type] = [textOf(row.id), textOf(row.type)];
        if (id === undefined || type === undefined) unreadable++;
        else if (isNew(id, seen)) yield { id, type };
      }
    }
    if (unreadable > 0 && seen.size === 0) throw new MalformedAnswerError('no row with an id');
  } catch (error) {
    throw new AzureReadError(problemOf(error, '', 'the resources of the subscription'));
  }
}

async function* listAppsFromArm(clients: AzureClients, signal?: AbortSignal): AsyncGenerator<AppChoice> {
  for await (const subscriptionId of listSubscriptionIds(clients, signal)) {
    for await (const sites of eachPage(list(clients.webSites(subscriptionId)).byPage(), signal)) {
      for (const site of sites) {
        const app = choiceOf(site);
        if (app) yield app;
      }
    }
  }
}

/** The subscription client of the SDK would be one more package for this single list. */
async function* listSubscriptionIds(clients: AzureClients, signal?: AbortSignal): AsyncGenerator<string> {
  let page = await abortable(clients.getJson('/subscriptions?api-version=2022-12-01'), signal);
  for (;;) {
    const { value, nextLink } = (page ?? {}) as { readonly value?: unknown; readonly nextLink?: unknown };
    if (!Array.isArray(value)) throw new MalformedAnswerError('no list');
    for (const item of value as readonly ({ readonly subscriptionId?: unknown } | null)[]) {
      const id = textOf(item?.subscriptionId);
      if (id) yield id;
    }
    const link = textOf(nextLink);
    if (!link) return;
    page = await abortable(clients.getJson(link), signal);
  }
}

function isTags(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function choiceOf(facts: SiteFacts & { readonly tags?: unknown }): AppChoice | undefined {
  const id = textOf(facts.id);
  const siteId = id === undefined ? undefined : parseSiteId(id);
  if (id === undefined || !siteId) return undefined;
  const kind = textOf(facts.kind);
  const location = textOf(facts.location);
  return {
    id,
    name: siteId.site,
    ...(siteId.slot ? { slot: siteId.slot } : undefined),
    ...(kind ? { kind } : undefined),
    ...(location ? { location } : undefined),
    resourceGroup: siteId.resourceGroup,
    subscriptionId: siteId.subscriptionId,
    ...(isTags(facts.tags) ? { tags: facts.tags } : undefined),
  };
}
