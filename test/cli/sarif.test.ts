import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Log, Region, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { lineIndex } from '../../src/core/text/line-index.ts';
import { applyEdits } from '../../src/core/text/text-edit.ts';
import { folderWith, keyless } from '../harness/cli.ts';

const standIns = createStandIns(51);
const keys = [1, 2, 3].map(() => standIns.storageAccountKey());
const client = (index: number): string =>
  `BlobServiceClient.fromConnectionString('DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${keys[index]!};EndpointSuffix=core.windows.net')`;

async function sarif(args: readonly string[], cwd: string): Promise<{ run: Run; text: string }> {
  const { stdout } = await keyless(['scan', '--format', 'sarif', ...args], cwd);
  for (const key of keys) expect(stdout).not.toContain(key);
  return { run: (JSON.parse(stdout) as Log).runs[0]!, text: stdout };
}

function edited(
  text: string,
  changes: readonly { deletedRegion: Region; insertedContent?: { text?: string } }[],
): string {
  const lines = lineIndex(text);
  const offset = (line = 1, column = 1): number => lines.lineStart(line - 1) + column - 1;
  return applyEdits(
    text,
    changes.map(({ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => ({
      span: { start: offset(startLine, startColumn), end: offset(endLine, endColumn) },
      newText: insertedContent?.text ?? '',
    })),
  );
}

// A busy machine may take many times as long; what is slow for its own sake is told elsewhere.
describe('SARIF', { timeout: 300_000 }, () => {
  it('carries fixes that give the very text that `keyless fix` writes, and no secret', async () => {
    const before = `import { BlobServiceClient } from '@azure/storage-blob';\n\nexport const blobs = ${client(0)};\n`;
    const manifest = JSON.stringify({ name: 'x', dependencies: { '@azure/storage-blob': '^12.0.0' } }, null, 2) + '\n';
    await using folder = await folderWith({ 'src/a.ts': before, 'package.json': manifest });
    const { run } = await sarif([], folder.path);
    const [fix] = run.results![0]!.fixes!;
    const after = Object.fromEntries(
      fix!.artifactChanges.map(({ artifactLocation, replacements }) => {
        const uri = artifactLocation.uri!;
        return [uri, edited(uri === 'src/a.ts' ? before : manifest, replacements as Parameters<typeof edited>[1])];
      }),
    );
    await keyless(['fix', '--write'], folder.path);
    expect(Object.keys(after).sort()).toEqual(['package.json', 'src/a.ts']);
    for (const [uri, text] of Object.entries(after)) expect(await readFile(join(folder.path, uri), 'utf8')).toBe(text);
  });

  it('carries what is silenced and known with its state, and counts neither', async () => {
    await using folder = await folderWith({
      'a.py': `k = "AccountName=contoso;AccountKey=${keys[0]!}"\n`,
      'b.py': `k = "AccountName=contoso;AccountKey=${keys[1]!}"  # keyless-ignore storage-account-key -- made up\n`,
      'c.json': JSON.stringify({ k: `AccountName=contoso;AccountKey=${keys[2]!}` }),
      '.keyless.json': JSON.stringify({
        suppressions: [{ rule: 'storage-account-key', path: 'c.json', reason: 'a test account' }],
      }),
    });
    await keyless(['scan', '--update-baseline'], folder.path);
    await writeFile(join(folder.path, 'd.py'), `k = "AccountName=contoso;AccountKey=${keys[2]!}"\n`);
    const { run } = await sarif([], folder.path);
    const shown = run.results!.map(({ locations, suppressions, baselineState }) => [
      locations![0]!.physicalLocation!.artifactLocation!.uri,
      baselineState,
      ...(suppressions ?? []).map(({ kind, justification }) => `${kind}: ${justification ?? ''}`),
    ]);
    expect(shown).toEqual([
      ['a.py', 'unchanged'],
      ['b.py', 'new', 'inSource: made up'],
      ['c.json', 'new', 'external: a test account'],
      ['d.py', 'new'],
    ]);
    await writeFile(join(folder.path, 'd.py'), '');
    expect((await keyless(['scan', '--format', 'sarif', '--output', 'x'], folder.path)).code).toBe(0);
  });

  it('stays within what code scanning takes, and says what it cut', async () => {
    const lines = Array.from({ length: 26_000 }, (_, index) => {
      const end = standIns.storageAccountKey();
      return `k${index} = "AccountName=contoso${index};AccountKey=${end}"`;
    });
    const parts = Object.fromEntries(
      Array.from({ length: 26 }, (_, part) => [
        `p${part}.txt`,
        lines.slice(part * 1000, part * 1000 + 1000).join('\n'),
      ]),
    );
    await using folder = await folderWith(parts);
    const { run, text } = await sarif([], folder.path);
    expect(run.results!.length).toBeLessThanOrEqual(25_000);
    expect(run.results!.length).toBeGreaterThan(5000);
    expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000);
    expect(run.invocations![0]!.toolExecutionNotifications![0]!.message.text).toContain('of 26000 findings');
  });
});
