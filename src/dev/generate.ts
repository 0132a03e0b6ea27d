import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { coverageTable, uncoveredServices } from './coverage.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface GeneratedFile {
  /** Relative to the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Generated files whose text on disk is not what it is computed to be. */
export async function staleFiles(): Promise<GeneratedFile[]> {
  const computed = [configSchema(), readme()];
  return [
    serviceIndex(),
    credentialIndex(),
    ruleIndex(),
    ruleHeadIndex(),
    ...assembly(),
    ...(await Promise.all(computed)),
  ].filter(isStale);
}

function isStale({ path, text }: GeneratedFile): boolean {
  try {
    return readFileSync(join(root, path), 'utf8') !== text;
  } catch {
    return true;
  }
}

function serviceIndex(): GeneratedFile {
  const entries = constantsIn('src/core/services', 'service.ts', 'Service');
  const text = [
    '// Written by src/dev/generate.ts from the files of this folder; do not edit.',
    `import type { Service } from './service.ts';`,
    ...entries.map(({ name, constant }) => `import { ${constant} } from './${name}';`),
    '',
    '/** The service catalogue, in the order of its file names. */',
    `export const services: readonly Service[] = [${list(entries.map(({ constant }) => constant))}];`,
    '',
  ].join('\n');
  return { path: 'src/core/services/catalogue.generated.ts', text };
}

/** On its own, since a scan needs nothing else of services. */
function credentialIndex(): GeneratedFile {
  const folder = 'src/core/services';
  const entries = constantsIn(folder, 'service.ts', 'Service').filter(({ name }) =>
    /^export const credentials\b/mu.test(readFileSync(join(root, folder, name), 'utf8')),
  );
  const text = [
    '// Written by src/dev/generate.ts from the files of this folder; do not edit.',
    ...entries.map(({ name, constant }) => `import { credentials as ${constant} } from './${name}';`),
    `import type { CredentialFormat } from './service.ts';`,
    '',
    '/** The secrets of all services, in the order of the catalogue. */',
    'export const serviceCredentials: readonly CredentialFormat[] = [',
    ...entries.map(({ constant }) => `  ...${constant},`),
    '];',
    '',
  ].join('\n');
  return { path: `${folder}/credentials.generated.ts`, text };
}

function ruleIndex(): GeneratedFile {
  const entries = constantsIn('src/core/rules', 'rule.ts', 'IdentityRule');
  const text = [
    '// Written by src/dev/generate.ts from the files of this folder; do not edit.',
    ...entries.map(({ name, constant }) => `import { ${constant} } from './${name}';`),
    `import type { IdentityRule } from './rule.ts';`,
    '',
    '/** Every identity rule, in the order of file names. */',
    `export const identityRules: readonly IdentityRule[] = [${list(entries.map(({ constant }) => constant))}];`,
    '',
  ].join('\n');
  return { path: 'src/core/rules/rules.generated.ts', text };
}

/** On its own for scans of many files, which leave rules that parse to those who report. */
function ruleHeadIndex(): GeneratedFile {
  const entries = constantsIn('src/core/rules', 'rule.ts', 'IdentityRule');
  const text = [
    '// Written by src/dev/generate.ts from the files of this folder; do not edit.',
    ...entries.map(({ name, constant }) => `import { head as ${constant} } from './${name}';`),
    `import type { RuleAtHand } from './rule.ts';`,
    '',
    '/** What takes the place of rules.generated.ts where no rule that parses is at hand. */',
    `export const identityRules: readonly RuleAtHand[] = [${list(entries.map(({ constant }) => constant))}];`,
    '',
  ].join('\n');
  return { path: 'src/core/rules/rule-heads.generated.ts', text };
}

/** What takes the most time, compiled in processes of its own, whose result no host changes. */
function assembly(): GeneratedFile[] {
  return ['keyword-scan', 'content-digest'].map(compiled);
}

function compiled(name: string): GeneratedFile {
  const folder = 'src/core/engine/assembly';
  const file = `${name}.ts`;
  const output = join(tmpdir(), `${name}-${process.pid}.wasm`);
  const options = ['--optimizeLevel', '3', '--runtime', 'stub', '--importMemory', '--noAssert', '--enable', 'simd'];
  const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');
  execFileSync(process.execPath, [asc, file, '--outFile', output, ...options], { cwd: join(root, folder) });
  const wasm = readFileSync(output);
  rmSync(output);
  const text = [
    `// Written by src/dev/generate.ts from ${file}; do not edit.`,
    '',
    '/** A WebAssembly module in base64. */',
    'export const module =',
    `  '${wasm.toString('base64')}';`,
    '',
  ].join('\n');
  return { path: `${folder}/${name}.generated.ts`, text };
}

/** Between brackets, on lines of their own unless they are few. */
function list(names: readonly string[]): string {
  const line = names.join(', ');
  return line.length < 60 ? line : `\n${names.map(name => `  ${name},\n`).join('')}`;
}

/** The one constant of a type that each file of a folder exports. */
function constantsIn(folder: string, shapes: string, type: string): { name: string; constant: string }[] {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith('.ts') && name !== shapes && !name.endsWith('.generated.ts'))
    .sort()
    .map(name => {
      const text = readFileSync(join(root, folder, name), 'utf8');
      const exported = [...text.matchAll(new RegExp(`^export const (\\w+): ${type} =`, 'gmu'))];
      const constant = exported[0]?.[1];
      if (constant === undefined || exported.length > 1) {
        throw new Error(`${folder}/${name} must export exactly one "const …: ${type}"`);
      }
      return { name, constant };
    });
}

/** The schema of settings files, with every rule by name. */
async function configSchema(): Promise<GeneratedFile> {
  // Only now: the rules come from the service index, which may just have been written.
  const { rules } = await import('../core/engine/rules.ts');
  const { ruleLevels } = await import('../core/engine/config-parser.ts');
  const text = (description: string): object => ({ type: 'string', minLength: 1, description });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Keyless settings',
    description: 'Which findings of Keyless count in this folder and all below it. Inner files overrule outer ones.',
    type: 'object',
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string' },
      rules: {
        type: 'object',
        description: 'Rule id → level. "off" reports nothing; a lower level caps, a higher one raises.',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules().map(({ id, title, severity }) => [
            id,
            { enum: ruleLevels, description: `${title} (${severity} when nothing is set)` },
          ]),
        ),
      },
      ignore: {
        type: 'array',
        description: 'Files and folders that are not looked at. Patterns as in .gitignore, relative to this folder.',
        items: { type: 'string', minLength: 1 },
      },
      suppressions: {
        type: 'array',
        description: 'Findings that are meant to stay, for files that cannot hold a comment.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['rule', 'path', 'reason'],
          properties: {
            rule: { enum: rules().map(({ id }) => id), description: 'The rule.' },
            path: text('The file, relative to this folder, with /.'),
            fingerprint: text('One finding, as `keyless scan --format json` names it; every one when absent.'),
            reason: text('Why the value may stay. It is passed on in SARIF: never write a secret here.'),
            expires: {
              type: 'string',
              pattern: String.raw`^\d{4}-\d{2}-\d{2}$`,
              description: 'The last day on which it holds: YYYY-MM-DD.',
            },
          },
        },
      },
      includeIgnored: { type: 'boolean', description: 'Look into files that git ignores, too.', default: false },
      maxFileSize: {
        type: 'integer',
        minimum: 1,
        description: 'Larger files are skipped. Bytes.',
        default: 20_000_000,
      },
      baseline: text('The baseline file of `keyless scan`, relative to this folder.'),
    },
  };
  return { path: 'media/keyless.schema.json', text: JSON.stringify(schema, null, 2) + '\n' };
}

/** The README with the table of what the catalogue covers. */
async function readme(): Promise<GeneratedFile> {
  const { services } = await import('../core/services/catalogue.generated.ts');
  const path = 'README.md';
  const text = readFileSync(join(root, path), 'utf8');
  const region = /<!-- coverage -->[\s\S]*<!-- \/coverage -->/u;
  if (!region.test(text)) throw new Error('README.md has no place for the coverage table');
  const known = `Of these the secrets are found and explained, no more: ${uncoveredServices(services).join(', ')}.`;
  const body = `<!-- coverage -->\n\n${coverageTable(services)}\n\n${known}\n\n<!-- /coverage -->`;
  return { path, text: text.replace(region, () => body) };
}

function writeIfStale(file: GeneratedFile): void {
  if (!isStale(file)) return;
  writeFileSync(join(root, file.path), file.text);
  console.log(`wrote ${file.path}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeIfStale(serviceIndex());
  writeIfStale(credentialIndex());
  writeIfStale(ruleIndex());
  writeIfStale(ruleHeadIndex());
  assembly().forEach(writeIfStale);
  writeIfStale(await configSchema());
  writeIfStale(await readme());
}
