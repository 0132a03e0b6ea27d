/** Something that goes wrong on purpose. Without any effect field the fault does nothing. */
export interface Fault {
  /** Tested against `METHOD /path?query`, decoded. */
  readonly path: RegExp;
  /** Tested against the request body as well, where given. */
  readonly requestBody?: RegExp;
  /** How often it happens; without it, until cleared. */
  readonly times?: number;
  /** Answers with this status and an ARM error body. */
  readonly status?: number;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds, or an HTTP date, for the `Retry-After` header. */
  readonly retryAfter?: number | string;
  /** Answers 401 with a claims challenge, as conditional access does. */
  readonly claims?: boolean;
  /** Drops the connection without an answer. */
  readonly reset?: boolean;
  /** Waits before answering. */
  readonly delayMilliseconds?: number;
  /** Sends half of the answer and then nothing more. */
  readonly stall?: boolean;
  /** Sends half of the answer as if it were whole. */
  readonly malformed?: boolean;
  /** Sends this instead of the real answer, with status 200. */
  readonly body?: unknown;
  /** Sends what this makes of the real answer's body. */
  readonly change?: (body: unknown, url: URL) => unknown;
}

export interface Faults {
  /** Adds a fault; the one set last wins where several match. */
  set(fault: Fault): void;
  clear(): void;
}

export interface FaultBox extends Faults {
  /** The fault that this request runs into, counted as used. */
  take(request: string, body: string): Fault | undefined;
}

export function createFaults(): FaultBox {
  let active: { readonly fault: Fault; left: number }[] = [];
  return {
    set: fault => void active.unshift({ fault, left: fault.times ?? Infinity }),
    clear: () => void (active = []),
    take(request, body) {
      const hit = active.find(
        ({ fault, left }) => left > 0 && fault.path.test(request) && (fault.requestBody?.test(body) ?? true),
      );
      if (!hit) return undefined;
      hit.left--;
      return hit.fault;
    },
  };
}
