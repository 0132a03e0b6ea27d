import type { Span } from '../text/text-edit.ts';
import { isFiller } from './placeholder.ts';

/** Whether the text is the (URL-encoded) base64 of an HMAC-SHA256, and not a filler. */
export function isSignature(text: string): boolean {
  const base64 = decodePercent(text);
  return /^[A-Za-z0-9+/]{43}=$/u.test(base64) && !isFiller(base64);
}

const queryReach = 1024;

/** The query string around one of its parameters: `sv=…&sig=…`, without `?` and without a key in front of it. */
export function queryAround(text: string, at: Span): Span {
  let start = at.start;
  while (start > at.start - queryReach && start > 0 && !/[\s"'`<>?;,|\uE022\uE027]/u.test(text.charAt(start - 1))) {
    // `SharedAccessSignature=sv=…`: the first `=` belongs to the connection string.
    if (
      text.charAt(start - 1) === '=' &&
      /(?:signature|sas|token|sas_token)$/iu.test(text.slice(Math.max(0, start - 24), start - 1))
    )
      break;
    start--;
  }
  // `NAME=sv=…&…`: so does that of a setting in front of the first parameter.
  const named = /^[^=&]{1,80}=(?=[^=&]{1,40}=[^&])/u.exec(text.slice(start, start + 160))?.[0] ?? '';
  if (start + named.length <= at.start) start += named.length;
  let end = at.end;
  while (end < at.end + queryReach && end < text.length && !/[\s"'`<>;,|)\]}\uE022\uE027]/u.test(text.charAt(end)))
    end++;
  return { start, end };
}

/** Parameters by name as written, values percent-decoded. */
export function queryParameters(query: string): ReadonlyMap<string, string> {
  return new Map(
    query
      .split('&')
      .map(part => [part.slice(0, part.indexOf('=')), decodePercent(part.slice(part.indexOf('=') + 1))] as const),
  );
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
