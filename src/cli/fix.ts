import { parseArgs } from 'node:util';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { fixSession, type FileChange } from '../core/engine/fixes.ts';
import { ruleById } from '../core/engine/rules.ts';
import { scan } from '../core/engine/scan.ts';
import type { FollowUp } from '../core/rewrite/fix.ts';
import { guideLines } from '../core/rewrite/guide.ts';
import { applyEdits } from '../core/text/text-edit.ts';
import { lineIndex } from '../core/text/line-index.ts';
import { disk, reportSkipped } from './disk.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { rewriteTools } from './tools.ts';

/** `keyless fix`: the preferred fix of every finding, as a diff or written; what stays is listed with its reason. */
export async function fixCommand(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { rule: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  const ruleId = values.rule;
  if (ruleId !== undefined && !ruleById(ruleId)) {
    throw new UsageError(`There is no rule "${ruleId}": \`keyless rules\` lists them`);
  }
  const files = disk(io);
  const session = fixSession(rewriteTools(files));
  const followUps = new Map<string, FollowUp>();
  /** Guides already printed: a folder may hold the same construct many times. */
  const explained = new Set<string>();
  let fixed = 0;
  let left = 0;
  let unreadable = 0;
  for await (const entry of files.documents(positionals)) {
    if (entry.kind === 'skipped') {
      if (reportSkipped(entry, 'fix', io)) unreadable++;
      continue;
    }
    if (entry.kind !== 'document') continue;
    const { document, settings } = entry;
    const result = await session.fixDocument(document, {
      settings,
      signal: io.signal,
      ...(ruleId ? { ruleId } : {}),
    });
    fixed += result.fixed.length;
    left += result.unfixed.length;
    for (const followUp of result.followUps) followUps.set(followUp.kind + followUp.message, followUp);
    const index = lineIndex(document.text);
    for (const { finding, reason, guide } of result.unfixed) {
      const { line, character } = index.positionAt(finding.span.start);
      io.stderr.write(`${document.uri}:${line + 1}:${character + 1}: ${finding.ruleId}: not fixed: ${reason}\n`);
      if (guide === undefined || explained.has(guide.title)) continue;
      explained.add(guide.title);
      for (const line of guideLines(guide)) io.stderr.write(`      ${line}\n`);
    }
  }
  const changes = session.changes();
  if (values.write) for (const { uri, after } of changes) await files.write(uri, after);
  else for (const change of changes) io.stdout.write(maskedPatch(change));

  const verb = values.write ? 'Fixed' : 'Would fix';
  io.stderr.write(`${verb} ${fixed} of ${fixed + left} findings in ${changes.length} files.\n`);
  if (!values.write && fixed > 0) {
    io.stderr.write('Secrets are masked in the diff; apply it with --write.\n');
  }
  for (const { message, copyable } of followUps.values()) {
    io.stderr.write(`next: ${message}\n${copyable ? `      ${copyable.replaceAll('\n', '\n      ')}\n` : ''}`);
  }
  if (unreadable > 0) return EXIT.error;
  return left > 0 ? EXIT.findings : EXIT.clean;
}

/** A unified diff whose removed and context lines show `***` for every secret: a diff ends up in logs. */
export function maskedPatch({ uri, languageId, before, after }: FileChange): string {
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
