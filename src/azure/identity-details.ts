import type { DenyAssignment as ArmDenyAssignment } from '@azure/arm-authorization';
import type {
  AppModel,
  DataPlaneRole,
  DenyAssignment,
  FederatedCredential,
  IdentityDetails,
  ManagedIdentity,
  Problem,
  RoleAssignment,
} from '../core/rbac/identity-model.ts';
import { sameResource, scopeLevel } from '../core/rbac/resource-id.ts';
import { abortable, eachPage, forEachLimited } from './abort.ts';
import { type AzureClients, azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { type DirectoryObject, directoryObjects, directoryProblem } from './directory.ts';
import { listed, Understood } from './lists.ts';
import { MalformedAnswerError, problemOf } from './problems.ts';
import { cosmosAccountsQuery, identityUsersQuery, vaultPoliciesQuery } from './queries.ts';
import { queryPages, textOf } from './resource-graph.ts';
import { type AssignmentFacts, assignmentFacts, assignmentOf, readRoleNames } from './role-assignments.ts';

/** Everything that one read of an identity's details needs. */
interface Reading {
  readonly connection: AzureConnection;
  readonly clients: AzureClients;
  readonly app: AppModel;
  readonly identity: ManagedIdentity;
  readonly problems: Problem[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads what only a close look at an identity of an app needs: roles through groups, eligible roles, deny assignments,
 * roles inside Cosmos DB and Key Vault, federated credentials, and who else uses the identity. Never rejects: a part
 * that could not be read is absent, and the reason stands in `problems`.
 */
export async function readIdentityDetails(
  connection: AzureConnection,
  app: AppModel,
  identity: ManagedIdentity,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<IdentityDetails> {
  const problems: Problem[] = [];
  const reading: Reading = { connection, clients: azureClients(connection, signal), app, identity, problems, signal };
  const user = identity.kind === 'userAssigned' && identity.resourceId !== undefined;
  const part = async <T>(what: string, read: (reading: Reading) => Promise<T>): Promise<T | undefined> => {
    try {
      return await abortable(read(reading), signal);
    } catch (error) {
      problems.push(problemOf(error, identity.resourceId ?? app.id, what));
      return undefined;
    }
  };
  const [clientId, groupAssignments, eligible, deny, policies, cosmos, federatedCredentials, sharedWith] =
    await Promise.all([
      identity.clientId ?? part('the client id of the identity', readClientId),
      part('the roles through groups', readGroupAssignments),
      part('the eligible roles', readEligible),
      part('the deny assignments', readDeny),
      part('the access policies of key vaults', readVaultPolicies),
      part('the data roles of Cosmos DB accounts', readCosmosRoles),
      user ? part('the federated credentials', readFederated) : undefined,
      user ? part('the other users of the identity', readSharedWith) : undefined,
    ]);
  const dataPlaneRoles = policies && cosmos ? [...policies, ...cosmos] : (policies ?? cosmos);
  return {
    principalId: identity.principalId,
    ...(clientId === undefined ? undefined : { clientId }),
    ...(groupAssignments ? { groupAssignments } : undefined),
    ...(eligible ? { eligible } : undefined),
    ...(deny ? { deny } : undefined),
    ...(dataPlaneRoles ? { dataPlaneRoles } : undefined),
    ...(federatedCredentials ? { federatedCredentials } : undefined),
    ...(sharedWith ? { sharedWith } : undefined),
    problems,
    asOf: new Date().toISOString(),
  };
}

const identityApiVersion = '2024-11-30';

async function readClientId({ clients, app }: Reading): Promise<string | undefined> {
  const path = `${app.id}/providers/Microsoft.ManagedIdentity/identities/default?api-version=${identityApiVersion}`;
  const answer = (await clients.getJson(path)) as { readonly properties?: { readonly clientId?: unknown } } | null;
  const clientId = textOf(answer?.properties?.clientId);
  if (clientId === undefined) throw new MalformedAnswerError('an identity without a client id');
  return clientId;
}

/** `assignedTo` also names what the groups hold that the principal is a member of; its own roles are known already. */
async function readGroupAssignments(reading: Reading): Promise<RoleAssignment[]> {
  const { clients, app, identity, problems, signal } = reading;
  const { roleAssignments } = clients.authorization();
  const filter = `assignedTo('${identity.principalId}')`;
  const found = new Understood<AssignmentFacts>();
  const pages = roleAssignments.listForScope(`subscriptions/${app.subscriptionId}`, { filter }).byPage();
  for await (const items of eachPage(pages, signal)) {
    for (const item of listed(items)) {
      const fact = assignmentFacts(item);
      if (fact?.principalId.toLowerCase() !== identity.principalId.toLowerCase()) found.add(fact?.id, fact);
    }
  }
  const facts = found.values(problems, app.id, 'role assignments');
  const [assignments, names] = await Promise.all([withRoleNames(reading, facts), groupNames(reading, facts)]);
  return assignments.map((assignment, i) => {
    const viaGroup = facts[i]?.principalId ?? '';
    const viaGroupName = names.get(viaGroup.toLowerCase())?.name;
    return { ...assignment, viaGroup, ...(viaGroupName === undefined ? {} : { viaGroupName }) };
  });
}

/** Nobody's where Microsoft Graph may not be asked; the ids say enough to go on. */
async function groupNames(
  { connection, app, problems, signal }: Reading,
  facts: readonly AssignmentFacts[],
): Promise<ReadonlyMap<string, DirectoryObject>> {
  if (!connection.directory || facts.length === 0) return new Map();
  try {
    const groups = new Set(facts.map(({ principalId }) => principalId));
    return await directoryObjects(connection, connection.directory, [...groups], signal);
  } catch (error) {
    problems.push(directoryProblem(error, app.id, 'the names of groups'));
    return new Map();
  }
}

async function readEligible(reading: Reading): Promise<RoleAssignment[]> {
  const { clients, app, identity, problems, signal } = reading;
  const { roleEligibilityScheduleInstances } = clients.authorization();
  const filter = `assignedTo('${identity.principalId}')`;
  const found = new Understood<AssignmentFacts>();
  const pages = roleEligibilityScheduleInstances
    .listForScope(`subscriptions/${app.subscriptionId}`, { filter })
    .byPage();
  for await (const items of eachPage(pages, signal)) {
    for (const item of listed(items)) {
      const fact = assignmentFacts(item);
      found.add(fact?.id, fact);
    }
  }
  return withRoleNames(reading, found.values(problems, app.id, 'eligible roles'));
}

async function withRoleNames(
  { connection, clients, app, problems, signal }: Reading,
  facts: readonly AssignmentFacts[],
): Promise<RoleAssignment[]> {
  const names = await readRoleNames(connection, clients, facts, problems, signal);
  return facts.map(fact => assignmentOf(fact, app, names));
}

/** Principal that stands for everybody in a deny assignment. */
const everyone = '00000000-0000-0000-0000-000000000000';

/** Those at and above the app's resource group that name the principal or everybody, and do not spare it. */
async function readDeny({ clients, app, identity, problems, signal }: Reading): Promise<DenyAssignment[]> {
  const { denyAssignments } = clients.authorization();
  const scope = `subscriptions/${app.subscriptionId}/resourceGroups/${app.resourceGroup}`;
  const found = new Understood<DenyAssignment>();
  const isMe = ({ id }: Readonly<Record<string, unknown>>): boolean =>
    textOf(id)?.toLowerCase() === identity.principalId.toLowerCase();
  for await (const items of eachPage(denyAssignments.listForScope(scope).byPage(), signal)) {
    for (const item of listed(items)) {
      const [id, at] = [textOf(item.id), textOf(item.scope)];
      const principals = objectsOf(item.principals);
      if (id === undefined || at === undefined || !principals) {
        found.add(undefined, undefined);
        continue;
      }
      if (objectsOf(item.excludePrincipals)?.some(isMe)) continue;
      if (!principals.some(principal => isMe(principal) || principal.id === everyone)) continue;
      found.add(id, {
        id,
        name: textOf(item.denyAssignmentName) ?? 'Deny assignment',
        scope: at,
        scopeLevel: scopeLevel(at),
        actions: deniedActions(item),
        systemProtected: item.isSystemProtected === true,
      });
    }
  }
  return found.values(problems, app.id, 'deny assignments');
}

function deniedActions({ permissions }: ArmDenyAssignment): string[] {
  const parts = objectsOf(permissions) ?? [];
  return parts
    .flatMap(({ actions, dataActions }) => [actions, dataActions])
    .flatMap((each): unknown[] => (Array.isArray(each) ? each : []))
    .filter(action => typeof action === 'string');
}

/** The objects in a list; `undefined` for what is no list. */
function objectsOf(value: unknown): Readonly<Record<string, unknown>>[] | undefined {
  return Array.isArray(value)
    ? value.filter((each): each is Readonly<Record<string, unknown>> => typeof each === 'object' && each !== null)
    : undefined;
}

async function readVaultPolicies({ clients, app, identity, problems, signal }: Reading): Promise<DataPlaneRole[]> {
  const vaults = new Understood<DataPlaneRole[]>();
  for await (const rows of queryPages(clients, vaultPoliciesQuery(identity.principalId), signal)) {
    for (const { id, accessPolicies, enableRbacAuthorization } of rows) {
      const scope = textOf(id);
      const policies = objectsOf(accessPolicies);
      // Policies of a vault that goes by Azure RBAC are kept, and count for nothing.
      if (enableRbacAuthorization === true) continue;
      const mine = policies?.filter(
        ({ objectId }) => textOf(objectId)?.toLowerCase() === identity.principalId.toLowerCase(),
      );
      vaults.add(
        scope,
        mine?.map(({ permissions }) => ({
          kind: 'keyVaultAccessPolicy',
          role: wordsOf(permissions),
          scope: scope ?? '',
        })),
      );
    }
  }
  return vaults.values(problems, app.id, 'key vaults with access policies').flat();
}

/** `secrets: get, list; keys: sign` */
function wordsOf(permissions: unknown): string {
  return Object.entries((permissions ?? {}) as Readonly<Record<string, unknown>>)
    .filter((entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].length > 0)
    .map(([kind, allowed]) => `${kind}: ${allowed.map(String).join(', ').toLowerCase()}`)
    .join('; ');
}

const cosmosApiVersion = '2024-11-15';
/** The two roles that every Cosmos DB account has; others are the account's own. */
const cosmosRoles: Readonly<Record<string, string>> = {
  '00000000-0000-0000-0000-000000000001': 'Cosmos DB Built-in Data Reader',
  '00000000-0000-0000-0000-000000000002': 'Cosmos DB Built-in Data Contributor',
};

async function readCosmosRoles(reading: Reading): Promise<DataPlaneRole[]> {
  const { clients, app, identity, problems, signal } = reading;
  const found = new Understood<string>();
  for await (const rows of queryPages(clients, cosmosAccountsQuery(), signal)) {
    for (const row of rows) found.add(textOf(row.id), textOf(row.id));
  }
  const roles: DataPlaneRole[] = [];
  await forEachLimited(found.values(problems, app.id, 'Cosmos DB accounts'), 6, async account => {
    try {
      const path = `${account}/sqlRoleAssignments?api-version=${cosmosApiVersion}`;
      const held = new Understood<DataPlaneRole | 'of another'>();
      for (const item of await allPages(clients, path, signal)) {
        const { principalId, roleDefinitionId, scope } = (item.properties ?? {}) as Readonly<Record<string, unknown>>;
        const [holder, definition] = [textOf(principalId)?.toLowerCase(), textOf(roleDefinitionId)];
        const guid = definition?.slice(definition.lastIndexOf('/') + 1).toLowerCase();
        const role =
          guid &&
          ({ kind: 'cosmosSql', role: cosmosRoles[guid] ?? `role ${guid}`, scope: textOf(scope) ?? account } as const);
        const mine = holder === identity.principalId.toLowerCase();
        held.add(textOf(item.id), holder && role ? (mine ? role : 'of another') : undefined);
      }
      for (const role of held.values(problems, account, 'data roles')) if (role !== 'of another') roles.push(role);
    } catch (error) {
      problems.push(problemOf(error, account, `the data roles of ${account.slice(account.lastIndexOf('/') + 1)}`));
    }
  });
  return roles.sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

async function readFederated({ clients, app, identity, problems, signal }: Reading): Promise<FederatedCredential[]> {
  const path = `${identity.resourceId ?? ''}/federatedIdentityCredentials?api-version=${identityApiVersion}`;
  const found = new Understood<FederatedCredential>();
  for (const { name, properties } of await allPages(clients, path, signal)) {
    const { issuer, subject } = (properties ?? {}) as Readonly<Record<string, unknown>>;
    const [title, from, who] = [textOf(name), textOf(issuer), textOf(subject)];
    found.add(title, title && from && who ? { name: title, issuer: from, subject: who } : undefined);
  }
  return found.values(problems, identity.resourceId ?? app.id, 'federated credentials');
}

async function readSharedWith({ clients, app, identity, problems, signal }: Reading): Promise<string[]> {
  const users = new Understood<string>();
  for await (const rows of queryPages(clients, identityUsersQuery(identity.resourceId ?? ''), signal)) {
    for (const { id } of rows) users.add(textOf(id), textOf(id));
  }
  return users
    .values(problems, identity.resourceId ?? app.id, 'resources that use the identity')
    .filter(user => !sameResource(user, app.id));
}

/** The items of an ARM list that no client covers. */
async function allPages(
  clients: AzureClients,
  path: string,
  signal: AbortSignal | undefined,
): Promise<readonly ItemFacts[]> {
  const items: ItemFacts[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const answer = (await abortable(clients.getJson(next), signal)) as {
      readonly value?: unknown;
      readonly nextLink?: unknown;
    } | null;
    items.push(...listed(answer?.value as readonly (ItemFacts | null)[] | undefined));
    next = textOf(answer?.nextLink);
  }
  return items;
}

interface ItemFacts {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly properties?: unknown;
}
