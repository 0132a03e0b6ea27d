import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SkippedPath, walkFiles, type WalkedFile } from '../../../src/platform/file-walk.ts';
import { decodeFile, encodeFile } from '../../../src/platform/text-encoding.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'keyless-walk-'));
});
afterEach(() => {
  chmodSync(root, 0o755);
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array = 'x'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function walk(
  paths: string[],
  options: { maxBytes?: number; signal?: AbortSignal } = {},
): Promise<(WalkedFile | SkippedPath)[]> {
  const all = [];
  for await (const entry of walkFiles(paths, { cwd: root, ...options })) all.push(entry);
  return all;
}

const names = (entries: (WalkedFile | SkippedPath)[]): string[] =>
  entries.map(entry => (entry.kind === 'file' ? entry.path : `${entry.path}: ${entry.reason}`));

describe('walkFiles', () => {
  it('gives files in stable order, each once, relative to the working directory', async () => {
    for (const path of ['b.ts', 'a/z.ts', 'a/b.ts', 'B.ts', 'a.ts']) put(path);
    expect(names(await walk(['.', 'a', 'b.ts', './a/z.ts']))).toEqual(['B.ts', 'a/b.ts', 'a/z.ts', 'a.ts', 'b.ts']);
  });
  it('honours ignore files, the deeper one overruling, and skips node_modules and .git', async () => {
    put('.git/HEAD');
    put('.git/info/exclude', 'excluded.txt\n');
    put('.gitignore', '*.log\n/build/\n!keep.log\n');
    put('excluded.txt');
    put('a.log');
    put('keep.log');
    put('build/out.ts');
    put('src/build/in.ts');
    put('src/.gitignore', '!b.log\nlocal.ts\n');
    put('src/b.log');
    put('src/local.ts');
    put('node_modules/p/index.js');
    expect(names(await walk(['.']))).toEqual([
      '.gitignore',
      'keep.log',
      'src/.gitignore',
      'src/b.log',
      'src/build/in.ts',
    ]);
    // Rules of the folders above a named folder hold as well.
    expect(names(await walk(['src']))).toEqual(['src/.gitignore', 'src/b.log', 'src/build/in.ts']);
  });
  it('always reads what is named: an ignored file, an ignored folder', async () => {
    put('.git/HEAD');
    put('.gitignore', '.env\nout/\n');
    put('.env');
    put('out/a.ts');
    put('node_modules/p/a.ts');
    expect(names(await walk(['.env', 'out', 'node_modules']))).toEqual(['.env', 'out/a.ts', 'node_modules/p/a.ts']);
  });
  it('reports what it cannot read and goes on', async () => {
    put('a/locked/x.ts');
    put('a/b.ts');
    put('c.bin', Uint8Array.of(1, 0, 2));
    put('d.png');
    put('big.txt', 'y'.repeat(2_000_001));
    chmodSync(join(root, 'a/locked'), 0o000);
    const entries = names(await walk(['nowhere', '.'], { maxBytes: 2_000_000 }));
    chmodSync(join(root, 'a/locked'), 0o755);
    const locked = process.getuid?.() === 0 ? ['a/locked/x.ts'] : ['a/locked: no permission to read it'];
    expect(entries).toEqual([
      'nowhere: no such file or folder',
      'a/b.ts',
      ...locked,
      'big.txt: larger than 2 MB',
      'c.bin: binary file',
      'd.png: binary file',
    ]);
    expect(names(await walk(['big.txt'], { maxBytes: 10 }))).toEqual(['big.txt']);
  });
  it('is safe from symbolic links', async () => {
    put('a/x.ts');
    symlinkSync('..', join(root, 'a/up'));
    symlinkSync('loop', join(root, 'loop'));
    symlinkSync('nowhere', join(root, 'dangling'));
    expect(names(await walk(['.', 'loop', 'dangling']))).toEqual([
      'a/x.ts',
      'loop: a symbolic link that leads back to itself',
      'dangling: no such file or folder',
    ]);
  });
  it('ends when aborted', async () => {
    for (let i = 0; i < 100; i++) put(`f${i}.ts`);
    const controller = new AbortController();
    const seen = [];
    for await (const entry of walkFiles(['.'], { cwd: root, signal: controller.signal })) {
      seen.push(entry);
      if (seen.length === 3) controller.abort();
    }
    expect(seen.length).toBeLessThan(100);
  });
  it('decodes byte order marks', async () => {
    put('le.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('grün', 'utf16le')]));
    put('be.txt', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('grün', 'utf16le').swap16()]));
    put('bom.txt', '\uFEFFgrün');
    put('latin.txt', Buffer.from('grün', 'latin1'));
    const entries = await walk(['.']);
    expect(entries.map(entry => entry.kind === 'file' && [entry.path, entry.text, entry.encoding])).toEqual([
      ['be.txt', 'grün', 'utf16be'],
      ['bom.txt', 'grün', 'utf8bom'],
      ['latin.txt', 'grün', 'latin1'],
      ['le.txt', 'grün', 'utf16le'],
    ]);
  });
});

describe('text encoding', () => {
  it('keeps every byte over a round trip', () => {
    const samples = [
      Buffer.from('plain\r\n'),
      Buffer.from('\uFEFFmarked'),
      Buffer.from('it holds \uFFFD itself'),
      Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8]),
      Buffer.from([0xfe, 0xff, 0x00, 0x41]),
      Buffer.from(Uint8Array.from({ length: 255 }, (_, i) => i + 1)),
      Buffer.alloc(0),
    ];
    for (const bytes of samples) {
      const decoded = decodeFile(bytes);
      expect(decoded).toBeDefined();
      expect(Buffer.from(encodeFile(decoded!))).toEqual(bytes);
    }
  });
});
