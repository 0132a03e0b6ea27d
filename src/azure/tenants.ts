import { isRestError } from '@azure/core-rest-pipeline';
import { abortable } from './abort.ts';
import { authenticationPolicy } from './authentication.ts';
import { azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { AzureReadError, MalformedAnswerError, problemOf } from './problems.ts';
import { textOf } from './resource-graph.ts';

const apiVersion = 'api-version=2022-12-01';

/** A tenant that an account is a member or guest of. */
export interface TenantChoice {
  readonly tenantId: string;
  /** As the tenant calls itself, or its default domain. */
  readonly name?: string;
  readonly domain?: string;
}

/**
 * The tenant whose tokens a subscription takes. Azure Resource Manager tells it to anybody who asks without a token, so
 * that neither an account nor a list of subscriptions is needed.
 * @returns `undefined` where Azure does not say: an unknown subscription, a loopback server, no network
 * @throws AbortError alone, when the signal aborts
 */
export async function tenantOfSubscription(
  connection: AzureConnection,
  subscriptionId: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!connection.endpoint.tokenScope) return undefined;
  const anonymous = { ...connection, authentication: authenticationPolicy(connection.endpoint, undefined) };
  const path = `/subscriptions/${encodeURIComponent(subscriptionId)}?${apiVersion}`;
  try {
    await abortable(azureClients(anonymous, signal).getJson(path), signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (!isRestError(error) || error.statusCode !== 401) return undefined;
    const challenge = error.response?.headers.get('www-authenticate') ?? '';
    return /\bauthorization_uri="https:\/\/[^/"]+\/(?<tenant>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\/?"/i
      .exec(challenge)
      ?.groups?.['tenant']?.toLowerCase();
  }
  return undefined;
}

/**
 * The tenants that the connection's account belongs to, in Azure's order.
 * @throws AzureReadError with the problem when they cannot be read or the signal aborts
 */
export async function listTenants(connection: AzureConnection, signal?: AbortSignal): Promise<readonly TenantChoice[]> {
  const clients = azureClients(connection, signal);
  const tenants = new Map<string, TenantChoice>();
  try {
    let link: string | undefined = `/tenants?${apiVersion}`;
    while (link !== undefined) {
      const page: unknown = await abortable(clients.getJson(link), signal);
      const { value, nextLink } = (page ?? {}) as { readonly value?: unknown; readonly nextLink?: unknown };
      if (!Array.isArray(value)) throw new MalformedAnswerError('no list');
      for (const item of value as readonly (Readonly<Record<string, unknown>> | null)[]) {
        const tenantId = textOf(item?.['tenantId'])?.toLowerCase();
        const domain = textOf(item?.['defaultDomain']);
        const name = textOf(item?.['displayName']) ?? domain;
        if (!tenantId || tenants.has(tenantId)) continue;
        tenants.set(tenantId, { tenantId, ...(name ? { name } : {}), ...(domain ? { domain } : {}) });
      }
      link = textOf(nextLink);
    }
  } catch (error) {
    throw new AzureReadError(problemOf(error, '', 'the tenants of the account'));
  }
  return [...tenants.values()];
}
