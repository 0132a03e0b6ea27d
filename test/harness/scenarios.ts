import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';

const home = fileURLToPath(new URL('../cli/scenarios', import.meta.url));

/** A program as it is found, and as `keyless fix --write` must leave it. */
export interface Scenario {
  readonly name: string;
  /** Path → text, secrets filled in. */
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** The secrets that were filled in. */
  readonly secrets: readonly string[];
  /** What is left to a person: place, and words of the reason. */
  readonly left: readonly { readonly place: string; readonly reason: string }[];
}

/**
 * Every folder of `test/cli/scenarios`: `before/` holds the program, `after/` the files that the fix changes, and
 * `left.txt`, one a line, the findings that it leaves alone: `path:line words of the reason`.
 * A secret is written `@@storageAccountKey@@`, by the name of its stand-in, with arguments behind it and, where a
 * program has several, a number: `@@identifiableKey eventHubs@@`, `@@serviceBusKey#2@@`. The same placeholder is the
 * same secret throughout the scenario.
 */
export function scenarios(): Scenario[] {
  return readdirSync(home)
    .sort()
    .map((name, i) => {
      const filled = new Map<string, string>();
      const standIns = createStandIns(5000 + i);
      const fill = (text: string): string =>
        text.replace(/@@(\w+)((?: [\w.-]+)*)(?:#\d+)?@@/gu, (placeholder, standIn: string, words: string) => {
          let secret = filled.get(placeholder);
          if (secret === undefined) {
            const make = (standIns as unknown as Record<string, ((...args: string[]) => string) | undefined>)[standIn];
            if (make === undefined) throw new Error(`${name}: there is no stand-in ${standIn}`);
            filled.set(placeholder, (secret = make(...words.split(' ').filter(Boolean))));
          }
          return secret;
        });
      const before = filesBelow(join(home, name, 'before'), fill);
      const changed = filesBelow(join(home, name, 'after'), fill);
      if (Object.keys(before).length === 0) throw new Error(`${name}: nothing in before/`);
      const notes = join(home, name, 'left.txt');
      const left = existsSync(notes) ? readFileSync(notes, 'utf8').split(/\r?\n/u).filter(Boolean) : [];
      return {
        name,
        before,
        after: { ...before, ...changed },
        secrets: [...filled.values()],
        left: left.map(line => {
          const [place = '', ...reason] = line.split(' ');
          return { place, reason: reason.join(' ') };
        }),
      };
    });
}

function filesBelow(folder: string, fill: (text: string) => string, path = ''): Record<string, string> {
  if (!existsSync(join(folder, path))) return {};
  const files: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(files, filesBelow(folder, fill, inner));
    else files[inner] = fill(readFileSync(join(folder, inner), 'utf8'));
  }
  return files;
}
