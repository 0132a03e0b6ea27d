import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { describe, ruleById } from '../core/engine/rules.ts';
import type { SourceDocument } from '../core/engine/finding.ts';
import type { Silence } from '../core/engine/scan.ts';
import { rescanJoined } from '../core/engine/split-secrets.ts';
import { rulePage } from '../core/report/rule-page.ts';
import { guards } from '../core/secrets/guards.ts';
import { reasonForSilence } from '../core/secrets/silent-files.ts';
import { lineIndex } from '../core/text/line-index.ts';
import type { Span } from '../core/text/text-edit.ts';
import { disk } from './disk.ts';
import type { RewriteTools } from '../core/rewrite/tools.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { rewriteTools } from './tools.ts';

/** `keyless explain RULE` prints the rule's page; `--at FILE:LINE[:COLUMN]` says what rules made of a place, and why. */
export async function explain(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { at: { type: 'string' } } });
  const [id, ...more] = positionals;
  if (values.at !== undefined) {
    if (id !== undefined) throw new UsageError('explain takes a rule or --at, not both');
    io.stdout.write(await explainPlace(values.at, io));
    return EXIT.clean;
  }
  if (!id || more.length > 0) throw new UsageError('explain takes one rule: `keyless rules` lists them');
  const rule = ruleById(id);
  if (!rule) throw new UsageError(`There is no rule "${id}": \`keyless rules\` lists them`);
  io.stdout.write(rulePage(rule));
  return EXIT.clean;
}

async function explainPlace(place: string, io: CommandIo): Promise<string> {
  const { file, line, column } = /^(?<file>.+?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?$/u.exec(place)?.groups ?? {};
  if (file === undefined || line === undefined) throw new UsageError('--at takes FILE:LINE or FILE:LINE:COLUMN');
  const files = disk(io);
  for await (const entry of files.documents([file])) {
    if (entry.kind === 'skipped') {
      if (entry.cause === 'missing' || entry.cause === 'unreadable')
        throw new UsageError(`${entry.path}: ${entry.reason}`);
      return `${place}: not looked at: ${entry.reason}\n`;
    }
    if (entry.kind === 'clear') {
      const text = await readFile(resolve(io.cwd, file), 'utf8');
      const reason = reasonForSilence({ uri: file, languageId: languageOfPath(file), text });
      return lines(place, [reason === undefined ? 'no rule matched' : `not looked at: ${guards[reason]}`]);
    }
    const { document, absolutePath } = entry;
    const ignored = await files.isGitIgnored(absolutePath);
    const notes = ignored ? ['git-ignored: left out of a scan of its folder'] : [];
    const whole = reasonForSilence(document);
    if (whole !== undefined) return lines(place, [...notes, `not looked at: ${guards[whole]}`]);
    return lines(place, [
      ...notes,
      ...(await verdicts(
        document,
        rewriteTools(files),
        Number(line),
        column === undefined ? undefined : Number(column),
      )),
    ]);
  }
  return lines(place, ['no rule matched']);
}

function lines(place: string, verdictsOfPlace: readonly string[]): string {
  return [place, ...verdictsOfPlace.map(verdict => `  ${verdict}`), ''].join('\n');
}

async function verdicts(
  document: SourceDocument,
  { languages }: RewriteTools,
  line: number,
  column: number | undefined,
): Promise<string[]> {
  const index = lineIndex(document.text);
  const isThere = ({ start, end }: Span): boolean => {
    const first = index.positionAt(start);
    const last = index.positionAt(end);
    if (line - 1 < first.line || line - 1 > last.line) return false;
    if (column === undefined) return true;
    const offset = index.lineStart(line - 1) + column - 1;
    return offset >= start && offset <= end;
  };
  const silences: Silence[] = [];
  const state = await rescanJoined(document, undefined, () => languages, {
    keepSuppressed: true,
    observe: silence => silences.push(silence),
  });
  const found = state?.findings ?? [];
  const reported = found
    .filter(({ span }) => isThere(span))
    .map(finding =>
      finding.suppression === undefined
        ? `reported: ${finding.ruleId} (${finding.severity}, ${finding.confidence} confidence): ${describe(finding).message}`
        : `suppressed by comment on line ${commentLine(document.text, index.positionAt(finding.span.start).line)}: ${finding.ruleId}`,
    );
  const silent = silences
    .filter(
      ({ span, ruleId }) => isThere(span) && !found.some(finding => finding.ruleId === ruleId && isThere(finding.span)),
    )
    .map(({ ruleId, guard }) => `silent: ${ruleId}: ${guards[guard]}`);
  const all = [...new Set([...reported, ...silent])];
  return all.length === 0 ? ['no rule matched'] : all;
}

const directive = /keyless-ignore(?!-file)|gitleaks:allow|list[ -](?:nextline[ -])?secret/iu;

/** 1-based line of the comment that silences a 0-based line. */
function commentLine(text: string, line: number): number {
  const all = text.split(/\r\n|\r|\n/u);
  const near = [line, line - 1].find(candidate => directive.test(all[candidate] ?? ''));
  return (near ?? all.findIndex(candidate => candidate.includes('keyless-ignore-file'))) + 1;
}
