// keyless-ignore-file azure-sql-password -- made up at run time
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { walkFiles } from '../../../src/platform/file-walk.ts';
import { siftFiles } from '../../../src/platform/sift.ts';

const workerFile = resolve('src/platform/sift-worker.ts');
const standIns = createStandIns(41);
const secret = () =>
  `Server=tcp:contoso.database.windows.net;Database=orders;User ID=app;Password=${standIns.password()};`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'keyless-sift-'));
  const put = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (let i = 0; i < 400; i++) put(`many/${i % 7}/file-${i}.ts`, i % 50 === 7 ? `// ${secret()}\n` : `call(${i});\n`);
  put('many/empty.txt', '');
  put('many/utf16.txt', Buffer.from(`\uFEFF${secret()}`, 'utf16le'));
  put('many/marked.json', `\uFEFF{"db": "${secret()}"}`);
  put('many/latin1.properties', Buffer.from(`# caf\u00e9\ndb=${secret()}\n`, 'latin1'));
  put('many/suppressed.py', `db = "${secret()}"  # keyless-ignore\n`);
  put('many/binary.dat', Buffer.concat([Buffer.from([1, 0, 2]), Buffer.from(secret())]));
  put('many/picture.png', secret());
  put('many/yarn.lock', secret());
  put('many/huge.txt', `${secret()}\n`.repeat(40_000));
  put('many/large.yaml', `${'- nothing: here\n'.repeat(120_000)}db: ${secret()}\n`);
  put('few/a.ts', 'a();\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Seen {
  readonly path: string;
  readonly reason: string | undefined;
  readonly bytes: number | undefined;
}

async function sifted(
  paths: string[],
  options: Partial<Parameters<typeof siftFiles>[1]> = {},
): Promise<{ seen: Seen[]; withText: string[] }> {
  const seen: Seen[] = [];
  const withText: string[] = [];
  for await (const entries of siftFiles(paths, { cwd: root, top: root, workerFile, threads: 2, ...options })) {
    for (const entry of entries) {
      if (entry.kind === 'file') withText.push(entry.path);
      const skipped = entry.kind === 'skipped';
      seen.push({
        path: entry.kind === 'clear' ? relative(root, entry.absolutePath).replaceAll('\\', '/') : entry.path,
        reason: skipped ? entry.reason : undefined,
        bytes: skipped ? undefined : entry.bytes,
      });
    }
  }
  return { seen, withText };
}

async function walked(paths: string[], maxBytes?: number): Promise<{ seen: Seen[]; found: string[] }> {
  const seen: Seen[] = [];
  const found: string[] = [];
  for await (const entry of walkFiles(paths, { cwd: root, ...(maxBytes === undefined ? {} : { maxBytes }) })) {
    if (entry.kind === 'skipped') seen.push({ path: entry.path, reason: entry.reason, bytes: undefined });
    else {
      const { path, text, bytes } = entry;
      seen.push({ path, reason: undefined, bytes: path === 'many/yarn.lock' ? 0 : bytes });
      if (scan({ uri: path, languageId: languageOfPath(path), text }).length > 0) found.push(path);
    }
  }
  return { seen, found };
}

describe('sifting', () => {
  it.each([
    ['in threads', { elsewhere: true }],
    ['in this thread', { threads: 1 }],
    ['in both', { patience: 2 }],
    ['in both at once', { patience: 0 }],
  ])('%s gives what walking and scanning gives, in the same order', async (_where, options) => {
    const expected = await walked(['many', 'missing.txt'], 3_000_000);
    const { seen, withText } = await sifted(['many', 'missing.txt'], { ...options, maxBytes: 3_000_000 });
    expect(seen).toEqual(expected.seen);
    // What a directive silences is for the reader of the full text to decide.
    expect(withText.filter(path => path !== 'many/suppressed.py')).toEqual(expected.found);
    expect(withText).toContain('many/suppressed.py');
    expect(expected.found).toEqual(
      expect.arrayContaining(['many/utf16.txt', 'many/latin1.properties', 'many/large.yaml', 'many/marked.json']),
    );
    expect(seen.find(({ path }) => path === 'many/huge.txt')?.reason).toBe('larger than 3 MB');
  });

  it('starts no thread for a few files', async () => {
    const { seen } = await sifted(['few'], { workerFile: join(root, 'there-is-no-such-worker.js') });
    expect(seen).toEqual([{ path: 'few/a.ts', reason: undefined, bytes: 5 }]);
  });

  it('tells of the file over which a thread ends, and scans the rest', { timeout: 180_000 }, async () => {
    const crashing = join(root, 'crashing-worker.mjs');
    writeFileSync(
      crashing,
      `import { parentPort } from 'node:worker_threads';
      import { siftFile } from ${JSON.stringify(pathToFileURL(resolve('src/platform/sift-file.ts')).href)};
      parentPort.on('message', ({ id, batch, options }) => {
        const verdicts = batch.absolutePaths.map(absolutePath => {
          if (absolutePath.endsWith('file-123.ts')) throw new SyntaxError('a text that nobody should see');
          if (absolutePath.endsWith('file-321.ts')) process.exit(3);
          return siftFile({ ...batch, absolutePath }, options);
        });
        parentPort.postMessage({ id, verdicts });
      });`,
    );
    const whole = await sifted(['many'], { elsewhere: true });
    const { seen, withText } = await sifted(['many'], { elsewhere: true, workerFile: crashing });
    const reasons = new Map([
      ['many/4/file-123.ts', 'scanning it failed (SyntaxError)'],
      ['many/6/file-321.ts', 'scanning it failed (exit)'],
    ]);
    expect(seen).toEqual(
      whole.seen.map(entry => {
        const reason = reasons.get(entry.path);
        return reason === undefined ? entry : { path: entry.path, reason, bytes: undefined };
      }),
    );
    expect(withText).toEqual(whole.withText);
  });

  it('comes to an end when no thread can start', { timeout: 180_000 }, async () => {
    const { seen } = await sifted(['many'], { elsewhere: true, workerFile: join(root, 'there-is-no-such-worker.js') });
    expect(seen).toHaveLength(410);
    expect(new Set(seen.map(({ reason }) => reason))).toEqual(new Set(['scanning it failed (MODULE_NOT_FOUND)']));
  });

  it('stops when told to', async () => {
    const abort = new AbortController();
    let batches = 0;
    for await (const entries of siftFiles(['many'], {
      cwd: root,
      top: root,
      workerFile,
      threads: 2,
      patience: 0,
      signal: abort.signal,
    })) {
      expect(entries.length).toBeGreaterThan(0);
      batches++;
      abort.abort();
    }
    expect(batches).toBe(1);
  });
});
