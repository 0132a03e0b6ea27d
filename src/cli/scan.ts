import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { secretNumbers } from '../core/engine/duplicates.ts';
import { fixesFor } from '../core/engine/fixes.ts';
import { rules } from '../core/engine/rules.ts';
import { scanAsync } from '../core/engine/scan.ts';
import {
  reportFile,
  textReport,
  type ReportableFinding,
  type ReportedFinding,
  type ScanReport,
} from '../core/report/scan-report.ts';
import { sarifReport } from '../core/report/sarif.ts';
import { disk, reportSkipped } from './disk.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { write } from './output.ts';
import { rewriteTools } from './tools.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

/** `keyless scan`: every finding of the named files and folders, or of the working directory. */
export async function scanCommand(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'text' }, output: { type: 'string' } },
  });
  const format = formatOf(values.format);
  const started = performance.now();
  const files = disk(io);
  const tools = rewriteTools(files);
  const findings: ReportedFinding[] = [];
  const groups = { salt: randomBytes(32).toString('hex'), numberOf: secretNumbers() };
  const counts = { files: 0, bytes: 0, skipped: 0 };
  let unreadable = 0;
  for await (const entry of files.documents(positionals)) {
    if (entry.kind === 'skipped') {
      counts.skipped++;
      if (reportSkipped(entry, 'scan', io)) unreadable++;
      continue;
    }
    counts.files++;
    counts.bytes += entry.bytes;
    if (entry.kind === 'clear') continue;
    const { document } = entry;
    const found = (await scanAsync(document, { signal: io.signal })) ?? [];
    const reportable: ReportableFinding[] = [];
    for (const finding of found) {
      // An explanation is no fix: it only says why there is none.
      const fixes = (await fixesFor(document, finding, tools)).filter(({ id }) => id !== 'explain');
      reportable.push({ finding, fixes: fixes.map(({ id, title, isPreferred }) => ({ id, title, isPreferred })) });
    }
    const { uri: file, languageId, text } = document;
    findings.push(...reportFile({ file, languageId, text, findings: reportable }, groups));
  }
  const report: ScanReport = {
    tool: { name: 'keyless', version },
    findings,
    summary: { ...counts, milliseconds: Math.round(performance.now() - started) },
  };
  await write(render(report, format, values.output === undefined && io.stdout.isTTY === true), values.output, io);
  // What could not be read is unknown, and unknown is not clean.
  if (unreadable > 0) return EXIT.error;
  return findings.length > 0 ? EXIT.findings : EXIT.clean;
}

function render(report: ScanReport, format: Format, color: boolean): string {
  switch (format) {
    case 'text':
      return textReport(report, color);
    case 'json':
      return JSON.stringify(report, null, 2) + '\n';
    case 'sarif':
      return JSON.stringify(sarifReport(report, rules()), null, 2) + '\n';
  }
}

function formatOf(value: string): Format {
  const format = FORMATS.find(known => known === value);
  if (!format) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not "${value}"`);
  return format;
}
