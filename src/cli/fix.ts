import { parseArgs } from 'node:util';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { parseConfig } from '../core/engine/config-parser.ts';
import { fixSession, type FileChange, type SettledDocument } from '../core/engine/fix-session.ts';
import { ruleById } from '../core/engine/rules.ts';
import { scan } from '../core/engine/scan.ts';
import type { FollowUp } from '../core/rewrite/fix.ts';
import { groupFollowUps } from '../core/rewrite/group-follow-ups.ts';
import { guideLines } from '../core/rewrite/guide.ts';
import { applyEdits } from '../core/text/text-edit.ts';
import { lineIndex } from '../core/text/line-index.ts';
import { disk, reportSkipped } from './disk.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { rewriteTools } from './tools.ts';

/** What `keyless fix` did, or would do. */
interface FixReport {
  readonly written: boolean;
  readonly fixed: number;
  readonly left: number;
  readonly changes: readonly FileChange[];
  readonly documents: readonly SettledDocument[];
  readonly steps: readonly FollowUp[];
}

/** `keyless fix`: the preferred fix of every finding, as a diff or written; what stays is listed with its reason. */
export async function fixCommand(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rule: { type: 'string' },
      write: { type: 'boolean', default: false },
      format: { type: 'string', default: 'text' },
    },
  });
  const { rule: ruleId, write: written, format } = values;
  if (ruleId !== undefined && !ruleById(ruleId)) {
    throw new UsageError(`There is no rule "${ruleId}": \`keyless rules\` lists them`);
  }
  if (format !== 'text' && format !== 'json') throw new UsageError('--format is text or json');
  const files = disk(io, { parse: parseConfig });
  const session = fixSession(rewriteTools(files, io));
  let unreadable = 0;
  for await (const entry of files.documents(positionals)) {
    if (entry.kind === 'skipped') {
      if (reportSkipped(entry, 'fix', io)) unreadable++;
      continue;
    }
    if (entry.kind !== 'document') continue;
    const { document, settings } = entry;
    await session.fixDocument(document, { settings, signal: io.signal, ...(ruleId ? { ruleId } : {}) });
  }
  const documents = await session.settle();
  const changes = session.changes();
  if (written) for (const { uri, after } of changes) await files.write(uri, after);

  const sum = (count: (document: SettledDocument) => number): number =>
    documents.reduce((total, document) => total + count(document), 0);
  const steps = groupFollowUps(
    session.made().flatMap(({ uri, followUps }) => followUps.map(followUp => ({ followUp, file: uri }))),
  );
  const left = sum(({ unfixed }) => unfixed.length);
  const report = { written, fixed: sum(({ fixed }) => fixed), left, changes, documents, steps };
  if (format === 'json') io.stdout.write(`${JSON.stringify(asJson(report), undefined, 2)}\n`);
  else writeText(report, io);
  if (unreadable > 0) return EXIT.error;
  return left > 0 ? EXIT.findings : EXIT.clean;
}

function writeText({ written, fixed, left, changes, documents, steps }: FixReport, io: CommandIo): void {
  /** Guides already printed: a folder may hold the same construct many times. */
  const explained = new Set<string>();
  for (const { document, unfixed } of documents) {
    const index = lineIndex(document.text);
    for (const { finding, reason, guide } of unfixed) {
      const { line, character } = index.positionAt(finding.span.start);
      io.stderr.write(`${document.uri}:${line + 1}:${character + 1}: ${finding.ruleId}: not fixed: ${reason}\n`);
      if (guide === undefined || explained.has(guide.title)) continue;
      explained.add(guide.title);
      for (const line of guideLines(guide)) io.stderr.write(`      ${line}\n`);
    }
  }
  if (!written) for (const change of changes) io.stdout.write(maskedPatch(change));
  const verb = written ? 'Fixed' : 'Would fix';
  io.stderr.write(`${verb} ${fixed} of ${fixed + left} findings in ${changes.length} files.\n`);
  if (!written && fixed > 0) io.stderr.write('Secrets are masked in the diff; apply it with --write.\n');
  for (const { message, copyable } of steps) {
    io.stderr.write(`next: ${message}\n${copyable ? `      ${copyable.replaceAll('\n', '\n      ')}\n` : ''}`);
  }
}

/** Lines and characters are 0-based and count UTF-16, as in the report of a scan. */
function asJson({ written, fixed, left, changes, documents, steps }: FixReport): object {
  return {
    written,
    summary: { fixed, left, files: changes.length },
    changes: changes.map(change => ({ file: change.uri, diff: maskedPatch(change) })),
    left: documents.flatMap(({ document, unfixed }) => {
      const index = lineIndex(document.text);
      return unfixed.map(({ finding, reason, guide }) => ({
        file: document.uri,
        start: index.positionAt(finding.span.start),
        ruleId: finding.ruleId,
        reason,
        ...(guide === undefined ? {} : { guide: { title: guide.title, steps: guide.steps, see: guide.documentation } }),
      }));
    }),
    next: steps.map(({ kind, message, copyable, forms }) => ({
      kind,
      message,
      ...(copyable === undefined ? {} : { commands: copyable.split('\n') }),
      ...(forms === undefined ? {} : { templates: forms.map(({ title, text }) => ({ language: title, text })) }),
    })),
  };
}

/** A unified diff whose removed and context lines show `***` for every secret: a diff ends up in logs. */
export function maskedPatch({ uri, languageId, before, after }: Omit<FileChange, 'edits'>): string {
  const mask = (text: string) =>
    applyEdits(
      text,
      scan({ uri, languageId, text }, { keepSuppressed: true })
        .filter(({ ruleId }) => ruleById(ruleId)?.kind === 'secret')
        .map(({ span }) => ({ span, newText: '***' })),
    );
  return createTwoFilesPatch(`a/${uri}`, `b/${uri}`, mask(before), mask(after), undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
