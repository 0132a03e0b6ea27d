import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParseError, parse } from 'jsonc-parser';
import { normalizeResourceId, parseSiteId } from '../core/rbac/resource-id.ts';
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
  const { 'keyless.linkedApps': linked = [], 'appService.defaultWebAppToDeploy': deployed = 'None' } = (settings ??
    {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(linked)) throw new UsageError(`keyless.linkedApps in ${FILE} is not a list of resource ids.`);
  // "None" is what the App Service extension writes for "do not ask again".
  const named = [...(linked as unknown[]), ...(deployed === 'None' ? [] : [deployed])];
  const ids = new Map<string, string>();
  named.forEach((id, index) => {
    if (typeof id !== 'string' || !parseSiteId(id)) {
      const where =
        index < linked.length ? `Entry ${index + 1} of keyless.linkedApps` : 'appService.defaultWebAppToDeploy';
      throw new UsageError(`${where} in ${FILE} is not the resource id of an App Service. Correct or remove it.`);
    }
    ids.set(normalizeResourceId(id), id);
  });
  return [...ids.values()];
}
