import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { prefilterKeywords } from '../core/engine/scan.ts';
import { lineIndex } from '../core/text/line-index.ts';
import { siftFiles } from '../platform/sift.ts';
import { corpus } from '../../test/corpus/corpus.ts';
import type { CorpusEntry } from '../../test/corpus/entry.ts';
import { benchIdentities } from './bench-identity.ts';
import { longestBlock, typingCost } from './bench-editor.ts';
import {
  gitleaks,
  keyless,
  listRules,
  ripgrep,
  secretlint,
  type ReportedPlace,
  type Run,
  type Scanner,
} from './bench-scanners.ts';
import { buildAll } from './build.ts';
import { dist, root } from './paths.ts';
import { command, step } from './progress.ts';
import { temporaryFolder } from './temporary.ts';

/**
 * Measures Keyless beside other scanners in one run, so that the ratios mean something whatever the machine; times are
 * of whole processes, start included. Then what scanning costs an editor, and memory.
 */
const packages = [
  'typescript/lib',
  '@azure',
  'playwright-core/lib',
  'openai',
  'eslint',
  'typescript-eslint',
  '@typescript-eslint',
  'prettier',
  'mssql',
  'mocha',
  'vitest',
  'fast-check',
];

/** Of the tree, what a scanner looks at that would take many minutes for all of it. */
const fewPackages = ['mssql', 'mocha'];

command(async () => {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, quick: { type: 'boolean' } } });
  const rounds = Number(values.rounds);
  const scratch = temporaryFolder('bench');
  const tree = join(scratch, 'tree');
  await step('build', () => buildAll(true));
  const fewTree = join(scratch, 'few');
  await step('make the tree', async () => {
    await makeTree(tree, packages);
    await makeTree(fewTree, fewPackages);
  });
  const { files, bytes } = await countFiles(tree);
  const few = await countFiles(fewTree);
  const [cpu] = cpus();
  console.log(
    `\n${cpus().length} × ${cpu?.model ?? 'unknown'}, ${gigabytes(totalmem())} GB, Node ${process.versions.node}\n` +
      `Tree: ${files} files, ${megabytes(bytes)} MB of npm packages\n`,
  );

  const rg = ripgrep(prefilterKeywords());
  if (rg === undefined) console.log('ripgrep is not installed here, so it is left out.\n');
  const scanners = [keyless, ...(rg ? [rg] : []), secretlint, ...(values.quick === true ? [] : [gitleaks])];
  const onTree = new Map<Scanner, Run>();
  const bytesOf = (scanner: Scanner): number => (scanner === gitleaks ? few.bytes : bytes);
  for (const scanner of scanners) {
    const slow = scanner === secretlint || scanner === gitleaks;
    onTree.set(
      scanner,
      await step(scanner.name, () => best(scanner, scanner === gitleaks ? fewTree : tree, scratch, slow ? 1 : rounds)),
    );
  }
  const labelled = corpus();
  const corpusFolder = join(scratch, 'corpus');
  await writeCorpus(labelled, corpusFolder);
  const ours = onTree.get(keyless)?.seconds ?? NaN;
  const rows = [
    ['', 'seconds', 'MB/s', 'time per MB against keyless', 'memory', 'reports', 'secrets found', 'false alarms'],
  ];
  const secrets = labelled.reduce((sum, { expected }) => sum + expected.length, 0);
  for (const [scanner, run] of onTree) {
    const onCorpus = scanner === rg ? undefined : score(labelled, (await scanner.run(corpusFolder, scratch)).places);
    rows.push([
      scanner === gitleaks ? `${scanner.name}, ${(few.bytes / 1e6).toFixed(1)} MB alone` : scanner.name,
      run.seconds.toFixed(2),
      (bytesOf(scanner) / run.seconds / 1e6).toFixed(1),
      `${((run.seconds / ours) * (bytes / bytesOf(scanner))).toFixed(1)}×`,
      run.megabytes === undefined ? '' : `${run.megabytes.toFixed(0)} MB`,
      scanner === rg ? '' : String(run.places.length),
      onCorpus === undefined ? '' : `${onCorpus.found} of ${secrets}`,
      onCorpus === undefined ? '' : String(onCorpus.falseAlarms),
    ]);
  }
  printTable(rows);
  if (onTree.has(gitleaks))
    console.log(
      `gitleaks looked at ${few.files} files of the tree alone (${fewPackages.join(', ')}): all would take very long.`,
    );
  console.log('Reports are of the tree; found and false alarms are lines of the labelled corpus in test/corpus.\n');

  const one = await threadSeconds(tree, 1);
  const two = await threadSeconds(tree, 2);
  const typing = typingCost(10_000, 500);
  const block = await longestBlock(20);
  const large = join(scratch, 'large');
  const copies = Math.ceil(1e9 / bytes);
  await mkdir(large);
  for (let copy = 0; copy < copies; copy++) await cp(tree, join(large, String(copy)), { recursive: true });
  const memory = await step(`scan of ${gigabytes(bytes * copies)} GB`, () => keyless.run(large, scratch));
  await rm(large, { recursive: true, force: true });
  const rules = await best(listRules, scratch, scratch, 5);
  printTable([
    ['', 'measured', 'target'],
    ['secretlint / keyless', ratio(onTree.get(secretlint), ours), '≥ 25'],
    ['keyless / ripgrep', rg ? (ours / (onTree.get(rg)?.seconds ?? NaN)).toFixed(1) : '', '≤ 3'],
    [`memory on ${gigabytes(bytes * copies)} GB`, `${memory.megabytes?.toFixed(0) ?? '?'} MB`, '< 400 MB'],
    ['one thread / two threads', (one / two).toFixed(2), ''],
    [`keystroke in ${typing.lines} lines, p95 of ${typing.keystrokes}`, `${typing.p95.toFixed(2)} ms`, '< 5 ms'],
    ['keystroke, median and longest', `${typing.median.toFixed(2)} ms, ${typing.most.toFixed(2)} ms`, ''],
    ['longest stretch without a pause, 20 MB of JSON', `${block.toFixed(1)} ms`, '< 50 ms'],
    ['`keyless rules`, process start included', `${(rules.seconds * 1000).toFixed(0)} ms`, ''],
  ]);
  printTable(await step('identities', benchIdentities));
});

async function makeTree(tree: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const from = join(root, 'node_modules', name);
    const filter = (path: string): boolean => !path.slice(from.length).includes('node_modules');
    await cp(from, join(tree, name), { recursive: true, dereference: true, filter });
  }
}

async function countFiles(tree: string): Promise<{ files: number; bytes: number }> {
  let files = 0;
  let bytes = 0;
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files++;
    bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return { files, bytes };
}

/** The quickest of some runs: other programs only ever add time. */
async function best(scanner: Scanner, folder: string, scratch: string, runs: number): Promise<Run> {
  let quickest: Run | undefined;
  for (let i = 0; i < runs; i++) {
    const run = await scanner.run(folder, scratch);
    if (quickest === undefined || run.seconds < quickest.seconds) quickest = run;
  }
  if (quickest === undefined) throw new RangeError('at least one run');
  return quickest;
}

async function writeCorpus(entries: readonly CorpusEntry[], folder: string): Promise<void> {
  for (const [index, { path, text }] of entries.entries()) {
    const file = join(folder, String(index), path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Counts by lines, as scanners disagree about where on its line a secret begins. */
function score(
  entries: readonly CorpusEntry[],
  places: readonly ReportedPlace[],
): { found: number; falseAlarms: number } {
  let found = 0;
  let falseAlarms = 0;
  const byFile = new Map<string, ReportedPlace[]>();
  for (const place of places) byFile.set(place.file, [...(byFile.get(place.file) ?? []), place]);
  for (const [index, { path, text, expected }] of entries.entries()) {
    const lines = lineIndex(text);
    const secrets = expected.map(({ span }) => ({
      firstLine: lines.positionAt(span.start).line,
      lastLine: lines.positionAt(span.end).line,
    }));
    const reported = byFile.get(`${index}/${path}`) ?? [];
    const touch = (a: Lines, b: Lines): boolean => a.firstLine <= b.lastLine && b.firstLine <= a.lastLine;
    found += secrets.filter(secret => reported.some(place => touch(secret, place))).length;
    falseAlarms += reported.filter(place => !secrets.some(secret => touch(secret, place))).length;
  }
  return { found, falseAlarms };
}

type Lines = Pick<ReportedPlace, 'firstLine' | 'lastLine'>;

/** Seconds that so many threads, this one included, take for a tree. */
async function threadSeconds(tree: string, threads: number): Promise<number> {
  const started = performance.now();
  const options = { cwd: tree, top: tree, workerFile: join(dist, 'sift-worker.js'), threads, patience: 0 };
  let files = 0;
  for await (const entry of siftFiles(['.'], options)) files += entry.length;
  if (files === 0) throw new Error('the tree is empty');
  return (performance.now() - started) / 1000;
}

function ratio(run: Run | undefined, ours: number): string {
  return run === undefined ? '' : (run.seconds / ours).toFixed(1);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  console.log([line(head), line(widths.map(width => '-'.repeat(width))), ...body.map(line)].join('\n') + '\n');
}
