import { expect, it } from 'vitest';
import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import { scan } from '../../src/core/engine/scan.ts';
import type { ScanReport } from '../../src/core/report/scan-report.ts';
import { isCodeLanguage } from '../../src/core/secrets/decoded-text.ts';
import { lineIndex } from '../../src/core/text/line-index.ts';
import { corpus } from '../corpus/corpus.ts';
import { folderWith, keyless } from '../harness/cli.ts';

it(
  'finds in files, with what is loaded late, what the whole engine finds in their texts',
  { timeout: 120_000 },
  async () => {
    // To report takes longer than to find: some of each kind are enough.
    const documents = corpus()
      .filter((_entry, i) => i % 6 === 0)
      .map(({ path, text }, i) => ({ uri: `${i}/${path}`, languageId: languageOfPath(path), text }))
      .filter(({ uri, text }) => !uri.includes('node_modules') && !/\p{Cs}/u.test(text) && !text.startsWith('\uFEFF'));
    await using folder = await folderWith(Object.fromEntries(documents.map(({ uri, text }) => [uri, text])));
    const { stdout } = await keyless(['scan', '.', '--format', 'json', '--include-ignored'], folder.path);
    const { findings } = JSON.parse(stdout) as ScanReport;
    const reported = new Map<string, string[]>();
    for (const { file, ruleId, range, fingerprint } of findings) {
      const { start, end } = range;
      const place = `${ruleId} ${start.line}:${start.character}-${end.line}:${end.character} ${fingerprint}`;
      reported.set(file, [...(reported.get(file) ?? []), place]);
    }
    const different = documents.filter(document => {
      const lines = lineIndex(document.text);
      const found = scan(document).map(({ ruleId, span, fingerprint }) => {
        const [start, end] = [lines.positionAt(span.start), lines.positionAt(span.end)];
        return `${ruleId} ${start.line}:${start.character}-${end.line}:${end.character} ${fingerprint}`;
      });
      const told = reported.get(document.uri) ?? [];
      // A syntax tree may join what a text alone does not show.
      const joined = isCodeLanguage(document.languageId) && found.every(place => told.includes(place));
      return !joined && found.join('\n') !== told.join('\n');
    });
    expect(different.map(({ uri }) => uri)).toEqual([]);
    expect(new Set(findings.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(60);
  },
);
