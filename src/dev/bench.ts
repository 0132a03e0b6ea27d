import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { scan } from '../core/engine/scan.ts';
import { root } from './paths.ts';

/**
 * Scan throughput beside secretlint's recommended preset: the same texts, read into memory once, in the same process.
 * The ratio is the figure to quote; megabytes per second depend on the machine.
 */
const PACKAGES = ['typescript/lib', '@azure/service-bus/dist', '@azure/storage-blob/dist', 'playwright-core/lib'];

const files = await glob(
  PACKAGES.map(name => `${name}/**/*.{js,ts,mjs,cjs,json,map}`),
  { cwd: join(root, 'node_modules'), absolute: true },
);
const texts = await Promise.all(files.map(async file => ({ file, text: await readFile(file, 'utf8') })));
const megabytes = texts.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;

async function seconds(run: () => number | Promise<number>): Promise<{ time: number; findings: number }> {
  const started = performance.now();
  const findings = await run();
  return { time: (performance.now() - started) / 1000, findings };
}

function keyless(): number {
  let findings = 0;
  for (const { file, text } of texts) {
    findings += scan({ uri: file, languageId: languageOfPath(file), text }).length;
  }
  return findings;
}

async function secretlint(): Promise<number> {
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended }] };
  let findings = 0;
  for (const { file, text } of texts) {
    const result = await lintSource({
      source: { filePath: file, content: text, ext: '', contentType: 'text' },
      options: { config, noPhysicFilePath: true },
    });
    findings += result.messages.length;
  }
  return findings;
}

console.log(`${texts.length} files, ${megabytes.toFixed(1)} MB: ${PACKAGES.join(', ')}`);
keyless();
const ours = await seconds(keyless);
const theirs = await seconds(secretlint);
for (const [name, { time, findings }] of [
  ['keyless', ours],
  ['secretlint', theirs],
] as const) {
  console.log(`${name.padEnd(11)} ${time.toFixed(2)} s  ${(megabytes / time).toFixed(1)} MB/s  ${findings} findings`);
}
console.log(`keyless scans ${(theirs.time / ours.time).toFixed(1)} times as fast as secretlint in this run`);
