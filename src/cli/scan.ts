import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { version } from '../../package.json';
import { applySettings } from '../core/engine/config.ts';
import { secretDigest, secretNumbers } from '../core/engine/duplicates.ts';
import type { Finding, SourceDocument } from '../core/engine/finding.ts';
import { fixesFor } from '../core/engine/fixes.ts';
import { rules } from '../core/engine/rules.ts';
import { rescanJoined } from '../core/engine/split-secrets.ts';
import { sarifFix } from '../core/report/sarif-fix.ts';
import type { SarifFinding, SarifFix } from '../core/report/sarif.ts';
import {
  reportFile,
  type FindingCommit,
  type FixTitle,
  type ReportableFinding,
  type ScanReport,
} from '../core/report/scan-report.ts';
import { onlyExplains, type FixOffer } from '../core/rewrite/fix.ts';
import { GitError } from '../platform/git-repository.ts';
import { compareWith, readBaseline, writeBaseline } from './baseline.ts';
import { disk, reportSkipped, type Disk } from './disk.ts';
import { historicDocuments, stagedDocuments } from './git-documents.ts';
import { EXIT, UsageError, type CommandIo } from './io.ts';
import { write } from './output.ts';
import { progress } from './progress.ts';
import { formatOf, render, type Format } from './scan-formats.ts';
import { recordingTools, rewriteTools } from './tools.ts';

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
    throw error instanceof GitError ? new UsageError(error.message) : error;
  }
}

async function scanWith(options: ScanArguments, io: CommandIo): Promise<number> {
  const { format, output, source } = options;
  const started = performance.now();
  keepNurserySmall();
  const files = disk(io, options.includeIgnored ? { includeIgnored: true } : {});
  const top = await files.config.top();
  const layers = await files.config.layersFor(join(io.cwd, '*'));
  const baseline = await readBaseline({ named: options.baseline, update: options.updateBaseline, layers, top }, io);
  const known = compareWith(baseline?.entries ?? []);
  const examine = examiner(files, format, source, io);
  const shown = progress(io);
  const counts = { files: 0, bytes: 0, skipped: 0, suppressed: 0, baselined: 0 };
  const results: SarifFinding[] = [];
  const reported: ScanReport['findings'][number][] = [];
  const accepted: { path: string; rule: string; fingerprint: string }[] = [];
  const scannedPaths = new Set<string>();
  let unreadable = 0;
  for await (const entry of documentsOf(files, options, io)) {
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
  await write(
    render({ report, results, rules: rules(), format, color: isTerminal, complete: unreadable === 0 }),
    output,
    io,
  );
  // What could not be read is unknown, and unknown is not clean.
  if (unreadable > 0) return EXIT.error;
  return reported.length > 0 ? EXIT.findings : EXIT.clean;
}

/**
 * Of what a scan makes hardly anything is kept: a larger nursery would hold the same garbage for longer, and takes some
 * sixty megabytes that are never given back. V8 reads this flag whenever the nursery is full.
 */
function keepNurserySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

function documentsOf(files: Disk, { paths, source, since }: ScanArguments, io: CommandIo) {
  switch (source) {
    case 'files':
      return files.documents(paths);
    case 'staged':
      return stagedDocuments({ paths, config: files.config }, io);
    case 'history':
      return historicDocuments({ paths, config: files.config, since }, io);
  }
}

/** A document of any source, with what is known of it. */
interface Examined {
  readonly document?: SourceDocument;
  readonly settings: Parameters<typeof applySettings>[2];
  readonly mayBeIgnored?: boolean;
  readonly absolutePath?: string;
  readonly findings?: readonly Finding[];
  readonly commit?: FindingCommit;
}

/** Finds what is in a document and says it as reports do; history repeats no secret of one file. */
function examiner(files: Disk, format: Format, source: ScanArguments['source'], { signal }: CommandIo) {
  const { tools, textOf } = recordingTools(rewriteTools(files));
  const groups = { salt: randomBytes(32).toString('hex'), numberOf: secretNumbers() };
  const met = new Set<string>();
  return async ({ document, commit, ...entry }: Examined): Promise<SarifFinding[]> => {
    if (document === undefined) return [];
    const keepSuppressed = true;
    const found = entry.findings ?? (await scanned(document)) ?? [];
    if (found.length === 0) return [];
    const { absolutePath } = entry;
    const gitIgnored = entry.mayBeIgnored === true && absolutePath ? await files.isGitIgnored(absolutePath) : false;
    const settled = applySettings(document, found, { ...entry.settings, gitIgnored }, { keepSuppressed });
    const fresh = commit === undefined ? settled : settled.filter(finding => isFirst(document, finding));
    const secrets = found.map(({ span }) => document.text.slice(span.start, span.end));
    const findings: ReportableFinding[] = [];
    const fixes: SarifFix[][] = [];
    for (const finding of fresh) {
      const offers = source === 'history' || finding.suppression ? [] : await fixesFor(document, finding, tools);
      // An explanation is no fix: it only says why there is none.
      const useful = offers.filter(offer => !onlyExplains(offer));
      findings.push({ finding, fixes: useful.map(titleOf) });
      fixes.push(format === 'sarif' ? await editsOf(useful, document, secrets) : []);
    }
    const { uri: file, languageId, text } = document;
    return reportFile({ file, languageId, text, findings, ...(commit ? { commit } : {}) }, groups).map(
      (finding, index) => ({ finding, suppression: fresh[index]?.suppression, fixes: fixes[index] ?? [] }),
    );
  };

  async function scanned(document: SourceDocument): Promise<readonly Finding[] | undefined> {
    const options = { signal, keepSuppressed: true };
    return (await rescanJoined(document, undefined, () => tools.languages, options))?.findings;
  }

  function isFirst(document: SourceDocument, finding: Finding): boolean {
    const key = `${finding.ruleId}\n${document.uri}\n${secretDigest(document, finding, groups.salt)}`;
    if (met.has(key)) return false;
    met.add(key);
    return true;
  }

  async function editsOf(
    offers: readonly FixOffer[],
    document: SourceDocument,
    secrets: readonly string[],
  ): Promise<SarifFix[]> {
    const preferred = offers.find(({ isPreferred }) => isPreferred);
    const fix =
      preferred && (await sarifFix(preferred, uri => (uri === document.uri ? document.text : textOf(uri)), secrets));
    return fix === undefined ? [] : [fix];
  }
}

function titleOf({ id, title, isPreferred }: FixOffer): FixTitle {
  return { id, title, isPreferred };
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
