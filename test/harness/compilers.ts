import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { folderWith } from './cli.ts';

/**
 * What the Python of this machine says to texts that must compile, by name; `undefined` where there is none.
 * One process for all.
 */
export function pythonErrors(sources: Readonly<Record<string, string>>): string[] | undefined {
  const script = [
    'import json, sys',
    'sources = json.load(sys.stdin)',
    'for name, text in sources.items():',
    '    try:',
    '        compile(text, name, "exec")',
    '    except SyntaxError as error:',
    '        print(f"{name}:{error.lineno}: {error.msg}")',
    'print(f"{len(sources)} compiled")',
  ].join('\n');
  return complaints('python3', ['-c', script], `${Object.keys(sources).length} compiled`, JSON.stringify(sources));
}

/** The same for the parser of the Java compiler; types are not looked at. */
export async function javaErrors(sources: Readonly<Record<string, string>>): Promise<string[] | undefined> {
  const names = Object.keys(sources);
  await using folder = await folderWith(sources);
  const parser = fileURLToPath(new URL('ParseJava.java', import.meta.url));
  return complaints('java', [parser, folder.path], `${names.length} parsed`);
}

/** Lines of output before the last, which must be `end`; a program that is not there says nothing. */
function complaints(command: string, args: readonly string[], end: string, input = ''): string[] | undefined {
  const { error, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return undefined;
  // A runtime without the compiler's module.
  if (stdout === '' && /jdk\.compiler|ClassNotFoundException/u.test(stderr)) return undefined;
  const lines = stdout.trimEnd().split('\n');
  return lines.at(-1) === end ? lines.slice(0, -1) : [...lines, stderr];
}
