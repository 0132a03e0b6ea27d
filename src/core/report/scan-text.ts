import type { Severity } from '../engine/finding.ts';
import type { ScanReport } from './scan-report.ts';

/** The report of `keyless scan` for people. */
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
  const { files, skipped, suppressed, baselined, stale, milliseconds } = report.summary;
  if (report.findings.length > 0) lines.push('');
  const found = report.findings.length === 1 ? '1 finding' : `${report.findings.length} findings`;
  const known = [suppressed > 0 && `${suppressed} suppressed`, baselined > 0 && `${baselined} in the baseline`];
  const counts = [...known.filter(part => part !== false), `${skipped} skipped`, `${milliseconds} ms`];
  lines.push(`${found} in ${files} files (${counts.join(', ')})`);
  if (stale > 0) {
    const entries = stale === 1 ? '1 entry' : `${stale} entries`;
    lines.push(`${entries} of the baseline no longer found: take them out with --update-baseline`);
  }
  return lines.join('\n') + '\n';
}
