import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { parseSiteId } from '../core/rbac/resource-id.ts';
import { armError, type ArmResponse, ok } from './arm-response.ts';
import { demoCompany } from './company.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { answer } from './routes.ts';
import type { DemoTenant } from './tenant.ts';

export type { Fault, Faults } from './faults.ts';
export type * from './tenant.ts';
export { demoCompany } from './company.ts';
export { guidOf } from './guid.ts';
export { largeCompany } from './scale.ts';

export interface DemoOptions {
  /** What to serve; the sample company when absent. */
  readonly tenant?: DemoTenant;
  /** Largest page of any list; 1,000 when absent, as in Resource Graph. */
  readonly pageSize?: number;
}

export interface DemoServer {
  /** `http://127.0.0.1:<port>`: an ARM endpoint that takes no credential. */
  readonly url: string;
  readonly displayName: string;
  readonly tenantId: string;
  /** ARM ids of the sites, slots left out. */
  readonly apps: readonly string[];
  readonly faults: Faults;
  /** How often each `METHOD /path status` was answered. */
  readonly requests: ReadonlyMap<string, number>;
  /** Bytes of all answers, without headers. */
  readonly sentBytes: number;
  /** True once a request carried an Authorization header: the demo tenant asks for none. */
  readonly sawCredential: boolean;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for Azure Resource Manager and Resource Graph on this machine, filled with a sample company. It
 * listens on 127.0.0.1 alone and says in its names and headers that it is a demo.
 * @throws when no loopback port can be opened
 */
export async function startDemoTenant(options: DemoOptions = {}): Promise<DemoServer> {
  const tenant = options.tenant ?? demoCompany();
  const pageSize = options.pageSize ?? 1000;
  const faults = createFaults();
  const requests = new Map<string, number>();
  let sawCredential = false;
  let sentBytes = 0;

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (incoming.headers.authorization !== undefined) sawCredential = true;
    const method = incoming.method ?? 'GET';
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? '127.0.0.1'}`);
    const body = await readBody(incoming);
    const fault = faults.take(`${method} ${decodeURIComponent(url.pathname + url.search)}`, body);
    if (fault?.delayMilliseconds) await wait(fault.delayMilliseconds);
    const real = faultyAnswer(fault) ?? answer(tenant, { method, url, body }, pageSize);
    const response = fault?.change ? { ...real, body: fault.change(real.body, url) } : real;
    const counter = `${method} ${url.pathname} ${fault?.reset ? 'reset' : response.status}`;
    requests.set(counter, (requests.get(counter) ?? 0) + 1);
    if (fault?.reset) outgoing.destroy();
    else sentBytes += send(outgoing, response, fault);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    displayName: tenant.displayName,
    tenantId: tenant.tenantId,
    apps: tenant.sites.filter(site => !parseSiteId(site.id)?.slot).map(site => site.id),
    faults,
    requests,
    get sentBytes() {
      return sentBytes;
    },
    get sawCredential() {
      return sawCredential;
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function faultyAnswer(fault: Fault | undefined): ArmResponse | undefined {
  if (!fault) return undefined;
  if (fault.body !== undefined) return ok(fault.body);
  if (fault.claims) {
    const claims = Buffer.from('{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}').toString('base64');
    return armError(401, 'RequestDisallowedByAzure', 'Multi-factor authentication is required.', {
      'WWW-Authenticate':
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
        `error="insufficient_claims", claims="${claims}"`,
    });
  }
  if (!fault.status) return undefined;
  const retryAfter = fault.retryAfter === undefined ? undefined : { 'Retry-After': String(fault.retryAfter) };
  return armError(
    fault.status,
    fault.code ?? codeOf(fault.status),
    `The demo tenant was told to fail: ${fault.status}.`,
    {
      ...(fault.status === 401 ? { 'WWW-Authenticate': 'Bearer error="invalid_token"' } : undefined),
      ...retryAfter,
      ...fault.headers,
    },
  );
}

const CODES: Readonly<Record<number, string>> = {
  401: 'ExpiredAuthenticationToken',
  403: 'AuthorizationFailed',
  404: 'ResourceNotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServiceUnavailable',
};

function codeOf(status: number): string {
  return CODES[status] ?? 'DemoFault';
}

/** @returns the length of the answer's body in bytes */
function send(outgoing: ServerResponse, response: ArmResponse, fault: Fault | undefined): number {
  const text = response.body === undefined ? '' : JSON.stringify(response.body);
  const half = text.slice(0, Math.ceil(text.length / 2));
  const length = Buffer.byteLength(fault?.malformed ? half : text);
  outgoing.writeHead(response.status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': length,
    'Cache-Control': 'no-cache',
    Server: 'Keyless demo tenant',
    'x-ms-request-id': randomUUID(),
    'x-ms-correlation-request-id': randomUUID(),
    'x-ms-ratelimit-remaining-subscription-reads': '11999',
    ...response.headers,
  });
  if (fault?.stall) outgoing.write(half);
  else outgoing.end(fault?.malformed ? half : text);
  return length;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
