import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import { type ArmEndpoint, resolveArmEndpoint, resourcePortalUrl } from '../core/rbac/arm-endpoint.ts';
import { authenticationPolicy } from './authentication.ts';
import { credentialFor, type SignInOptions } from './credential.ts';

export interface ConnectOptions extends SignInOptions {
  /** ARM base URL; https://management.azure.com when absent. */
  readonly endpoint?: string;
  readonly retry?: RetryOptions;
  /** Sends the requests; the SDK's own client when absent. */
  readonly httpClient?: HttpClient;
  /** True where the user agreed that Microsoft Graph is asked who principals are; never asked when absent. */
  readonly directory?: boolean;
}

export interface RetryOptions {
  /** 3 when absent. */
  readonly maxRetries?: number;
  /** First pause in milliseconds, doubled each time; 400 when absent. */
  readonly pause?: number;
  /** Longest `Retry-After` in milliseconds that is waited for; 20,000 when absent. Longer ones become a problem. */
  readonly longestWait?: number;
  /** Milliseconds for one request and its whole answer; 30,000 when absent. */
  readonly deadline?: number;
}

/** How to reach Azure. Holds no socket and needs no disposal; making one reads nothing. */
export interface AzureConnection {
  readonly endpoint: ArmEndpoint;
  readonly tenantId?: string;
  readonly retry: Required<RetryOptions>;
  /** Puts the token on a request, or makes sure that none is there. */
  readonly authentication: PipelinePolicy;
  readonly httpClient?: HttpClient;
  /** Microsoft Graph of the same cloud; absent where nobody agreed to it or the cloud's is not known. */
  readonly directory?: Directory;
}

export interface Directory {
  readonly url: string;
  readonly authentication: PipelinePolicy;
}

/** The endpoint may not be used this way; the message says what to change. */
export class EndpointRefusedError extends Error {
  override readonly name = 'EndpointRefusedError';
}

/** @throws EndpointRefusedError when the endpoint is not https and not a loopback address */
export function connect(options: ConnectOptions): AzureConnection {
  const resolution = resolveArmEndpoint(options.endpoint);
  if (!resolution.ok) throw new EndpointRefusedError(resolution.reason);
  const { endpoint } = resolution;
  if (options.signIn === 'demo' && endpoint.cloud !== 'loopback') {
    throw new EndpointRefusedError(
      'The demo tenant is read without a credential, so it must be a loopback http address.',
    );
  }
  return {
    endpoint,
    ...(options.tenantId ? { tenantId: options.tenantId } : undefined),
    retry: { maxRetries: 3, pause: 400, longestWait: 20_000, deadline: 30_000, ...options.retry },
    authentication: authenticationPolicy(endpoint, credentialFor(endpoint, options)),
    ...(options.httpClient ? { httpClient: options.httpClient } : undefined),
    ...(options.directory && endpoint.graphUrl ? { directory: directoryOf(endpoint, endpoint.graphUrl, options) } : {}),
  };
}

/** Its tokens are of its own and go nowhere else; a loopback server gets none here either. */
function directoryOf(endpoint: ArmEndpoint, url: string, options: ConnectOptions): Directory {
  const { tokenScope, ...rest } = endpoint;
  const graph = tokenScope === undefined ? rest : { ...rest, tokenScope: `${url}/.default` };
  return { url, authentication: authenticationPolicy(graph, credentialFor(graph, options)) };
}

/** Portal page of a resource; `undefined` where the endpoint has no portal, as the demo tenant. */
export function portalUrl(connection: AzureConnection, resourceId: string): string | undefined {
  return resourcePortalUrl(connection.endpoint, resourceId, connection.tenantId);
}
