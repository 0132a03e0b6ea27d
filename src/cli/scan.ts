import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { version } from '../../package.json';
import type { SarifFinding } from '../core/report/sarif.ts';
import type { ScanReport } from '../core/report/scan-report.ts';
import { textReport } from '../core/report/scan-text.ts';
import { compareWith, readBaseline, writeBaseline } from './baseline.ts';
import { disk, reportSkipped, type Disk } from './disk.ts';
import type { ExaminedScan, Examine } from './examine.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { write } from './output.ts';
import { progress } from './progress.ts';
import { formatOf, type Format, type Rendering } from './scan-formats.ts';

interface ScanArguments {
  readonly format: Format;
  readonly output: string | undefined;
  readonly paths: readonly string[];
  readonly includeIgnored: boolean;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly source: 'files' | 'staged' | 'history';
  readonly since: string | undefined;
}

function parseCommandLine(args: string[]): ScanArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
      'include-ignored': { type: 'boolean', default: false },
      baseline: { type: 'string' },
      'update-baseline': { type: 'boolean', default: false },
      staged: { type: 'boolean', default: false },
      history: { type: 'boolean', default: false },
      since: { type: 'string' },
    },
  });
  const { staged, history, since } = values;
  if (staged && history) throw new UsageError('--staged and --history exclude each other.');
  if (since !== undefined && !history) throw new UsageError('--since belongs to --history.');
  if (values['update-baseline'] && (staged || history)) {
    throw new UsageError(
      '--update-baseline takes the findings of the files as they are: leave out --staged and --history.',
    );
  }
  return {
    format: formatOf(values.format),
    output: values.output,
    paths: positionals,
    includeIgnored: values['include-ignored'],
    baseline: values.baseline,
    updateBaseline: values['update-baseline'],
    source: staged ? 'staged' : history ? 'history' : 'files',
    since,
  };
}

/** `keyless scan`: every finding of the named files and folders, of what is staged, or of the history. */
export async function scanCommand(args: string[], io: CommandIo): Promise<number> {
  const options = parseCommandLine(args);
  try {
    return await scanWith(options, io);
  } catch (error) {
    // By name: the class is another bundle's.
    throw error instanceof Error && error.name === 'GitError' ? new UsageError(error.message) : error;
  }
}

async function scanWith(options: ScanArguments, io: CommandIo): Promise<number> {
  const { format, output, source } = options;
  const started = performance.now();
  tuneForScanning();
  const files = disk(io, {
    parse: async text => (await import('./late.ts')).parseConfig(text),
    ...(options.includeIgnored ? { includeIgnored: true } : {}),
  });
  const top = await files.config.top();
  const layers = await files.config.layersFor(join(io.cwd, '*'));
  const baseline = await readBaseline({ named: options.baseline, update: options.updateBaseline, layers, top }, io);
  const known = compareWith(baseline?.entries ?? []);
  const examine = lateExaminer({ files, format, source }, io);
  const shown = progress(io);
  const counts = { files: 0, bytes: 0, skipped: 0, suppressed: 0, baselined: 0 };
  const results: SarifFinding[] = [];
  const reported: ScanReport['findings'][number][] = [];
  const accepted: { path: string; rule: string; fingerprint: string }[] = [];
  const scannedPaths = new Set<string>();
  let unreadable = 0;
  for await (const entry of await documentsOf(files, options, io)) {
    shown.update(counts.files, reported.length);
    if (entry.kind === 'skipped') {
      counts.skipped++;
      if (reportSkipped(entry, 'scan', io)) unreadable++;
      continue;
    }
    counts.bytes += entry.bytes;
    if (entry.kind === 'clear') {
      counts.files += entry.absolutePaths.length;
      if (baseline !== undefined)
        for (const path of entry.absolutePaths) scannedPaths.add(await files.config.stablePath(path));
      continue;
    }
    counts.files++;
    if (baseline !== undefined && 'absolutePath' in entry)
      scannedPaths.add(await files.config.stablePath(entry.absolutePath));
    for (const { finding, suppression, fixes } of await examine(entry)) {
      const { ruleId, fingerprint } = finding;
      const isKnown = suppression === undefined && known.isKnown(fingerprint);
      const counted = suppression === undefined && !isKnown;
      if (suppression !== undefined) counts.suppressed++;
      if (isKnown) counts.baselined++;
      if (suppression === undefined) accepted.push({ path: entry.document?.path ?? '', rule: ruleId, fingerprint });
      if (counted) reported.push(finding);
      if (format !== 'sarif') continue;
      const baselineState = baseline === undefined ? undefined : isKnown ? 'unchanged' : 'new';
      results.push({ finding, suppression, baselineState, ...(counted && fixes ? { fixes } : {}) });
    }
  }
  shown.end();
  const stale = source === 'files' ? await known.stale(scannedPaths, path => exists(join(top, path))) : [];
  const report: ScanReport = {
    tool: { name: 'keyless', version },
    findings: reported,
    summary: { ...counts, stale: stale.length, milliseconds: Math.round(performance.now() - started) },
  };
  if (options.updateBaseline && baseline) {
    const gone = new Set(stale.map(({ fingerprint }) => fingerprint));
    const entries = [...baseline.entries.filter(({ fingerprint }) => !gone.has(fingerprint)), ...accepted];
    await writeBaseline(baseline.file, entries, io);
    const written = new Set(entries.map(({ fingerprint }) => fingerprint)).size;
    io.stderr.write(`Wrote ${written} findings to the baseline: from now on only others are reported.\n`);
    return unreadable > 0 ? EXIT.error : EXIT.clean;
  }
  const isTerminal = output === undefined && io.stdout.isTTY === true;
  const text = await render({ report, results, format, color: isTerminal, complete: unreadable === 0 });
  await write(text, output, io);
  // What could not be read is unknown, and unknown is not clean.
  if (unreadable > 0) return EXIT.error;
  return reported.length > 0 ? EXIT.findings : EXIT.clean;
}

/**
 * Of what a scan makes hardly anything is kept: a larger nursery would hold the same garbage for longer, and takes some
 * sixty megabytes that are never given back. And most of its time goes into expressions and the search for words, which are
 * compiled as they are: to have V8 optimize the rest as eagerly as that of a server costs more than it saves.
 * V8 reads these flags whenever it decides.
 */
function tuneForScanning(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--invocation-count-for-turbofan=30000');
  setFlagsFromString('--invocation-count-for-maglev=2000');
}

/**
 * Of the files with findings few are parsed: V8 would spend more on optimizing a grammar than that saves. The flag counts for
 * WebAssembly that starts from now on.
 */
function parseWithoutOptimizing(): void {
  setFlagsFromString('--wasm-tiering-budget=1300000000');
}

async function documentsOf(files: Disk, { paths, source, since }: ScanArguments, io: CommandIo) {
  if (source === 'files') return files.documents(paths);
  const { historicDocuments, stagedDocuments } = await import('./late.ts');
  const { config } = files;
  return source === 'staged' ? stagedDocuments({ paths, config }, io) : historicDocuments({ paths, config, since }, io);
}

async function render({ report, format, color, ...rest }: Rendering): Promise<string> {
  switch (format) {
    case 'text':
      return textReport(report, color);
    case 'json':
      return JSON.stringify(report, null, 2) + '\n';
    case 'sarif':
      return (await import('./late.ts')).sarif(report, rest);
  }
}

/** What is needed to report something is loaded with the first document in which there may be something. */
function lateExaminer(scan: ExaminedScan, io: CommandIo): Examine {
  let examine: Promise<Examine> | undefined;
  return async entry => {
    if (entry.document === undefined) return [];
    if (examine === undefined) parseWithoutOptimizing();
    examine ??= import('./late.ts').then(({ examiner }) => examiner(scan, io));
    return (await examine)(entry);
  };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
