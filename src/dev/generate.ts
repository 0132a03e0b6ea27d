import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface GeneratedFile {
  /** Relative to the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every file of the repository that is computed from others. */
export function generatedFiles(): GeneratedFile[] {
  return [serviceIndex()];
}

/** Generated files whose text on disk is not what `generatedFiles` computes. */
export function staleFiles(): GeneratedFile[] {
  return generatedFiles().filter(({ path, text }) => {
    try {
      return readFileSync(join(root, path), 'utf8') !== text;
    } catch {
      return true;
    }
  });
}

function serviceIndex(): GeneratedFile {
  const folder = join(root, 'src/core/services');
  const entries = readdirSync(folder)
    .filter(name => name.endsWith('.ts') && name !== 'service.ts' && !name.endsWith('.generated.ts'))
    .sort()
    .map(name => {
      const exported = [...readFileSync(join(folder, name), 'utf8').matchAll(/^export const (\w+): Service =/gmu)];
      const constant = exported[0]?.[1];
      if (constant === undefined || exported.length > 1) {
        throw new Error(`src/core/services/${name} must export exactly one "const …: Service"`);
      }
      return { name, constant };
    });
  const text = [
    '// Written by src/dev/generate.ts from the files of this folder; do not edit.',
    `import type { Service } from './service.ts';`,
    ...entries.map(({ name, constant }) => `import { ${constant} } from './${name}';`),
    '',
    '/** The service catalogue, in the order of its file names. */',
    `export const services: readonly Service[] = [\n${entries.map(({ constant }) => `  ${constant},\n`).join('')}];`,
    '',
  ].join('\n');
  return { path: 'src/core/services/catalogue.generated.ts', text };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { path, text } of staleFiles()) {
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
