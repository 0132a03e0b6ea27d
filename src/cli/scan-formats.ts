import { gzipSync } from 'node:zlib';
import type { Rule } from '../core/engine/finding.ts';
import { codeScanningLimits, sarifReport, type SarifFinding } from '../core/report/sarif.ts';
import { textReport, type ScanReport } from '../core/report/scan-report.ts';
import { UsageError } from './io.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** @throws UsageError */
export function formatOf(value: string): Format {
  const format = FORMATS.find(known => known === value);
  if (!format) throw new UsageError(`--format takes ${FORMATS.join(', ')}, not "${value}"`);
  return format;
}

export interface Rendering {
  readonly report: ScanReport;
  /** For SARIF: every finding, silenced and known ones too. */
  readonly results: readonly SarifFinding[];
  readonly rules: readonly Rule[];
  readonly format: Format;
  readonly color: boolean;
  readonly complete: boolean;
}

export function render({ report, format, color, ...rest }: Rendering): string {
  switch (format) {
    case 'text':
      return textReport(report, color);
    case 'json':
      return JSON.stringify(report, null, 2) + '\n';
    case 'sarif':
      return sarif(report, rest);
  }
}

/** As large as code scanning takes it: without fixes where these are too much, then with fewer results. */
function sarif(
  { tool }: ScanReport,
  { results, rules, complete }: Omit<Rendering, 'report' | 'format' | 'color'>,
): string {
  const { results: most, compressedBytes } = codeScanningLimits;
  let kept = results;
  for (let maxResults: number = most; ;) {
    const text = JSON.stringify(sarifReport(tool, kept, rules, { complete, maxResults }), null, 2) + '\n';
    if (text.length < compressedBytes || gzipSync(text).length <= compressedBytes || maxResults < 100) return text;
    if (kept === results) kept = results.map(result => ({ ...result, fixes: [] }));
    else maxResults = Math.floor(Math.min(maxResults, kept.length) / 2);
  }
}
