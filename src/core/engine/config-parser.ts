import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { lineIndex, type Position } from '../text/line-index.ts';
import type { Span } from '../text/text-edit.ts';
import type { Config, ConfiguredSuppression, RuleLevel } from './config.ts';
import { ruleById } from './rules.ts';
import { isDay } from './suppression.ts';

/** Something in a settings file that cannot be used. It is left out; the rest of the file counts. */
export interface ConfigProblem {
  /** What is wrong and what is allowed; quotes keys and rule ids alone. */
  readonly message: string;
  readonly span: Span;
  /** Where `span` starts: 0-based line and UTF-16 character. */
  readonly position: Position;
}

export interface ParsedConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

export const ruleLevels = ['off', 'information', 'warning', 'error'] as const satisfies readonly RuleLevel[];

/** Reads a settings file: JSON with comments and trailing commas. Never throws; what cannot be used is a problem. */
export function parseConfig(text: string): ParsedConfig {
  const problems: ConfigProblem[] = [];
  const lines = lineIndex(text);
  const report: Report = (at, message) => {
    const span = { start: at.offset, end: at.offset + at.length };
    problems.push({ message, span, position: lines.positionAt(span.start) });
  };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  for (const error of errors.slice(0, 1)) report(error, `This is not valid JSON (${words(error)}).`);
  return { config: root === undefined ? {} : readRoot(root, report), problems };
}

type Report = (at: { readonly offset: number; readonly length: number }, message: string) => void;
type Reader = (value: Node, report: Report) => unknown;

const readers: Readonly<Record<Exclude<keyof Config, '$schema'>, Reader>> = {
  rules: readRules,
  ignore: (value, report) => items(value, 'ignore', report).flatMap(item => readText(item, 'ignore', report) ?? []),
  suppressions: (value, report) =>
    items(value, 'suppressions', report).flatMap(item => readSuppression(item, report) ?? []),
  includeIgnored(value, report) {
    if (value.type === 'boolean') return value.value as boolean;
    report(value, '"includeIgnored" takes true or false.');
    return undefined;
  },
  maxFileSize(value, report) {
    if (value.type === 'number' && Number.isInteger(value.value) && value.value > 0) return value.value as number;
    report(value, '"maxFileSize" takes a whole number of bytes above 0.');
    return undefined;
  },
  baseline: (value, report) => readText(value, 'baseline', report),
};

function readRoot(root: Node, report: Report): Config {
  if (root.type !== 'object') {
    report(root, `A settings file is one object { … } with ${listOf(Object.keys(readers))}.`);
    return {};
  }
  const config: Record<string, unknown> = {};
  for (const { key, keyNode, value } of properties(root)) {
    if (key === '$schema') continue;
    const read = Object.hasOwn(readers, key) ? readers[key as keyof typeof readers] : undefined;
    if (read === undefined) {
      report(keyNode, `There is no setting "${short(key)}": allowed are ${listOf(Object.keys(readers))}.`);
      continue;
    }
    const result = read(value, report);
    if (result !== undefined) config[key] = result;
  }
  return config;
}

function readRules(value: Node, report: Report): Record<string, RuleLevel> | undefined {
  if (value.type !== 'object') {
    report(value, `"rules" takes an object of rule ids with ${listOf(ruleLevels)}.`);
    return undefined;
  }
  const levels: Record<string, RuleLevel> = {};
  for (const { key, keyNode, value: level } of properties(value)) {
    const known = ruleLevels.find(name => name === level.value);
    if (ruleById(key) === undefined) report(keyNode, noRule(key));
    else if (known === undefined) report(level, `A rule's level is ${listOf(ruleLevels)}.`);
    else levels[key] = known;
  }
  return levels;
}

function readSuppression(item: Node, report: Report): ConfiguredSuppression | undefined {
  const shape = 'A suppression is { "rule", "path", "fingerprint"?, "reason", "expires"? }';
  if (item.type !== 'object') {
    report(item, `${shape}.`);
    return undefined;
  }
  const allowed = ['rule', 'path', 'fingerprint', 'reason', 'expires'];
  const entry = new Map<string, { node: Node; text: string }>();
  let usable = true;
  for (const { key, keyNode, value } of properties(item)) {
    const text = allowed.includes(key) ? readText(value, key, report) : undefined;
    if (!allowed.includes(key)) report(keyNode, `${shape}; there is no "${short(key)}".`);
    if (text === undefined) usable = false;
    else entry.set(key, { node: value, text });
  }
  const missing = ['rule', 'path', 'reason'].filter(key => !entry.has(key));
  if (usable && missing.length > 0) report(item, `${shape}; here ${listOf(missing, 'and')} is missing.`);
  const rule = entry.get('rule');
  if (rule !== undefined && ruleById(rule.text) === undefined) {
    report(rule.node, noRule(rule.text));
    usable = false;
  }
  const expires = entry.get('expires');
  if (expires !== undefined && !isDay(expires.text)) {
    report(expires.node, '"expires" takes a day as YYYY-MM-DD.');
    usable = false;
  }
  if (!usable || missing.length > 0) return undefined;
  return Object.fromEntries([...entry].map(([key, { text }]) => [key, text])) as unknown as ConfiguredSuppression;
}

function readText(value: Node, key: string, report: Report): string | undefined {
  if (value.type === 'string' && value.value !== '') return value.value as string;
  report(value, `"${key}" takes text in quotes.`);
  return undefined;
}

function items(value: Node, key: string, report: Report): readonly Node[] {
  if (value.type === 'array') return value.children ?? [];
  report(value, `"${key}" takes a list [ … ].`);
  return [];
}

function* properties(node: Node): Generator<{ key: string; keyNode: Node; value: Node }> {
  for (const { children: [keyNode, value] = [] } of node.children ?? []) {
    if (keyNode !== undefined && value !== undefined) yield { key: String(keyNode.value), keyNode, value };
  }
}

function noRule(id: string): string {
  return `There is no rule "${short(id)}": \`keyless rules\` lists them.`;
}

/** A key that is no name is not repeated in full: it could be a value in the wrong place. */
function short(key: string): string {
  return /^[\w.$-]{1,40}$/u.test(key) ? key : '…';
}

function listOf(names: readonly string[], word = 'or'): string {
  const quoted = names.map(name => `"${name}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1) ?? ''}`;
}

/** `PropertyNameExpected` → `property name expected`. */
function words({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .toLowerCase();
}
