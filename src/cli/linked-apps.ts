import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import { readLinks } from '../core/rbac/links.ts';
import { UsageError } from './io.ts';
import { reasonOf } from './output.ts';

const FILE = '.vscode/settings.json';

/**
 * The apps that a folder's settings link: `keyless.linkedApps`, and the default app of the App Service extension.
 * @returns ARM ids, each once; none when there is no settings file
 * @throws UsageError when the file cannot be read, is no JSON, or names something that is no App Service
 */
export async function linkedApps(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`Cannot read ${FILE}: ${reasonOf(error)}`);
  });
  if (text === undefined) return [];
  const errors: ParseError[] = [];
  const settings: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  if (errors.length > 0) throw new UsageError(`${FILE} is not valid JSON. Correct it, or name the app with --app.`);
  const values = (settings ?? {}) as Readonly<Record<string, unknown>>;
  const { links, broken } = readLinks({
    folder: '',
    name: FILE,
    linkedApps: values['keyless.linkedApps'],
    defaultWebAppToDeploy: values['appService.defaultWebAppToDeploy'],
  });
  const [first] = broken;
  if (first) throw new UsageError(`${FILE}: ${first.reason}. Correct or remove it.`);
  return links.map(({ resourceId }) => resourceId);
}
