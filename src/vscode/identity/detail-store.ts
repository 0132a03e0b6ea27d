import type { Problem } from '../../core/rbac/identity-model.ts';

/** What a close look told: parts that could not be read are absent, and `problems` say why. */
interface Parts {
  readonly problems: readonly Problem[];
  /** ISO 8601 instant of the read. */
  readonly asOf: string;
}

/** What is known of something that is read only when somebody looks closely. */
export interface Detail<T> {
  /** Absent before the first read has ended. */
  readonly value?: T;
  readonly reading: boolean;
  /** Moment of the read that gave `value`, in milliseconds since 1970. */
  readonly readAt?: number;
}

export interface DetailStore<Key, T> {
  get(key: Key): Detail<T> | undefined;
  /** Reads unless it is known or being read. */
  load(key: Key): void;
  /** Reads what is known anew, keeping it until the answers are there. */
  refresh(): void;
  /** Stops reads under way; what was known stays. */
  cancel(): void;
  /** Forgets everything, for another account or tenant. */
  clear(): void;
  /** Resolves when no read is under way. */
  settled(): Promise<void>;
}

export interface DetailSource<Key, T extends Parts> {
  /** Same text for the same thing. */
  readonly idOf: (key: Key) => string;
  /** Must not reject but for an abort: what cannot be read is told by the value. */
  readonly read: (key: Key, signal: AbortSignal) => Promise<T>;
  readonly changed: () => void;
}

/**
 * The later look, with the parts of the earlier one that could not be read again: they stay, with their age, until Azure
 * says otherwise.
 */
export function keepParts<T extends Parts>(earlier: T | undefined, later: T): T {
  // What Azure does not find is gone.
  if (!earlier || !later.problems.some(({ kind }) => kind !== 'notFound')) return later;
  const kept = Object.entries(earlier).filter(([part]) => !(part in later));
  return kept.length === 0 ? later : { ...later, ...Object.fromEntries(kept), asOf: earlier.asOf };
}

interface Entry<Key, T> {
  readonly key: Key;
  value?: T;
  readAt?: number;
  flight?: { readonly abort: AbortController; readonly done: Promise<void> };
}

/** Keeps what was read by key, one read at a time for each. */
export function createDetailStore<Key, T extends Parts>({
  idOf,
  read,
  changed,
}: DetailSource<Key, T>): DetailStore<Key, T> {
  const entries = new Map<string, Entry<Key, T>>();

  const start = (entry: Entry<Key, T>): void => {
    const abort = new AbortController();
    entry.flight?.abort.abort();
    const run = async (): Promise<void> => {
      // Leaves the caller first: it may be drawing the very rows that the first report changes.
      await Promise.resolve();
      let value: T | undefined;
      try {
        value = await read(entry.key, abort.signal);
      } catch {
        // Stopped, or never begun: what was known stays.
      }
      if (entry.flight?.abort !== abort) return;
      delete entry.flight;
      if (value !== undefined && !abort.signal.aborted) {
        entry.value = keepParts(entry.value, value);
        entry.readAt = Date.parse(entry.value.asOf);
      } else if (entry.value === undefined) {
        entries.delete(idOf(entry.key));
      }
      changed();
    };
    entry.flight = { abort, done: run() };
  };

  return {
    get(key) {
      const entry = entries.get(idOf(key));
      return (
        entry && {
          reading: entry.flight !== undefined,
          ...(entry.value === undefined ? {} : { value: entry.value }),
          ...(entry.readAt === undefined ? {} : { readAt: entry.readAt }),
        }
      );
    },
    load(key) {
      const id = idOf(key);
      if (entries.has(id)) return;
      const entry: Entry<Key, T> = { key };
      entries.set(id, entry);
      start(entry);
    },
    refresh() {
      for (const entry of entries.values()) start(entry);
    },
    cancel() {
      for (const { flight } of entries.values()) flight?.abort.abort();
    },
    clear() {
      for (const { flight } of entries.values()) flight?.abort.abort();
      entries.clear();
    },
    async settled() {
      await Promise.all([...entries.values()].map(({ flight }) => flight?.done ?? Promise.resolve()));
    },
  };
}
