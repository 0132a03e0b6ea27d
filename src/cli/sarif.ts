import { rules } from '../core/engine/rules.ts';
import { codeScanningLimits, sarifReport } from '../core/report/sarif.ts';
import type { ScanReport } from '../core/report/scan-report.ts';
import type { Rendering } from './scan-formats.ts';

/** As large as code scanning takes it: without fixes where these are too much, then with fewer results. */
export async function sarif(
  { tool }: ScanReport,
  { results, complete }: Pick<Rendering, 'results' | 'complete'>,
): Promise<string> {
  const { results: most, compressedBytes } = codeScanningLimits;
  const { gzipSync } = await import('node:zlib');
  let kept = results;
  for (let maxResults: number = most; ;) {
    const text = JSON.stringify(sarifReport(tool, kept, rules(), { complete, maxResults }), null, 2) + '\n';
    if (text.length < compressedBytes || gzipSync(text).length <= compressedBytes || maxResults < 100) return text;
    if (kept === results) kept = results.map(result => ({ ...result, fixes: [] }));
    else maxResults = Math.floor(Math.min(maxResults, kept.length) / 2);
  }
}
