import {
  type AzureConnection,
  AzureReadError,
  listApps,
  listResources,
  readAppDetails,
  readFleet,
  readIdentityDetails,
  readIdentityModel,
} from '../../src/azure/index.ts';
import type {
  AppDetails,
  AppModel,
  IdentityDetails,
  IdentityModel,
  Problem,
} from '../../src/core/rbac/identity-model.ts';
import type { Fault } from '../../src/demo/index.ts';

/** The app, of which the reads ask: it has both kinds of identity and a slot. */
export interface Subject {
  readonly app: AppModel;
  readonly appIds: readonly string[];
}

/** What came of a read: `value` is absent where the part was not read, and then `problems` say why. */
export interface Outcome {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Something that is read from Azure, and the request that brings it. */
export interface Read {
  readonly name: string;
  readonly at: Pick<Fault, 'path' | 'requestBody'>;
  /** Faults without which this request is never sent. */
  readonly after?: readonly Fault[];
  /** Answers that come page by page; the others are one object. */
  readonly list?: true;
  /** Where a refusal or absence of Resource Graph leads to another way. */
  readonly fallsBack?: true;
  readonly run: (connection: AzureConnection, subject: Subject, signal?: AbortSignal) => Promise<Outcome>;
}

const graph = /POST .*ResourceGraph/;
const graphClosed: Fault = { path: graph, status: 403 };

/** Stands for the detection engine. */
function classify(_name: string, value: string): string | undefined {
  return value.includes('Password=') ? 'a password' : undefined;
}

const ofApp =
  (part: keyof AppDetails): Read['run'] =>
  async (connection, { app }, signal) => {
    const details = await readAppDetails(connection, app.id, { classify, ...(signal ? { signal } : {}) });
    return { value: details[part], problems: details.problems };
  };

const ofIdentity =
  (kind: 'systemAssigned' | 'userAssigned', part: keyof IdentityDetails): Read['run'] =>
  async (connection, { app }, signal) => {
    const identity = app.identities.find(each => each.kind === kind);
    if (!identity) throw new Error(`no ${kind}`);
    const details = await readIdentityDetails(connection, app, identity, signal ? { signal } : {});
    return { value: details[part], problems: details.problems };
  };

const ofModel =
  (pick: (model: IdentityModel) => unknown): Read['run'] =>
  async (connection, { appIds }, signal) => {
    const model = await readIdentityModel(connection, appIds, signal ? { signal } : {});
    return { value: pick(model), problems: model.problems };
  };

const ofFleet =
  (pick: (model: IdentityModel) => unknown): Read['run'] =>
  async (connection, _, signal) => {
    const models: IdentityModel[] = [];
    const { problems } = await rejecting(async () => {
      for await (const model of readFleet(connection, signal ? { signal } : {})) models.push(model);
    });
    const apps = models.flatMap(model => model.apps);
    return {
      value: pick({ apps, problems: [], asOf: '' }),
      problems: [...models.flatMap(model => model.problems), ...problems],
    };
  };

/** A read that rejects with its problem in place of a result. */
async function rejecting(read: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await read(), problems: [] };
  } catch (error) {
    if (!(error instanceof AzureReadError)) throw error;
    return { value: undefined, problems: [error.problem] };
  }
}

const someApps = ({ apps }: IdentityModel): unknown => (apps.length > 0 ? apps : undefined);
const roles = ({ apps }: IdentityModel): unknown => apps[0]?.identities[0]?.assignments;

/** Every read of Azure that the product makes. */
export const reads: readonly Read[] = [
  {
    name: 'apps that can be linked',
    at: { path: graph },
    list: true,
    fallsBack: true,
    run: (connection, _, signal) =>
      rejecting(async () => {
        const apps = [];
        for await (const app of listApps(connection, signal ? { signal } : {})) apps.push(app);
        return apps;
      }),
  },
  {
    name: 'resources that a role can be assigned on',
    at: { path: graph },
    list: true,
    run: (connection, { app }, signal) =>
      rejecting(async () => {
        const found = [];
        const types = ['microsoft.storage/storageaccounts'];
        for await (const one of listResources(connection, app.subscriptionId, types, signal ? { signal } : {}))
          found.push(one);
        return found;
      }),
  },
  { name: 'linked apps', at: { path: graph }, list: true, fallsBack: true, run: ofModel(someApps) },
  {
    name: 'roles of linked apps',
    at: { path: graph, requestBody: /roleassignments/ },
    list: true,
    fallsBack: true,
    run: ofModel(roles),
  },
  {
    name: 'an app, without Resource Graph',
    at: { path: /GET .*\/sites\/[^/]+\?/ },
    after: [graphClosed],
    run: ofModel(someApps),
  },
  {
    name: 'slots, without Resource Graph',
    at: { path: /GET .*\/slots\?/ },
    after: [graphClosed],
    list: true,
    run: ofModel(({ apps }) => (apps.some(({ slot }) => slot !== undefined) ? apps : undefined)),
  },
  {
    name: 'roles, without Resource Graph',
    at: { path: /GET .*\/roleAssignments\?/ },
    after: [graphClosed],
    list: true,
    run: ofModel(roles),
  },
  {
    name: 'the name of a role',
    at: { path: /GET .*\/roleDefinitions\//i },
    after: [graphClosed],
    run: ofModel(({ apps }) => {
      const names = apps[0]?.identities[0]?.assignments?.map(({ role }) => role) ?? [];
      return names.length > 0 && names.every(name => !/^[0-9a-f]{8}-/.test(name)) ? names : undefined;
    }),
  },
  { name: 'apps of a fleet', at: { path: graph }, list: true, run: ofFleet(someApps) },
  {
    name: 'roles of a fleet',
    at: { path: graph, requestBody: /roleassignments/ },
    list: true,
    run: ofFleet(({ apps }) => {
      const held = apps.flatMap(({ identities }) => identities.map(({ assignments }) => assignments));
      return held.length === 0 || held.includes(undefined) ? undefined : held.flat();
    }),
  },
  { name: 'configuration', at: { path: /config\/web/ }, run: ofApp('configuration') },
  {
    name: 'publishing policies',
    at: { path: /basicPublishingCredentialsPolicies/ },
    list: true,
    run: ofApp('basicPublishing'),
  },
  { name: 'Easy Auth', at: { path: /config\/authsettingsV2/ }, run: ofApp('authentication') },
  { name: 'app settings', at: { path: /config\/appsettings\/list/ }, run: ofApp('settings') },
  { name: 'connection strings', at: { path: /config\/connectionstrings\/list/ }, run: ofApp('settings') },
  {
    name: 'settings that stay with a slot',
    at: { path: /config\/slotConfigNames/ },
    run: async (connection, subject, signal) => {
      const { value, problems } = await ofApp('settings')(connection, subject, signal);
      const sticky = (value as AppDetails['settings'])?.filter(setting => setting.sticky === true) ?? [];
      return { value: sticky.length > 0 ? sticky : undefined, problems };
    },
  },
  {
    name: 'Key Vault references of settings',
    at: { path: /configreferences\/appsettings/ },
    list: true,
    run: ofApp('keyVaultReferences'),
  },
  {
    name: 'Key Vault references of connection strings',
    at: { path: /configreferences\/connectionstrings/ },
    list: true,
    run: ofApp('keyVaultReferences'),
  },
  { name: 'client id', at: { path: /identities\/default/ }, run: ofIdentity('systemAssigned', 'clientId') },
  {
    name: 'roles through groups',
    at: { path: /roleAssignments\?.*assignedTo/ },
    list: true,
    run: ofIdentity('systemAssigned', 'groupAssignments'),
  },
  {
    name: 'eligible roles',
    at: { path: /roleEligibilityScheduleInstances/ },
    list: true,
    run: ofIdentity('systemAssigned', 'eligible'),
  },
  { name: 'deny assignments', at: { path: /denyAssignments/ }, list: true, run: ofIdentity('systemAssigned', 'deny') },
  {
    name: 'key vaults with access policies',
    at: { path: graph, requestBody: /keyvault/ },
    list: true,
    run: async (connection, subject, signal) => {
      const { value, problems } = await ofIdentity('systemAssigned', 'dataPlaneRoles')(connection, subject, signal);
      const policies = (value as IdentityDetails['dataPlaneRoles'])?.filter(role => role.kind !== 'cosmosSql') ?? [];
      return { value: policies.length > 0 ? policies : undefined, problems };
    },
  },
  {
    name: 'Cosmos DB accounts',
    at: { path: graph, requestBody: /documentdb/ },
    list: true,
    run: cosmosRoles,
  },
  { name: 'data roles of Cosmos DB', at: { path: /sqlRoleAssignments/ }, list: true, run: cosmosRoles },
  {
    name: 'federated credentials',
    at: { path: /federatedIdentityCredentials/ },
    list: true,
    run: ofIdentity('userAssigned', 'federatedCredentials'),
  },
  {
    name: 'other users of an identity',
    at: { path: graph, requestBody: /identity\.userAssignedIdentities/ },
    list: true,
    run: ofIdentity('userAssigned', 'sharedWith'),
  },
];

async function cosmosRoles(connection: AzureConnection, subject: Subject, signal?: AbortSignal): Promise<Outcome> {
  const { value, problems } = await ofIdentity('systemAssigned', 'dataPlaneRoles')(connection, subject, signal);
  const found = (value as IdentityDetails['dataPlaneRoles'])?.filter(role => role.kind === 'cosmosSql') ?? [];
  return { value: found.length > 0 ? found : undefined, problems };
}
