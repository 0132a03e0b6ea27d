import { lineIndex } from '../text/line-index.ts';
import type { Span, TextEdit } from '../text/text-edit.ts';
import type { Finding, SourceDocument } from './finding.ts';

/**
 * Comments that silence findings:
 * `keyless-ignore RULE[,RULE] [until YYYY-MM-DD] [-- reason]` (in XML `: reason`) for its own line and, where the comment
 * stands alone, the next; `keyless-ignore-file …` for the whole file. Without a rule every rule is meant.
 */
const directive =
  /(?<![\w-])keyless-ignore(?<file>-file)?(?![\w-])(?:[ \t:]+(?!until[ \t])(?<rules>[a-z][a-z0-9-]{0,63}(?:[ \t]{0,4},[ \t]{0,4}[a-z][a-z0-9-]{0,63}){0,20})(?![\w-]))?(?:[ \t]+until[ \t]+(?<until>[^\s*>]{1,20}))?/gu;

/** What gitleaks and detect-secrets read; they know no rules and no reasons. */
const foreignDirective =
  /(?<![\w-])(?:gitleaks:allow|pragma:[ \t]?(?:allow|white)list[ -](?<next>nextline[ -])?secret)(?![\w-])/giu;
const anyDirective = /keyless-ignore|gitleaks:allow|list[ -](?:nextline[ -])?secret/iu;

/** What opens a comment in any of the languages that are scanned; JSON has none. */
const commentBefore = /(?:\/\/|\/\*|^[ \t]*\*|[#;%']|<!--|--|(?:^|\s)rem\s)[^\r\n]{0,200}$/iu;
const aloneBefore = /^[ \t]*(?:\/\/|\/\*|[*#;%']|<!--|--|rem\s|\{\/\*)[^\r\n]*$/iu;

const everyRule = '*';

/** What a comment says of a finding. */
export type SuppressionVerdict =
  | { readonly holds: true; readonly reason?: string }
  /** `until` is absent where the comment names no day that exists. */
  | { readonly holds: false; readonly until?: string };

/** Tells what the comments of a document say of a rule's finding at a place; `undefined` where they say nothing. */
export function suppressions(
  document: SourceDocument,
  now: Date,
): (ruleId: string, span: Span) => SuppressionVerdict | undefined {
  const { text } = document;
  if (!anyDirective.test(text)) return () => undefined;
  const lines = lineIndex(text);
  const wholeFile: VerdictsByRule = new Map<string, SuppressionVerdict>();
  const byLine = new Map<number, VerdictsByRule>();
  const onLine = (line: number): VerdictsByRule => {
    let verdicts = byLine.get(line);
    if (verdicts === undefined) byLine.set(line, (verdicts = new Map<string, SuppressionVerdict>()));
    return verdicts;
  };
  const commentAt = (offset: number): { line: number; alone: boolean } | undefined => {
    const { line } = lines.positionAt(offset);
    const before = text.slice(Math.max(lines.lineStart(line), offset - 300), offset);
    return commentBefore.test(before) ? { line, alone: aloneBefore.test(before) } : undefined;
  };
  for (const match of text.matchAll(directive)) {
    const comment = commentAt(match.index);
    if (comment === undefined) continue;
    const { file, rules, until } = match.groups ?? {};
    const verdict = verdictOf(until, reasonAfter(text, match.index + match[0].length), now);
    const targets = file === undefined ? [onLine(comment.line)] : [wholeFile];
    // A comment behind something means its own line; one that stands alone means the next line as well.
    if (comment.alone && file === undefined) targets.push(onLine(comment.line + 1));
    const ruleIds = rules?.split(',').map(id => id.trim()) ?? [everyRule];
    for (const target of targets) for (const id of ruleIds) addVerdict(target, id, verdict);
  }
  for (const match of text.matchAll(foreignDirective)) {
    const comment = commentAt(match.index);
    if (comment === undefined) continue;
    addVerdict(onLine(comment.line + (match.groups?.['next'] === undefined ? 0 : 1)), everyRule, { holds: true });
  }
  return (ruleId, span) => {
    const sources = [byLine.get(lines.positionAt(span.start).line), wholeFile];
    const verdicts = sources.flatMap(source => [source?.get(ruleId), source?.get(everyRule)]);
    return verdicts.find(verdict => verdict?.holds) ?? verdicts.find(verdict => verdict !== undefined);
  };
}

type VerdictsByRule = Map<string, SuppressionVerdict>;

/** Of two comments for one place the one that holds counts. */
function addVerdict(verdicts: VerdictsByRule, ruleId: string, verdict: SuppressionVerdict): void {
  if (verdict.holds || !verdicts.has(ruleId)) verdicts.set(ruleId, verdict);
}

function verdictOf(until: string | undefined, reason: string | undefined, now: Date): SuppressionVerdict {
  if (until !== undefined) {
    if (!isDay(until)) return { holds: false };
    if (isPast(until, now)) return { holds: false, until };
  }
  return { holds: true, ...(reason === undefined ? {} : { reason }) };
}

function reasonAfter(text: string, offset: number): string | undefined {
  const rest = /^[^\r\n]*/u.exec(text.slice(offset, offset + 300))?.[0] ?? '';
  const reason = /^[ \t]*(?:--(?!>)|:)(?<reason>.*)$/u.exec(rest)?.groups?.['reason'] ?? '';
  const words = reason.replace(/(?:\*\/|-->).*$/u, '').trim();
  return words === '' ? undefined : words;
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether a day (`YYYY-MM-DD`, UTC) is over; a suppression holds through its last day. */
export function isPast(day: string, now: Date): boolean {
  return now.toISOString().slice(0, 10) > day;
}

interface CommentStyle {
  readonly open: string;
  readonly close: string;
}

const slashes: CommentStyle = { open: '// ', close: '' };
const hash: CommentStyle = { open: '# ', close: '' };
const markup: CommentStyle = { open: '<!-- ', close: ' -->' };
const commentStyles: Readonly<Record<string, CommentStyle>> = {
  typescript: slashes,
  typescriptreact: slashes,
  javascript: slashes,
  javascriptreact: slashes,
  csharp: slashes,
  fsharp: slashes,
  java: slashes,
  kotlin: slashes,
  groovy: slashes,
  scala: slashes,
  go: slashes,
  'go.mod': slashes,
  rust: slashes,
  c: slashes,
  cpp: slashes,
  swift: slashes,
  php: slashes,
  jsonc: slashes,
  bicep: slashes,
  scss: slashes,
  css: { open: '/* ', close: ' */' },
  python: hash,
  ruby: hash,
  shellscript: hash,
  powershell: hash,
  yaml: hash,
  dockercompose: hash,
  'github-actions-workflow': hash,
  'azure-pipelines': hash,
  dockerfile: hash,
  makefile: hash,
  toml: hash,
  properties: hash,
  'java-properties': hash,
  dotenv: hash,
  terraform: hash,
  ini: { open: '; ', close: '' },
  sql: { open: '-- ', close: '' },
  vb: { open: "' ", close: '' },
  bat: { open: 'rem ', close: '' },
  xml: markup,
  html: markup,
  markdown: markup,
  vue: markup,
};

/**
 * Inserts a comment above the finding's line that silences it.
 * @returns `undefined` where a comment cannot stand: JSON without comments, unknown formats, or the inside of a
 * construct that reaches over the line's start (a multi-line string or markup tag).
 */
export function suppressEdit(document: SourceDocument, finding: Finding): TextEdit | undefined {
  const style = commentStyles[document.languageId];
  if (style === undefined) return undefined;
  const { text } = document;
  const lines = lineIndex(text);
  let start = lines.lineStart(lines.positionAt(finding.span.start).line);
  if (document.languageId === 'markdown' && isOdd(text.slice(0, start), /^[ \t]*(?:```|~~~)/gmu)) return undefined;
  if (style === markup) {
    const tag = openTagBefore(text, finding.span.start);
    // A comment may not stand inside of a tag, and one above the tag would not reach the finding's line.
    if (tag !== undefined && tag < start) return undefined;
  } else if (continuesFrom(text, start, document.languageId)) {
    return undefined;
  }
  // Two hyphens may not stand in a comment of XML.
  const reason = style === markup ? ': reason' : ' -- reason';
  const indent = /^[ \t]*/u.exec(text.slice(start, start + 200))?.[0] ?? '';
  const newline =
    text.slice(Math.max(0, start - 2), start) === '\r\n' || /\r\n/u.test(text.slice(start, start + 4000))
      ? '\r\n'
      : '\n';
  if (start === 0 && text.startsWith('\uFEFF')) start = 1;
  return {
    span: { start, end: start },
    newText: `${indent}${style.open}keyless-ignore ${finding.ruleId}${reason}${style.close}${newline}`,
  };
}

function openTagBefore(text: string, offset: number): number | undefined {
  const open = text.lastIndexOf('<', offset - 1);
  const close = text.lastIndexOf('>', offset - 1);
  return open > close ? open : undefined;
}

/** Whether the line begins inside of a string or continues the line before, where a comment would become text. */
function continuesFrom(text: string, lineStart: number, languageId: string): boolean {
  const before = text.slice(0, lineStart);
  if (/\\\r?\n$/u.test(before)) return true;
  if (languageId === 'python') return isOdd(before, /"""/gu) || isOdd(before, /'''/gu);
  if (/^(?:type|java)script/u.test(languageId) || languageId === 'go') return isOdd(before, /(?<!\\)`/gu);
  if (languageId === 'csharp')
    return isOdd(before, /"""/gu) || isOdd(before.replace(/"""/gu, ''), /(?<!["'\\])"(?!["'])/gu);
  if (heredocLanguages.has(languageId)) return inHeredoc(before);
  if (languageId === 'yaml' || languageId === 'dockercompose') return inBlockScalar(before, text.slice(lineStart));
  return false;
}

const heredocLanguages: ReadonlySet<string> = new Set(['terraform', 'shellscript', 'ruby', 'php', 'dockerfile']);

function inHeredoc(before: string): boolean {
  const opened = [...before.matchAll(/<<[-~]?\s?["']?(?<word>[A-Za-z_]\w*)["']?/gu)].at(-1);
  const word = opened?.groups?.['word'];
  if (opened === undefined || word === undefined) return false;
  return !new RegExp(`^[ \\t]*${word}\\b`, 'mu').test(before.slice(opened.index + opened[0].length));
}

function isOdd(text: string, quote: RegExp): boolean {
  return [...text.matchAll(quote)].length % 2 === 1;
}

/** Whether the line is part of a `|` or `>` block, in which `#` is text. */
function inBlockScalar(before: string, rest: string): boolean {
  const indentOf = (line: string): number => line.length - line.trimStart().length;
  let indent = indentOf(/^[^\r\n]*/u.exec(rest)?.[0] ?? '');
  for (const line of before.split(/\r?\n/u).reverse()) {
    if (line.trim() === '' || indentOf(line) >= indent) continue;
    if (/[:-]\s*[|>][+-]?\d?\s*(?:#.*)?$/u.test(line)) return true;
    indent = indentOf(line);
    if (indent === 0) return false;
  }
  return false;
}
