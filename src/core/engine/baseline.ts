import { parse, type ParseError } from 'jsonc-parser';

/** The name of a baseline that is used without being named. */
export const baselineFileName = '.keyless-baseline.json';

/** A finding that is known and accepted for now. Holds no text. */
export interface BaselineEntry {
  /** Relative to the repository or working directory, with `/`: for people, and to tell what a scan has seen. */
  readonly path: string;
  readonly rule: string;
  readonly fingerprint: string;
}

/** @returns the entries, or what is wrong with the file */
export function parseBaseline(text: string): readonly BaselineEntry[] | { readonly problem: string } {
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) return { problem: 'it is not valid JSON' };
  const { version, findings } = (content ?? {}) as { readonly version?: unknown; readonly findings?: unknown };
  if (version !== 1) return { problem: 'its "version" is not 1' };
  if (!Array.isArray(findings) || !findings.every(isEntry)) {
    return { problem: 'its "findings" is not a list of { "path", "rule", "fingerprint" }' };
  }
  return findings;
}

function isEntry(value: unknown): value is BaselineEntry {
  const { path, rule, fingerprint } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return [path, rule, fingerprint].every(part => typeof part === 'string');
}

/** The text of a baseline file: sorted and one entry a line, so that changes are easy to review. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...new Map(entries.map(entry => [entry.fingerprint, entry])).values()]
    .sort((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint))
    .map(({ path, rule, fingerprint }) => `    ${JSON.stringify({ path, rule, fingerprint })}`);
  return `{\n  "version": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
