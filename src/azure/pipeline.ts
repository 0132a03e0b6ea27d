import {
  bearerTokenAuthenticationPolicyName,
  type Pipeline,
  type PipelinePolicy,
  type PipelineResponse,
  proxyPolicyName,
  RestError,
} from '@azure/core-rest-pipeline';
import type { AzureConnection } from './connection.ts';

/** Azure asked for a pause longer than anybody wants to look at a spinner. */
export class ThrottledError extends Error {
  override readonly name = 'ThrottledError';
  readonly status: number;
  readonly seconds: number;
  constructor(status: number, seconds: number) {
    super(`throttled for ${seconds} s`);
    this.status = status;
    this.seconds = seconds;
  }
}

/** The answer did not arrive whole in time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** An answer arrived, but it is not what the API promises. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';
}

/** A link in an answer leads to another server, where the token must not go. */
export class ForeignLinkError extends Error {
  override readonly name = 'ForeignLinkError';
}

/** Fits an SDK client's pipeline to the connection: its credential, its limits, and the caller's abort signal. */
export function securePipeline(pipeline: Pipeline, connection: AzureConnection, signal: AbortSignal | undefined): void {
  pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  pipeline.addPolicy(connection.authentication);
  const outermost = { beforePolicies: [bearerTokenAuthenticationPolicyName] };
  pipeline.addPolicy(failurePolicy, outermost);
  pipeline.addPolicy(shapePolicy, outermost);
  pipeline.addPolicy(sameOriginPolicy(connection.endpoint.url), outermost);
  if (signal) pipeline.addPolicy(signalPolicy(signal), outermost);
  pipeline.addPolicy(longWaitPolicy(connection.retry.longestWait), { afterPhase: 'Retry' });
  pipeline.addPolicy(deadlinePolicy(connection.retry.deadline), { afterPhase: 'Retry' });
  // A proxy from the environment cannot reach this machine's loopback.
  if (connection.endpoint.cloud === 'loopback') pipeline.removePolicy({ name: proxyPolicyName });
}

/**
 * Throws for an answer that is no success. The clients would do so as well, but some first read an error body of the
 * form that Azure promises, and trip over what a gateway or proxy sends instead.
 */
const failurePolicy: PipelinePolicy = {
  name: 'keylessFailurePolicy',
  async sendRequest(request, next) {
    const response = await next(request);
    const { status: statusCode } = response;
    if (statusCode < 300) return response;
    const code = errorCode(response.bodyAsText);
    throw new RestError(`status ${statusCode}`, { statusCode, request, response, ...(code ? { code } : undefined) });
  },
};

/**
 * Throws for an answer to a question that is neither a resource nor a list. Some clients make an empty list of it, and
 * what could not be read would be shown as nothing. Rows of Resource Graph are looked at where they are read.
 */
const shapePolicy: PipelinePolicy = {
  name: 'keylessShapePolicy',
  async sendRequest(request, next) {
    const response = await next(request);
    const asked = request.method === 'GET' || request.method === 'POST';
    if (response.status >= 300 || !asked || request.url.includes('/Microsoft.ResourceGraph/')) return response;
    const body = parsed(response.bodyAsText);
    const { value, properties, id, nextLink } = (body ?? {}) as Readonly<Record<string, unknown>>;
    if (nextLink === request.url) throw new MalformedAnswerError('the same page twice');
    if (body !== unparsable && !Array.isArray(value) && !isObject(properties) && typeof id !== 'string') {
      throw new MalformedAnswerError('neither a resource nor a list');
    }
    return response;
  },
};

/** Not JSON: the client itself says so, and whether the connection broke off. */
const unparsable = Symbol('no JSON');

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return unparsable;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function errorCode(body: string | null | undefined): string | undefined {
  try {
    const { error } = JSON.parse(body ?? '') as { readonly error?: { readonly code?: unknown } };
    return typeof error?.code === 'string' ? error.code : undefined;
  } catch {
    return undefined;
  }
}

/** Page links are absolute and come from the server; only those that stay on the endpoint are followed. */
function sameOriginPolicy(endpoint: string): PipelinePolicy {
  const { origin } = new URL(endpoint);
  return {
    name: 'keylessSameOriginPolicy',
    sendRequest(request, next) {
      if (!URL.canParse(request.url) || new URL(request.url).origin !== origin)
        return Promise.reject(new ForeignLinkError('foreign link'));
      return next(request);
    },
  };
}

/** The SDK's page iterators pass no abort signal to the second and later pages. */
function signalPolicy(signal: AbortSignal): PipelinePolicy {
  return {
    name: 'keylessSignalPolicy',
    sendRequest(request, next) {
      request.abortSignal = request.abortSignal ? AbortSignal.any([toSignal(request.abortSignal), signal]) : signal;
      return next(request);
    },
  };
}

/** Runs under the retry policy, which would wait for as long as `Retry-After` says. */
function longWaitPolicy(longestWait: number): PipelinePolicy {
  return {
    name: 'keylessLongWaitPolicy',
    async sendRequest(request, next) {
      const response = await next(request);
      const wait = response.status === 429 || response.status === 503 ? retryAfter(response) : undefined;
      if (wait !== undefined && wait > longestWait) throw new ThrottledError(response.status, Math.ceil(wait / 1000));
      return response;
    },
  };
}

/** The SDK's own timeout ends when the headers arrive; this one covers the body. */
function deadlinePolicy(deadline: number): PipelinePolicy {
  return {
    name: 'keylessDeadlinePolicy',
    async sendRequest(request, next) {
      const { abortSignal } = request;
      const timeout = AbortSignal.timeout(deadline);
      request.abortSignal = abortSignal ? AbortSignal.any([toSignal(abortSignal), timeout]) : timeout;
      try {
        return await next(request);
      } catch (error) {
        if (timeout.aborted && !abortSignal?.aborted) throw new DeadlineError('no answer in time');
        throw error;
      } finally {
        if (abortSignal) request.abortSignal = abortSignal;
        else delete request.abortSignal;
      }
    },
  };
}

/** @returns milliseconds */
function retryAfter(response: PipelineResponse): number | undefined {
  const milliseconds = response.headers.get('retry-after-ms') ?? response.headers.get('x-ms-retry-after-ms');
  if (milliseconds !== undefined) return Number(milliseconds);
  const written = response.headers.get('retry-after');
  if (written === undefined) return undefined;
  const seconds = Number(written);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  const date = Date.parse(written);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

type SignalLike = NonNullable<Parameters<PipelinePolicy['sendRequest']>[0]['abortSignal']>;

/** The SDK types its signals loosely; at run time they are the platform's. */
function toSignal(signal: SignalLike): AbortSignal {
  if (signal instanceof AbortSignal) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort());
  return controller.signal;
}
