import type { Fix, Log, Notification, Region, ReportingDescriptor, Result } from 'sarif';
import type { Rule, Severity, Suppression } from '../engine/finding.ts';
import type { Position } from '../text/line-index.ts';
import { rulePage } from './rule-page.ts';
import type { ReportedFinding, Tool } from './scan-report.ts';

/** A finding with what only SARIF says of it. */
export interface SarifFinding {
  readonly finding: ReportedFinding;
  readonly suppression?: Suppression | undefined;
  /** Against the baseline, where there is one. */
  readonly baselineState?: 'new' | 'unchanged' | undefined;
  readonly fixes?: readonly SarifFix[];
}

/** Edits that belong together. None holds a secret. */
export interface SarifFix {
  readonly title: string;
  readonly files: readonly {
    readonly file: string;
    readonly replacements: readonly { readonly start: Position; readonly end: Position; readonly newText: string }[];
  }[];
}

export interface SarifOptions {
  /** False when something could not be read. */
  readonly complete: boolean;
  /** How many results are written; `codeScanningLimits.results` when absent. */
  readonly maxResults?: number;
}

/** What GitHub code scanning takes, as its documentation says. */
export const codeScanningLimits = {
  /** A run with more results is refused. */
  results: 25_000,
  /** Of more than these only the gravest are shown. */
  shownResults: 5000,
  /** An upload that is larger, after gzip, is refused; bytes. */
  compressedBytes: 10_000_000,
  tagsPerRule: 10,
  ruleName: 255,
  description: 1024,
} as const;

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};
/** GitHub code scanning ranks security results by this number (CVSS-like, 0.0 to 10.0). */
const SECURITY_SEVERITY: Record<Severity, string> = { error: '8.5', warning: '5.5', information: '2.0' };

/** SARIF 2.1.0 within the limits of code scanning. Regions carry no snippet: a snippet would carry the secret. */
export function sarifReport(
  tool: Tool,
  findings: readonly SarifFinding[],
  rules: readonly Rule[],
  { complete, maxResults = codeScanningLimits.results }: SarifOptions,
): Log {
  const kept = gravest(findings, maxResults);
  const used = new Set(kept.map(({ finding }) => finding.ruleId));
  const reported = rules.filter(rule => used.has(rule.id));
  const ruleIndex = new Map(reported.map((rule, index) => [rule.id, index]));
  const notifications = limitNotifications(findings.length, kept.length);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, semanticVersion: tool.version, rules: reported.map(descriptor) } },
        invocations: [
          {
            executionSuccessful: complete,
            ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The working directory of the scan.' } } },
        results: kept.map(found => result(found, ruleIndex.get(found.finding.ruleId))),
      },
    ],
  };
}

function result({ finding, suppression, baselineState, fixes = [] }: SarifFinding, index: number | undefined): Result {
  const { ruleId, severity, message, file, range, fingerprint, confidence, commit } = finding;
  return {
    ruleId,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: LEVEL[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: location(file), region: region(range.start, range.end) } }],
    partialFingerprints: { 'keyless/v1': fingerprint },
    ...(suppression === undefined ? {} : { suppressions: [suppressionOf(suppression)] }),
    ...(baselineState === undefined ? {} : { baselineState }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map(fixOf) }),
    properties: { confidence, ...(commit === undefined ? {} : { commit: commit.id, commitDate: commit.date }) },
  };
}

function suppressionOf({ kind, reason }: Suppression): NonNullable<Result['suppressions']>[number] {
  return { kind, status: 'accepted', ...(reason === undefined ? {} : { justification: reason }) };
}

function fixOf({ title, files }: SarifFix): Fix {
  return {
    description: { text: title },
    artifactChanges: files.map(({ file, replacements }) => ({
      artifactLocation: location(file),
      replacements: replacements.map(({ start, end, newText }) => ({
        deletedRegion: region(start, end),
        ...(newText === '' ? {} : { insertedContent: { text: newText } }),
      })),
    })),
  };
}

function region(start: Position, end: Position): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function location(file: string): { uri: string; uriBaseId: string } {
  return { uri: encodePath(file), uriBaseId: 'SRCROOT' };
}

/** At most so many, in their order: what nobody silenced and the baseline does not know before the rest, then by severity. */
function gravest(findings: readonly SarifFinding[], limit: number): readonly SarifFinding[] {
  if (findings.length <= limit) return findings;
  const rank = ({ finding, suppression, baselineState }: SarifFinding): number =>
    ['error', 'warning', 'information'].indexOf(finding.severity) +
    (suppression === undefined && baselineState !== 'unchanged' ? 0 : 3);
  const kept = new Set([...findings].sort((a, b) => rank(a) - rank(b)).slice(0, limit));
  return findings.filter(finding => kept.has(finding));
}

function limitNotifications(found: number, kept: number): Notification[] {
  const { shownResults } = codeScanningLimits;
  const texts: string[] = [];
  if (kept < found) {
    texts.push(
      `Only ${kept} of ${found} findings are in this file, the gravest first: GitHub code scanning takes no more. Scan folder by folder, or write a baseline.`,
    );
  }
  if (kept > shownResults) texts.push(`GitHub code scanning shows the ${shownResults} gravest of these findings.`);
  return texts.map(text => ({ level: 'warning', message: { text } }));
}

function descriptor(rule: Rule): ReportingDescriptor {
  const { description, ruleName } = codeScanningLimits;
  const text = `${rule.leak} ${rule.remedy}`;
  return {
    id: rule.id,
    name: cut(rule.title, ruleName),
    shortDescription: { text: cut(rule.title, description) },
    fullDescription: { text: cut(text, description) },
    help: { text, markdown: rulePage(rule) },
    helpUri: rule.documentation,
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { tags: ['security', 'azure', 'secret'], 'security-severity': SECURITY_SEVERITY[rule.severity] },
  };
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** A relative path as a URI reference: every segment encoded, slashes kept. */
function encodePath(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
