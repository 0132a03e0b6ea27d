import type { Problem } from '../core/rbac/identity-model.ts';
import { abortable } from './abort.ts';
import { azureClients } from './clients.ts';
import type { AzureConnection, Directory } from './connection.ts';
import { listed } from './lists.ts';
import { problemOf } from './problems.ts';
import { textOf } from './resource-graph.ts';

/** A user, group or service principal that the directory knows. */
export interface DirectoryObject {
  readonly id: string;
  /** Absent where the account may see that it is there, and no more. */
  readonly name?: string;
}

/** The most ids that Microsoft Graph takes at a time. */
const batch = 1000;

/**
 * Those of the ids that the directory knows, by id in lower case. What is missing is not there, or lies in another
 * tenant. Only ids are sent.
 * @throws whatever the SDK throws, MalformedAnswerError, or an AbortError as soon as the signal aborts
 */
export async function directoryObjects(
  connection: AzureConnection,
  directory: Directory,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, DirectoryObject>> {
  const { url, authentication } = directory;
  const graph = { ...connection, endpoint: { ...connection.endpoint, url }, authentication };
  const clients = azureClients(graph, signal);
  const found = new Map<string, DirectoryObject>();
  for (let start = 0; start < ids.length; start += batch) {
    const body = { ids: ids.slice(start, start + batch), types: ['user', 'group', 'servicePrincipal'] };
    let next: Promise<unknown> | undefined = clients.postJson('/v1.0/directoryObjects/getByIds', body);
    while (next) {
      const answer = (await abortable(next, signal)) as Readonly<Record<string, unknown>> | null;
      for (const item of listed(answer?.['value'] as readonly (Readonly<Record<string, unknown>> | null)[] | null)) {
        const [id, name] = [textOf(item['id']), textOf(item['displayName'])];
        if (id !== undefined) found.set(id.toLowerCase(), { id, ...(name === undefined ? {} : { name }) });
      }
      const link = textOf(answer?.['@odata.nextLink']);
      next = link === undefined ? undefined : clients.getJson(link);
    }
  }
  return found;
}

/** Microsoft Graph goes by roles of the directory, not by those of Azure. */
export function directoryProblem(error: unknown, scope: string, what: string): Problem {
  const problem = problemOf(error, scope, what);
  if (problem.kind !== 'forbidden') return problem;
  const message = `The signed-in account may not read ${what} from Microsoft Graph (403). Ask for the role Directory Readers in Microsoft Entra ID, or turn the setting keyless.azure.microsoftGraph off.`;
  return { ...problem, message };
}
