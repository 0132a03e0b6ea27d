import type { Problem } from '../core/rbac/identity-model.ts';
import { MalformedAnswerError } from './problems.ts';

/**
 * The items of a list as Azure sent it, those that are no objects left out.
 * @throws MalformedAnswerError for what is no list: that is not the same as an empty one
 */
export function listed<Item>(items: readonly (Item | null | undefined)[] | null | undefined): readonly Item[] {
  if (!Array.isArray(items)) throw new MalformedAnswerError('no list');
  return items.filter((item): item is Item => typeof item === 'object' && item !== null);
}

/**
 * What a reader makes of the items of a list, one by one: each is there once, and those that cannot be understood are
 * counted, so that they are not mistaken for none.
 */
export class Understood<T> {
  readonly #found = new Map<string, T>();
  #unreadable = 0;

  /** @param value - `undefined` for an item that could not be understood */
  add(key: string | undefined, value: T | undefined): void {
    if (key === undefined || value === undefined) this.#unreadable++;
    else if (!this.#found.has(key.toLowerCase())) this.#found.set(key.toLowerCase(), value);
  }

  /** What was understood; for the rest a problem is added. */
  values(problems: Problem[], scope: string, what: string): T[] {
    if (this.#unreadable > 0) problems.push(unreadable(this.#unreadable, scope, what));
    return [...this.#found.values()];
  }
}

/** @param what - the items in the plural: "deny assignments" */
function unreadable(count: number, scope: string, what: string): Problem {
  return {
    kind: 'malformed',
    scope,
    message: `Of the ${what} in Azure's answer ${count} could not be understood and ${count === 1 ? 'is' : 'are'} not shown. Refresh to try again.`,
  };
}
