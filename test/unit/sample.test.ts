import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import { ruleById, rules } from '../../src/core/engine/rules.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { lineIndex } from '../../src/core/text/line-index.ts';
import { makeSampleWorkspace, type PlantedMistake } from '../../src/dev/sample.ts';
import { walkFiles } from '../../src/platform/file-walk.ts';

let folder: string;
let planted: readonly PlantedMistake[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyless-sample-'));
  planted = await makeSampleWorkspace(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('scan finds every planted mistake and nothing else', async () => {
  const found: Required<PlantedMistake>[] = [];
  for await (const entry of walkFiles(['.'], { cwd: folder })) {
    if (entry.kind !== 'file') throw new Error(`${entry.path}: ${entry.reason}`);
    const document = { uri: entry.path, languageId: languageOfPath(entry.path), text: entry.text };
    const lines = lineIndex(entry.text);
    for (const { ruleId, severity, span } of scan(document)) {
      found.push({ file: entry.path, line: lines.positionAt(span.start).line, ruleId, severity });
    }
  }
  const key = ({ file, line, ruleId, severity }: PlantedMistake): string =>
    `${file}:${line + 1} ${ruleId} ${severity ?? ruleById(ruleId)!.severity}`;
  expect(found.map(key).sort()).toEqual(planted.map(key).sort());
});

/** Those whose code the product rewrites. */
const services = ['storage-blob', 'service-bus', 'cosmos-db', 'azure-sql', 'azure-openai', 'entra-id'];

it('plants every rule of the six services in code, configuration and infrastructure', () => {
  const ruleIds = new Set(planted.map(({ ruleId }) => ruleId));
  const absent = rules()
    .filter(({ id, serviceId }) => services.includes(serviceId ?? '') && !ruleIds.has(id))
    .map(({ id }) => id);
  expect(absent).toEqual(['entra-user-password', 'service-bus-sas-token']);
  const extensions = new Set(planted.map(({ file }) => /\.[^.]+$/u.exec(file)?.[0]));
  expect([...extensions].sort()).toEqual(
    ['.bicep', '.config', '.cs', '.env', '.go', '.java', '.json', '.properties', '.py', '.tf', '.ts', '.yml'].sort(),
  );
});

it('is the same on every machine', async () => {
  const other = await mkdtemp(join(tmpdir(), 'keyless-sample-'));
  try {
    expect(await makeSampleWorkspace(other)).toEqual(planted);
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});
