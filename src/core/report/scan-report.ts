import { secretDigest } from '../engine/duplicates.ts';
import type { Confidence, Finding, Severity } from '../engine/finding.ts';
import { describe } from '../engine/rules.ts';
import { lineIndex, type Position } from '../text/line-index.ts';

/** What a scan says of one file. `file` is relative to the working directory, with `/`. */
export interface ScannedFile {
  readonly file: string;
  readonly languageId: string;
  readonly text: string;
  readonly findings: readonly ReportableFinding[];
}

export interface ReportableFinding {
  readonly finding: Finding;
  readonly fixes: readonly FixTitle[];
}

export interface FixTitle {
  readonly id: string;
  readonly title: string;
  readonly isPreferred: boolean;
}

export interface ScanSummary {
  readonly files: number;
  readonly bytes: number;
  readonly skipped: number;
  readonly milliseconds: number;
}

export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** The JSON contract of `keyless scan --format json`: lines and characters are 0-based, characters are UTF-16. */
export interface ScanReport {
  readonly tool: Tool;
  readonly findings: readonly ReportedFinding[];
  readonly summary: ScanSummary;
}

export interface ReportedFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly confidence: Confidence;
  readonly fingerprint: string;
  /** Findings of one report with the same number stand on the same secret. */
  readonly group: number;
  readonly fixes: readonly FixTitle[];
}

/** Numbers the secrets of one report; the salt makes their digests useless outside of it. */
export interface SecretGroups {
  readonly salt: string;
  readonly numberOf: (digest: string) => number;
}

/** Findings of a file with their positions. The file's text is read here and not kept. */
export function reportFile(scanned: ScannedFile, groups: SecretGroups): ReportedFinding[] {
  const document = { uri: scanned.file, languageId: scanned.languageId, text: scanned.text };
  const index = lineIndex(scanned.text);
  return scanned.findings.map(({ finding, fixes }) => ({
    ruleId: finding.ruleId,
    severity: finding.severity,
    message: messageOf(finding),
    file: scanned.file,
    range: { start: index.positionAt(finding.span.start), end: index.positionAt(finding.span.end) },
    confidence: finding.confidence,
    fingerprint: finding.fingerprint,
    group: groups.numberOf(secretDigest(document, finding, groups.salt)),
    fixes,
  }));
}

/** What it is, why it matters, what to do: one line of prose. */
export function messageOf(finding: Finding): string {
  const { message, leak, remedy } = describe(finding);
  return [message, leak, remedy, ...remarksOn(finding)].join(' ');
}

function remarksOn({ lapsedSuppression, uncommitted }: Finding): string[] {
  const remarks: string[] = [];
  if (uncommitted === true) remarks.push('Git ignores this file: the value is not committed, but still a key.');
  if (lapsedSuppression !== undefined) {
    const { until } = lapsedSuppression;
    remarks.push(
      until === undefined
        ? 'A suppression here no longer holds: "until" takes a day as YYYY-MM-DD.'
        : `Its suppression expired on ${until}.`,
    );
  }
  return remarks;
}

export function textReport(report: ScanReport, color: boolean): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const tint: Record<Severity, number> = { error: 31, warning: 33, information: 36 };
  const lines: string[] = [];
  const firstPlaces = new Map<number, string>();
  let file = '';
  for (const finding of report.findings) {
    if (finding.file !== file) {
      if (file) lines.push('');
      file = finding.file;
      lines.push(paint(1, file));
    }
    const { line, character } = finding.range.start;
    const where = `${line + 1}:${character + 1}`;
    const severity = paint(tint[finding.severity], finding.severity);
    lines.push(`  ${where}  ${severity}  ${finding.message}  ${paint(2, finding.ruleId)}`);
    const firstPlace = firstPlaces.get(finding.group);
    if (firstPlace === undefined) firstPlaces.set(finding.group, `${file}:${where}`);
    else lines.push(`        the same secret as ${firstPlace}`);
    for (const fix of finding.fixes) if (fix.isPreferred) lines.push(`        ${paint(32, 'fix:')} ${fix.title}`);
  }
  const { files, skipped, milliseconds } = report.summary;
  if (report.findings.length > 0) lines.push('');
  const found = report.findings.length === 1 ? '1 finding' : `${report.findings.length} findings`;
  lines.push(`${found} in ${files} files (${skipped} skipped, ${milliseconds} ms)`);
  return lines.join('\n') + '\n';
}
