import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Rule, Severity } from '../engine/finding.ts';
import { rulePage } from './rule-page.ts';
import type { ScanReport } from './scan-report.ts';

const LEVEL: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};
/** GitHub code scanning ranks security results by this number (CVSS-like, 0.0 to 10.0). */
const SECURITY_SEVERITY: Record<Severity, string> = { error: '8.5', warning: '5.5', information: '2.0' };

/** SARIF 2.1.0. Regions carry no snippet: a snippet would carry the secret. */
export function sarifReport(report: ScanReport, rules: readonly Rule[]): Log {
  const used = new Set(report.findings.map(finding => finding.ruleId));
  const reported = rules.filter(rule => used.has(rule.id));
  const ruleIndex = new Map(reported.map((rule, index) => [rule.id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: report.tool.name, semanticVersion: report.tool.version, rules: reported.map(descriptor) },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The working directory of the scan.' } } },
        results: report.findings.map((finding): Result => {
          const { start, end } = finding.range;
          const index = ruleIndex.get(finding.ruleId);
          return {
            ruleId: finding.ruleId,
            ...(index === undefined ? {} : { ruleIndex: index }),
            level: LEVEL[finding.severity],
            message: { text: finding.message },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: encodePath(finding.file), uriBaseId: 'SRCROOT' },
                  region: {
                    startLine: start.line + 1,
                    startColumn: start.character + 1,
                    endLine: end.line + 1,
                    endColumn: end.character + 1,
                  },
                },
              },
            ],
            partialFingerprints: { 'keyless/v1': finding.fingerprint },
            properties: { confidence: finding.confidence },
          };
        }),
      },
    ],
  };
}

function descriptor(rule: Rule): ReportingDescriptor {
  return {
    id: rule.id,
    name: rule.title,
    shortDescription: { text: rule.title },
    fullDescription: { text: `${rule.leak} ${rule.remedy}` },
    help: { text: `${rule.leak} ${rule.remedy}`, markdown: rulePage(rule) },
    helpUri: rule.documentation,
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { tags: ['security', 'azure', 'secret'], 'security-severity': SECURITY_SEVERITY[rule.severity] },
  };
}

/** A relative path as a URI reference: every segment encoded, slashes kept. */
function encodePath(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}
