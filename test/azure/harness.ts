import {
  createDefaultHttpClient,
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { afterEach } from 'vitest';
import { type AzureConnection, connect, type RetryOptions } from '../../src/azure/index.ts';
import { type DemoOptions, type DemoServer, startDemoTenant } from '../../src/demo/index.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** Runs after the test, whatever its outcome. */
export function closeAfterTest(close: () => Promise<void>): void {
  open.push(close);
}

/** A demo tenant that is closed after the test. */
export async function demoTenant(options?: DemoOptions): Promise<DemoServer> {
  const demo = await startDemoTenant(options);
  closeAfterTest(() => demo.close());
  return demo;
}

/** Retries without the pauses that Azure deserves. */
export const impatient: RetryOptions = { maxRetries: 3, pause: 5, longestWait: 1500, deadline: 700 };
/** The same, but for answers: a machine that is busy with other tests may keep one for a while. */
const patient: RetryOptions = { ...impatient, deadline: 5000 };

export function connectDemo(demo: DemoServer, retry: RetryOptions = patient): AzureConnection {
  return connect({ endpoint: demo.url, signIn: 'demo', retry });
}

export interface Recorder {
  readonly httpClient: HttpClient;
  readonly requests: { readonly url: string; readonly authorization: string | undefined }[];
}

/** Sends requests for `https://…` to the demo tenant instead, and remembers what they carried. */
export function forwardTo(
  demo: DemoServer,
  answer?: (request: PipelineRequest) => ReturnType<HttpClient['sendRequest']> | undefined,
): Recorder {
  const real = createDefaultHttpClient();
  const requests: Recorder['requests'] = [];
  return {
    requests,
    httpClient: {
      sendRequest(request) {
        requests.push({ url: request.url, authorization: request.headers.get('authorization') });
        const instead = answer?.(request);
        if (instead) return instead;
        const { pathname, search } = new URL(request.url);
        request.headers.delete('authorization');
        request.allowInsecureConnection = true;
        const { url } = request;
        request.url = demo.url + pathname + search;
        return real.sendRequest(request).finally(() => (request.url = url));
      },
    },
  };
}

/** Looks like a token and is made while the test runs, so that none stands in the repository. */
export function standInToken(): string {
  return ['stand', 'in', Math.random().toString(36).slice(2)].join('.');
}

/** An answer that no server gave. */
export function respond(
  request: PipelineRequest,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<PipelineResponse> {
  return Promise.resolve({
    request,
    status,
    headers: createHttpHeaders({ 'Content-Type': 'application/json', ...headers }),
    bodyAsText: JSON.stringify(body),
  });
}
