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
  /** The commit that brought the text, when it comes from history. */
  readonly commit?: FindingCommit;
}

/** Where in history a finding first appears. */
export interface FindingCommit {
  readonly id: string;
  /** The author's date: ISO 8601 with offset. */
  readonly date: string;
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
  /** Findings that a comment or a settings file silences. */
  readonly suppressed: number;
  /** Findings that the baseline knows. */
  readonly baselined: number;
  /** Entries of the baseline whose finding is gone. */
  readonly stale: number;
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
  readonly commit?: FindingCommit;
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
    message: scanned.commit === undefined ? messageOf(finding) : `${messageOf(finding)} ${inHistory(scanned.commit)}`,
    file: scanned.file,
    range: { start: index.positionAt(finding.span.start), end: index.positionAt(finding.span.end) },
    confidence: finding.confidence,
    fingerprint: finding.fingerprint,
    group: groups.numberOf(secretDigest(document, finding, groups.salt)),
    ...(scanned.commit === undefined ? {} : { commit: scanned.commit }),
    fixes,
  }));
}

/** What it is, why it matters, what to do: one line of prose. */
export function messageOf(finding: Finding): string {
  const { message, leak, remedy } = describe(finding);
  return [message, leak, remedy, ...remarksOn(finding)].join(' ');
}

/** What else is to be said of a finding: sentences. */
export function remarksOn({ lapsedSuppression, uncommitted }: Finding): string[] {
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

function inHistory({ id, date }: FindingCommit): string {
  return `It came with commit ${id.slice(0, 12)} of ${date.slice(0, 10)}. Rotate it: it stays in history even when the file no longer holds it.`;
}
