import { Buffer } from 'node:buffer';

export interface ArmRequest {
  readonly method: string;
  /** Absolute, with the host that the client used: links to further pages repeat it. */
  readonly url: URL;
  readonly body: string;
}

export interface ArmResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown, headers?: Readonly<Record<string, string>>): ArmResponse {
  return { status: 200, body, ...(headers ? { headers } : undefined) };
}

export function armError(
  status: number,
  code: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): ArmResponse {
  return { status, body: { error: { code, message } }, ...(headers ? { headers } : undefined) };
}

/** One page of an ARM collection; the next one is reached through `nextLink`. */
export function page(url: URL, items: readonly unknown[], pageSize: number): ArmResponse {
  const token = url.searchParams.get('$skiptoken');
  const from = token === null ? 0 : decodeOffset(token);
  if (from === undefined) return armError(400, 'InvalidSkipToken', 'The skip token is not one that this server gave.');
  const to = from + pageSize;
  if (to >= items.length) return ok({ value: items.slice(from) });
  const next = new URL(url);
  next.searchParams.set('$skiptoken', encodeOffset(to));
  return ok({ value: items.slice(from, to), nextLink: next.href });
}

export function encodeOffset(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64url');
}

/** @returns `undefined` for a token that this server did not give */
export function decodeOffset(token: string): number | undefined {
  try {
    const { offset } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { offset?: unknown };
    return typeof offset === 'number' && offset >= 0 ? offset : undefined;
  } catch {
    return undefined;
  }
}
