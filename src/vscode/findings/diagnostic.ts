import * as vscode from 'vscode';
import type { Severity } from '../../core/engine/finding.ts';
import { ruleById } from '../../core/engine/rules.ts';
import { messageOf } from '../../core/report/scan-report.ts';
import type { PlacedFinding } from '../../platform/workspace-scan.ts';
import { ruleUri } from '../rule-pages.ts';

export const SOURCE = 'Keyless';

const SEVERITY: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

/** Another place where the same secret stands. */
export interface OtherPlace {
  readonly uri: vscode.Uri;
  readonly inSameFile: boolean;
  readonly placed: PlacedFinding;
}

/** More places are counted in the message, but not listed one by one. */
const mostRelated = 20;

/** A finding as Problems and the editor show it. */
export function diagnosticOf(placed: PlacedFinding, others: Iterable<OtherPlace>): vscode.Diagnostic {
  const { finding } = placed;
  const related: vscode.DiagnosticRelatedInformation[] = [];
  const files = new Set<string>();
  let here = 0;
  for (const { uri, inSameFile, placed: other } of others) {
    if (inSameFile) here++;
    else files.add(uri.toString());
    if (related.length === mostRelated) continue;
    const location = new vscode.Location(uri, rangeOf(other));
    related.push(new vscode.DiagnosticRelatedInformation(location, 'The same secret'));
  }
  const diagnostic = new vscode.Diagnostic(
    rangeOf(placed),
    [messageOf(finding), ...alsoIn(files.size, here)].join(' '),
    SEVERITY[finding.severity],
  );
  diagnostic.source = SOURCE;
  if (ruleById(finding.ruleId)) diagnostic.code = { value: finding.ruleId, target: ruleUri(finding.ruleId) };
  if (related.length > 0) diagnostic.relatedInformation = related;
  return diagnostic;
}

export function rangeOf({ start, end }: Pick<PlacedFinding, 'start' | 'end'>): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function alsoIn(files: number, here: number): string[] {
  if (files > 0) return [`The same secret is also in ${files === 1 ? '1 other file' : `${files} other files`}.`];
  return here > 0 ? ['The same secret stands in this file more than once.'] : [];
}
