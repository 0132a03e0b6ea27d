// keyless-ignore-file azure-sql-password -- made up at run time
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentDigest, digestKeySize } from '../../../src/core/engine/content-digest.ts';
import { makeClearFilesKey } from '../../../src/platform/clear-files-key.ts';
import { clearFilesIn, clearFilesSize, type ClearFiles } from '../../../src/platform/clear-files.ts';
import { siftFile } from '../../../src/platform/sift-file.ts';
import { corpus } from '../../corpus/corpus.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyless-clear-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function clearFilesMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(clearFilesSize);
  makeClearFilesKey(memory);
  return memory;
}

function clearFiles(memory = clearFilesMemory()): ClearFiles {
  const clear = clearFilesIn(memory);
  if (clear === undefined) throw new Error('no WebAssembly here');
  return clear;
}

const verdict = (absolutePath: string, clear?: ClearFiles) =>
  siftFile({ absolutePath, named: false, maxBytes: 20_000_000 }, { cwd: root, top: root, clear });

describe('contents that were found clear', () => {
  it('are judged as if they were looked at again, whatever the file is called', { timeout: 120_000 }, () => {
    const clear = clearFiles();
    const texts = corpus().filter((_entry, i) => i % 4 === 0);
    const different: string[] = [];
    for (const [i, { path, text }] of texts.entries()) {
      // The same content where it is documentation, where an emulator's key is a mistake, and in another language.
      const names = [
        path,
        `again/${path}`,
        'api.d.ts',
        'appsettings.Development.json',
        'appsettings.Production.json',
        'a.md',
      ];
      for (const name of names) {
        const file = put(`${i}/${name}`, text);
        if (JSON.stringify(verdict(file, clear)) !== JSON.stringify(verdict(file)))
          different.push(`${path} as ${name}`);
      }
    }
    expect(different).toEqual([]);
  });

  it('are known to every thread that shares the memory, and to no other', () => {
    const memory = clearFilesMemory();
    const [one, two, other] = [clearFiles(memory), clearFiles(memory), clearFiles()];
    const content = new TextEncoder().encode('const storage = "nothing";');
    one.remember(one.keyOf(content, 'typescript'));
    expect(two.isClear(two.keyOf(content, 'typescript'))).toBe(true);
    expect(two.isClear(two.keyOf(content, 'javascript'))).toBe(false);
    expect(other.isClear(other.keyOf(content, 'typescript'))).toBe(false);
  });

  it('are remembered when nothing was found, and not when their path had a say', () => {
    const remembered = (path: string, text: string): boolean => {
      const told: Int32Array[] = [];
      const clear = clearFiles();
      verdict(put(path, text), { ...clear, remember: key => told.push(key.slice()) });
      return told.length > 0;
    };
    const emulator = '{"Storage":"UseDevelopmentStorage=true"}';
    expect(remembered('a.ts', 'const storage = 1;')).toBe(true);
    expect(
      remembered(
        'b.ts',
        `const s = "Server=tcp:contoso.database.windows.net;User ID=app;Password=${'x9!Q'.repeat(4)}"`,
      ),
    ).toBe(false);
    expect(remembered('appsettings.Development.json', emulator)).toBe(false);
    expect(remembered('settings.ts', emulator.replace('UseDev', 'UsesDev'))).toBe(true);
  });
});

describe('the digest', () => {
  const key = Uint8Array.from({ length: digestKeySize }, (_, i) => (i * 7919) >>> 3);
  const digestOf = contentDigest(key);
  const digest = (content: Uint8Array, kind = 'kind'): string => String(digestOf?.(content, kind));

  it('is the same for the same content, and another for any change of it', () => {
    const bytes = fc.uint8Array({ maxLength: 5000, size: 'max' });
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (content, place, change) => {
        const same = digest(content);
        expect(digest(content.slice())).toBe(same);
        expect(digest(content, 'kinds')).not.toBe(same);
        expect(digest(Uint8Array.from([...content, 0]))).not.toBe(same);
        if (content.length === 0) return;
        expect(digest(content.subarray(1))).not.toBe(same);
        const changed = content.slice();
        changed[place % content.length] = (changed[place % content.length] ?? 0) ^ change;
        expect(digest(changed)).not.toBe(same);
      }),
      { numRuns: 400 },
    );
  });

  it('counts every byte of long contents, in its place', () => {
    const content = new Uint8Array(200_000);
    const seen = new Set([digest(content)]);
    for (let i = 0; i < content.length; i += 97) {
      content[i] = 1;
      seen.add(digest(content));
      content[i] = 0;
    }
    expect(seen.size).toBe(1 + Math.ceil(content.length / 97));
  });
});
