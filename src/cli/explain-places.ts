import { readFile, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { applySettings } from '../core/engine/apply-settings.ts';
import { parseConfig } from '../core/engine/config-parser.ts';
import { configFileName, settingsFor, type ConfigLayer } from '../core/engine/config.ts';
import type { Finding, SourceDocument } from '../core/engine/finding.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { describe } from '../core/engine/rules.ts';
import type { Silence } from '../core/engine/scan.ts';
import { rescanJoined } from '../core/engine/split-secrets.ts';
import { remarksOn } from '../core/report/scan-report.ts';
import { guards } from '../core/secrets/guards.ts';
import { reasonForSilence } from '../core/secrets/silent-files.ts';
import { lineIndex } from '../core/text/line-index.ts';
import type { Span } from '../core/text/text-edit.ts';
import { displayPath } from '../platform/file-walk.ts';
import { decodeFile } from '../platform/text-encoding.ts';
import { readBaseline } from './baseline.ts';
import { disk, type Disk } from './disk.ts';
import { UsageError, type CommandIo } from './io.ts';
import { rewriteTools } from './tools.ts';

export interface ExplainPlaces {
  /** `FILE:LINE` or `FILE:LINE:COLUMN`, 1-based. */
  readonly places: readonly string[];
  /** As of a scan: the value of `--baseline`. */
  readonly baseline: string | undefined;
}

interface Place {
  readonly shown: string;
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** Prints what a scan of each place would say, and why. @throws UsageError */
export async function explainPlaces({ places, baseline }: ExplainPlaces, io: CommandIo): Promise<void> {
  const files = disk(io, { parse: parseConfig });
  const accepted = await readBaseline(
    {
      named: baseline,
      update: false,
      layers: await files.config.layersFor(join(io.cwd, '*')),
      top: await files.config.top(),
    },
    io,
  );
  const known = accepted && {
    file: displayPath(accepted.file, io.cwd),
    fingerprints: new Set(accepted.entries.map(({ fingerprint }) => fingerprint)),
  };
  for (const shown of places) {
    const verdicts = await verdictsOn(placeOf(shown), files, known, io);
    io.stdout.write(`${[shown, ...verdicts.map(verdict => `  ${verdict}`)].join('\n')}\n`);
  }
}

function placeOf(shown: string): Place {
  const { file, line, column } = /^(?<file>.+?):(?<line>\d{1,9})(?::(?<column>\d{1,9}))?$/u.exec(shown)?.groups ?? {};
  if (file === undefined || line === undefined) throw new UsageError('--at takes FILE:LINE or FILE:LINE:COLUMN');
  return { shown, file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

interface Known {
  readonly file: string;
  readonly fingerprints: ReadonlySet<string>;
}

async function verdictsOn(place: Place, files: Disk, known: Known | undefined, io: CommandIo): Promise<string[]> {
  for await (const entry of files.documents([place.file])) {
    if (entry.kind !== 'skipped') break;
    if (entry.cause === 'missing' || entry.cause === 'unreadable')
      throw new UsageError(`${entry.path}: ${entry.reason}`);
    return [`not looked at: ${entry.reason}`];
  }
  const absolutePath = resolve(io.cwd, place.file);
  if ((await stat(absolutePath)).isDirectory()) throw new UsageError(`${place.file} is a folder: --at takes a file`);
  // A file in which a scan reports nothing comes without its text, and then the silence is what is to be explained.
  const decoded = decodeFile(await readFile(absolutePath));
  if (decoded === undefined) return ['not looked at: not a text file'];
  const path = displayPath(absolutePath, io.cwd);
  const document: SourceDocument = {
    uri: path,
    languageId: languageOfPath(path),
    text: decoded.text,
    path: await files.config.stablePath(absolutePath),
  };
  const settings = await files.config.settingsFor(absolutePath);
  const layers = await files.config.layersFor(absolutePath);
  const notes: string[] = [];
  if (settings.ignoredBy !== undefined)
    return [`not looked at: left out by "ignore" in ${displayPath(join(settings.ignoredBy, configFileName), io.cwd)}`];
  const gitIgnored = await files.isGitIgnored(absolutePath);
  if (gitIgnored)
    notes.push(
      settings.includeIgnored === true
        ? 'git-ignored: read all the same, because a settings file asks for it; a secret in it is information'
        : 'git-ignored: left out of a scan of its folder; a secret in it is information',
    );
  const whole = reasonForSilence(document);
  if (whole !== undefined) return [...notes, `not looked at: ${guards[whole]}`];
  const silences: Silence[] = [];
  const { languages } = rewriteTools(files, io);
  const state = await rescanJoined(document, undefined, () => languages, {
    keepSuppressed: true,
    observe: silence => silences.push(silence),
  });
  const found = state?.findings ?? [];
  const isThere = placeTest(document.text, place);
  const settled = applySettings(document, found, { ...settings, gitIgnored }, { keepSuppressed: true });
  const context: Context = { document, layers, absolutePath, known, cwd: io.cwd };
  const reported = found
    .filter(({ span }) => isThere(span))
    .map(finding => verdictOn(finding, settled.find(isSame(finding)), context));
  const here = silences.filter(
    ({ span, ruleId }) => isThere(span) && !found.some(finding => finding.ruleId === ruleId && isThere(finding.span)),
  );
  // That one rule found nothing to go by says little where another names what the value is.
  const named = here.filter(({ guard }) => guard !== 'unconfirmed');
  const silent = here
    .filter(
      ({ guard, span }) =>
        guard !== 'unconfirmed' || !named.some(other => other.span.start < span.end && span.start < other.span.end),
    )
    .map(({ ruleId, guard }) => `silent: ${ruleId}: ${guards[guard]}`);
  const all = [...new Set([...reported, ...silent])];
  return [...notes, ...(all.length === 0 ? ['no rule matched'] : all)];
}

function isSame({ ruleId, span }: Finding): (other: Finding) => boolean {
  return other => other.ruleId === ruleId && other.span.start === span.start;
}

function placeTest(text: string, { line, column }: Place): (span: Span) => boolean {
  const index = lineIndex(text);
  return ({ start, end }) => {
    if (line - 1 < index.positionAt(start).line || line - 1 > index.positionAt(end).line) return false;
    if (column === undefined) return true;
    const offset = index.lineStart(line - 1) + column - 1;
    return offset >= start && offset <= end;
  };
}

interface Context {
  readonly document: SourceDocument;
  readonly layers: readonly ConfigLayer[];
  readonly absolutePath: string;
  readonly known: Known | undefined;
  readonly cwd: string;
}

/** @param settled the finding as settings leave it; `undefined` when they turn its rule off */
function verdictOn(finding: Finding, settled: Finding | undefined, context: Context): string {
  const { document, layers, known, cwd } = context;
  const { ruleId } = finding;
  const levelledBy = layers.findLast(({ config }) => config.rules?.[ruleId] !== undefined);
  const settingsFile = (layer: ConfigLayer | undefined): string =>
    layer === undefined ? 'the settings' : displayPath(join(layer.folder, configFileName), cwd);
  if (settled === undefined) return `turned off: ${ruleId}: "off" in ${settingsFile(levelledBy)}`;
  const { suppression } = settled;
  if (suppression !== undefined) {
    const why = suppression.reason === undefined ? '' : `: ${suppression.reason}`;
    if (suppression.kind === 'external')
      return `suppressed by an entry in ${settingsFile(suppressingLayer(finding, context))}: ${ruleId}${why}`;
    const line = commentLine(document.text, lineIndex(document.text).positionAt(finding.span.start).line);
    return `suppressed by comment on line ${line}: ${ruleId}${why}`;
  }
  if (known?.fingerprints.has(settled.fingerprint) === true) return `known: ${ruleId}: in the baseline ${known.file}`;
  const level =
    settled.severity === finding.severity
      ? settled.severity
      : settled.uncommitted === true
        ? `${settled.severity}, because git ignores the file`
        : `${settled.severity}, as ${settingsFile(levelledBy)} says`;
  const said = [describe(settled).message, ...remarksOn(settled)].join(' ');
  return `reported: ${ruleId} (${level}, ${settled.confidence} confidence): ${said}`;
}

function suppressingLayer(finding: Finding, { document, layers, absolutePath }: Context): ConfigLayer | undefined {
  const path = absolutePath.split(sep).join('/');
  return layers.find(
    layer =>
      applySettings(document, [finding], { ...settingsFor(path, [layer]), levels: {} }, { keepSuppressed: true })[0]
        ?.suppression !== undefined,
  );
}

const directive = /keyless-ignore(?!-file)|gitleaks:allow|list[ -](?:nextline[ -])?secret/iu;

/** 1-based line of the comment that silences a 0-based line. */
function commentLine(text: string, line: number): number {
  const all = text.split(/\r\n|\r|\n/u);
  const near = [line, line - 1].find(candidate => directive.test(all[candidate] ?? ''));
  return (near ?? all.findIndex(candidate => candidate.includes('keyless-ignore-file'))) + 1;
}
