import type { SarifFinding } from '../core/report/sarif.ts';
import type { ScanReport } from '../core/report/scan-report.ts';
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
  readonly format: Format;
  readonly color: boolean;
  readonly complete: boolean;
}
