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
import { normalizeResourceId, sameResource, scopeLevel } from '../core/rbac/resource-id.ts';
import { abortable, eachPage, forEachLimited } from './abort.ts';
import { type AzureClients, azureClients } from './clients.ts';
import type { AzureConnection } from './connection.ts';
import { isWithoutResourceGraph, MalformedAnswerError, problemOf } from './problems.ts';
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
  const { clients, app, identity, signal } = reading;
  const { roleAssignments } = clients.authorization();
  const filter = `assignedTo('${identity.principalId}')`;
  const facts: AssignmentFacts[] = [];
  const pages = roleAssignments.listForScope(`subscriptions/${app.subscriptionId}`, { filter }).byPage();
  for await (const items of eachPage(pages, signal)) {
    for (const item of listed(items)) {
      const fact = assignmentFacts(item);
      if (fact && fact.principalId.toLowerCase() !== identity.principalId.toLowerCase()) facts.push(fact);
    }
  }
  const assignments = await withRoleNames(reading, facts);
  return assignments.map((assignment, i) => ({ ...assignment, viaGroup: facts[i]?.principalId ?? '' }));
}

async function readEligible(reading: Reading): Promise<RoleAssignment[]> {
  const { clients, app, identity, signal } = reading;
  const { roleEligibilityScheduleInstances } = clients.authorization();
  const filter = `assignedTo('${identity.principalId}')`;
  const facts: AssignmentFacts[] = [];
  const pages = roleEligibilityScheduleInstances
    .listForScope(`subscriptions/${app.subscriptionId}`, { filter })
    .byPage();
  for await (const items of eachPage(pages, signal)) {
    for (const item of listed(items)) {
      const fact = assignmentFacts(item);
      if (fact) facts.push(fact);
    }
  }
  return withRoleNames(reading, facts);
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
async function readDeny({ clients, app, identity, signal }: Reading): Promise<DenyAssignment[]> {
  const { denyAssignments } = clients.authorization();
  const scope = `subscriptions/${app.subscriptionId}/resourceGroups/${app.resourceGroup}`;
  const found: DenyAssignment[] = [];
  const isMe = (principal: { readonly id?: string }): boolean =>
    principal.id?.toLowerCase() === identity.principalId.toLowerCase();
  for await (const items of eachPage(denyAssignments.listForScope(scope).byPage(), signal)) {
    for (const item of listed(items)) {
      const { id, denyAssignmentName, scope: at, principals = [], excludePrincipals = [] } = item;
      if (!id || !at || excludePrincipals.some(isMe)) continue;
      if (!principals.some(principal => isMe(principal) || principal.id === everyone)) continue;
      found.push({
        id,
        name: denyAssignmentName ?? 'Deny assignment',
        scope: at,
        scopeLevel: scopeLevel(at),
        actions: deniedActions(item),
        systemProtected: item.isSystemProtected === true,
      });
    }
  }
  return found;
}

function deniedActions({ permissions }: ArmDenyAssignment): string[] {
  return (permissions ?? []).flatMap(({ actions = [], dataActions = [] }) => [...actions, ...dataActions]);
}

async function readVaultPolicies({ clients, identity, signal }: Reading): Promise<DataPlaneRole[]> {
  const roles: DataPlaneRole[] = [];
  try {
    for await (const rows of queryPages(clients, vaultPoliciesQuery(identity.principalId), signal)) {
      for (const { id, accessPolicies, enableRbacAuthorization } of rows) {
        const scope = textOf(id);
        // Policies of a vault that goes by Azure RBAC are kept, and count for nothing.
        if (scope === undefined || enableRbacAuthorization === true || !Array.isArray(accessPolicies)) continue;
        for (const policy of accessPolicies as readonly PolicyFacts[]) {
          if (textOf(policy?.objectId)?.toLowerCase() !== identity.principalId.toLowerCase()) continue;
          roles.push({ kind: 'keyVaultAccessPolicy', role: wordsOf(policy?.permissions), scope });
        }
      }
    }
  } catch (error) {
    // Said once already where the tree itself was read without it.
    if (isWithoutResourceGraph(error)) return roles;
    throw error;
  }
  return roles;
}

type PolicyFacts = { readonly objectId?: unknown; readonly permissions?: unknown } | null;

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
  const { clients, identity, problems, signal } = reading;
  const accounts: string[] = [];
  try {
    for await (const rows of queryPages(clients, cosmosAccountsQuery(), signal)) {
      for (const { id } of rows) if (typeof id === 'string') accounts.push(id);
    }
  } catch (error) {
    if (isWithoutResourceGraph(error)) return [];
    throw error;
  }
  const roles: DataPlaneRole[] = [];
  await forEachLimited(accounts, 6, async account => {
    try {
      const path = `${account}/sqlRoleAssignments?api-version=${cosmosApiVersion}`;
      for (const item of await allPages(clients, path, signal)) {
        const { principalId, roleDefinitionId, scope } = (item.properties ?? {}) as Readonly<Record<string, unknown>>;
        if (textOf(principalId)?.toLowerCase() !== identity.principalId.toLowerCase()) continue;
        const definition = textOf(roleDefinitionId) ?? '';
        const guid = definition.slice(definition.lastIndexOf('/') + 1).toLowerCase();
        roles.push({ kind: 'cosmosSql', role: cosmosRoles[guid] ?? `role ${guid}`, scope: textOf(scope) ?? account });
      }
    } catch (error) {
      problems.push(problemOf(error, account, `the data roles of ${account.slice(account.lastIndexOf('/') + 1)}`));
    }
  });
  return roles.sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

async function readFederated({ clients, identity, signal }: Reading): Promise<FederatedCredential[]> {
  const path = `${identity.resourceId ?? ''}/federatedIdentityCredentials?api-version=${identityApiVersion}`;
  return (await allPages(clients, path, signal)).flatMap(({ name, properties }) => {
    const { issuer, subject } = (properties ?? {}) as Readonly<Record<string, unknown>>;
    const [title, from, who] = [textOf(name), textOf(issuer), textOf(subject)];
    return title && from && who ? [{ name: title, issuer: from, subject: who }] : [];
  });
}

async function readSharedWith({ clients, app, identity, signal }: Reading): Promise<string[]> {
  const others = new Map<string, string>();
  for await (const rows of queryPages(clients, identityUsersQuery(identity.resourceId ?? ''), signal)) {
    for (const { id } of rows) {
      const user = textOf(id);
      if (user !== undefined && !sameResource(user, app.id)) others.set(normalizeResourceId(user), user);
    }
  }
  return [...others.values()];
}

/** The items of an ARM list that no client covers. */
async function allPages(
  clients: AzureClients,
  path: string,
  signal: AbortSignal | undefined,
): Promise<readonly { readonly name?: unknown; readonly properties?: unknown }[]> {
  const items: { readonly name?: unknown; readonly properties?: unknown }[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const answer = (await abortable(clients.getJson(next), signal)) as {
      readonly value?: unknown;
      readonly nextLink?: unknown;
    } | null;
    if (!Array.isArray(answer?.value)) throw new MalformedAnswerError('no list');
    items.push(...listed(answer.value as readonly ({ readonly name?: unknown } | null)[]));
    next = textOf(answer.nextLink);
  }
  return items;
}

function listed<Item>(items: readonly (Item | null | undefined)[]): readonly Item[] {
  if (!Array.isArray(items)) throw new MalformedAnswerError('no list');
  return items.filter((item): item is Item => typeof item === 'object' && item !== null);
}
