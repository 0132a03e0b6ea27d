import { createWebSiteManagement, type WebSiteManagementContext } from '@azure/arm-appservice/api';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { createResourceGraph, type ResourceGraphContext } from '@azure/arm-resourcegraph/api';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequestOptions,
} from '@azure/core-rest-pipeline';
import { noCredential } from './authentication.ts';
import type { AzureConnection } from './connection.ts';
import { securePipeline } from './pipeline.ts';

/** SDK clients for one operation: all of their requests, further pages included, end with its signal. */
export interface AzureClients {
  readonly resourceGraph: () => ResourceGraphContext;
  readonly webSites: (subscriptionId: string) => WebSiteManagementContext;
  readonly authorization: () => AuthorizationManagementClient;
  /** Reads a path of the endpoint, or a page link, that none of the clients covers. */
  readonly getJson: (pathOrLink: string) => Promise<unknown>;
  /** Asks by a POST that changes nothing. */
  readonly postJson: (path: string, body: unknown) => Promise<unknown>;
}

export function azureClients(connection: AzureConnection, signal?: AbortSignal): AzureClients {
  const { endpoint, retry, httpClient } = connection;
  const options = {
    endpoint: endpoint.url,
    allowInsecureConnection: endpoint.cloud === 'loopback',
    retryOptions: { maxRetries: retry.maxRetries, retryDelayInMs: retry.pause, maxRetryDelayInMs: retry.longestWait },
    userAgentOptions: { userAgentPrefix: 'keyless-azure' },
    ...(httpClient ? { httpClient } : undefined),
  };
  const secured = <Client extends { pipeline: Parameters<typeof securePipeline>[0] }>(client: Client): Client => {
    securePipeline(client.pipeline, connection, signal);
    return client;
  };
  const resourceGraph = once(() => secured(createResourceGraph(noCredential, '', options)));
  const send = async (pathOrLink: string, more: Partial<PipelineRequestOptions> = {}): Promise<unknown> => {
    const url = pathOrLink.startsWith('/') ? endpoint.url + pathOrLink : pathOrLink;
    const { allowInsecureConnection } = options;
    const request = createPipelineRequest({ url, allowInsecureConnection, ...more });
    const response = await resourceGraph().pipeline.sendRequest(httpClient ?? createDefaultHttpClient(), request);
    return JSON.parse(response.bodyAsText ?? '') as unknown;
  };
  return {
    resourceGraph,
    webSites: subscriptionId => secured(createWebSiteManagement(noCredential, subscriptionId, options)),
    authorization: once(() =>
      secured(new AuthorizationManagementClient(noCredential, '', { ...options, $host: endpoint.url })),
    ),
    getJson: pathOrLink => send(pathOrLink),
    postJson: (path, body) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: createHttpHeaders({ 'content-type': 'application/json' }),
      }),
  };
}

/** The authorization client puts scopes behind a slash of its own: with theirs the path would begin with two. */
export function withoutLeadingSlash(scope: string): string {
  return scope.replace(/^\/+/, '');
}

function once<T>(create: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= create());
}
