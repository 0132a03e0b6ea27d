/** The reason with which work ends once its signal is aborted. */
export function abortError(): DOMException {
  return new DOMException('The operation was cancelled.', 'AbortError');
}

/**
 * Settles with the work, or rejects the moment the signal aborts: some waits inside the SDKs and credentials do not
 * listen to it. What the work does afterwards is ignored.
 */
export async function abortable<T>(work: PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(abortError());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/** The pages of an SDK list, each awaited no longer than the signal allows. */
export async function* eachPage<Page>(
  pages: AsyncIterator<Page>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Page> {
  for (;;) {
    const result = await abortable(pages.next(), signal);
    if (result.done) return;
    yield result.value;
  }
}

/** Runs the task for every item, at most `limit` at a time. Tasks must not reject. */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
