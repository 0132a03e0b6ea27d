import * as vscode from 'vscode';
import type { AppChoice, ResourceChoice, TenantChoice, WriteOptions } from '../../azure/index.ts';
import { type ArmEndpoint, resolveArmEndpoint, resourcePortalUrl } from '../../core/rbac/arm-endpoint.ts';
import type {
  AppDetails,
  AppModel,
  IdentityDetails,
  IdentityModel,
  ManagedIdentity,
  OrphanReport,
  Problem,
} from '../../core/rbac/identity-model.ts';
import { secretKindOf } from '../../core/engine/secret-kind.ts';
import type { RoleGrant } from '../../core/rbac/role-grant.ts';
import type { DemoServer } from '../../demo/index.ts';
import { normalizeResourceId, parseSiteId } from '../../core/rbac/resource-id.ts';
import { createConnections } from './connections.ts';
import { type ConnectionKind, type SignIn } from './names.ts';
import { cloudOfEditor, createSessions, type Place, type Sessions } from './sessions.ts';

/** The way to Azure that the settings choose. Nothing behind it is loaded before it is used. */
export interface AzureAccess {
  readonly sessions: Sessions;
  kind(): ConnectionKind;
  /** The ARM endpoint of the settings; `undefined` when it may not be used, and reading then says why. */
  endpoint(): ArmEndpoint | undefined;
  /** Who is signed in, in words, for the view's title. */
  account(): Promise<string | undefined>;
  /** True when the demo tenant was chosen by a command, and not by the setting. */
  demoByCommand(): boolean;
  setDemo(on: boolean): Promise<void>;
  /** The demo tenant, started when it is not running yet. Rejects when no loopback port can be opened. */
  demo(): Promise<DemoServer>;
  read(
    appIds: readonly string[],
    signal: AbortSignal,
    onProgress: (partial: IdentityModel) => void,
  ): Promise<IdentityModel>;
  /** What a close look at an app tells. */
  readApp(app: AppModel, signal: AbortSignal): Promise<AppDetails>;
  /** What a close look at an identity of an app tells. */
  readIdentity(app: AppModel, identity: ManagedIdentity, signal: AbortSignal): Promise<IdentityDetails>;
  /** Whether Microsoft Graph may be asked: the user said so, or it is the demo tenant's own. */
  asksDirectory(): boolean;
  /** Where Microsoft Graph of the cloud is; `undefined` where nobody knows. */
  directoryUrl(): string | undefined;
  /** Signs in to Microsoft Graph where the apps are read, and lets it be asked from then on; false when the user gave up. */
  allowDirectory(apps: readonly AppModel[]): Promise<boolean>;
  /** Role assignments of the apps' subscriptions whose principal is gone. */
  readOrphans(apps: readonly AppModel[], signal: AbortSignal): Promise<OrphanReport>;
  /**
   * The apps of all accounts and tenants that the background may use.
   * @param onClosed - told of each account or tenant that wants a sign-in first
   */
  listApps(signal: AbortSignal, onClosed?: (closed: ClosedPlace) => void): AsyncGenerator<AppChoice>;
  /** Remembers by which account and tenant an app was listed that is now linked. */
  linked(resourceId: string): Promise<void>;
  /** Every account and tenant that can be reached, and whether the background may use it. */
  listPlaces(signal: AbortSignal): AsyncGenerator<ReachablePlace>;
  listResources(subscriptionId: string, types: readonly string[], signal: AbortSignal): AsyncGenerator<ResourceChoice>;
  /** Assigns a role; rejects with what to do. */
  assignRole(app: AppModel, grant: RoleGrant, options: WriteOptions): Promise<'assigned' | 'exists'>;
  removeRoleAssignment(app: AppModel, assignmentId: string, options: WriteOptions): Promise<void>;
  /** Turns on the system-assigned identity of an app or slot, and tells its principal. */
  enableSystemIdentity(app: AppModel, options: WriteOptions): Promise<string>;
  /** What a rejection of `read` or `listApps` means to the user. */
  explain(error: unknown): Problem;
  portalUrl(resourceId: string): string | undefined;
  dispose(): void;
}

/** An account in a tenant, by names that people know. */
export interface ClosedPlace {
  readonly place: Place;
  readonly name: string;
}

export interface ReachablePlace extends ClosedPlace {
  /** True when VS Code has a session for it that Keyless may use. */
  readonly open: boolean;
}

const demoKey = 'keyless.identities.demo';

export function createAzureAccess(memory: vscode.Memento, log: vscode.LogOutputChannel): AzureAccess {
  const azureSettings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('keyless.azure');
  const signIn = (): SignIn => azureSettings().get<SignIn>('signIn', 'vscode');
  const resolution = (): ReturnType<typeof resolveArmEndpoint> =>
    resolveArmEndpoint(azureSettings().get<string>('endpoint')?.trim() || cloudOfEditor());
  const endpoint = (): ArmEndpoint | undefined => {
    const resolved = resolution();
    return resolved.ok ? resolved.endpoint : undefined;
  };
  const demoByCommand = (): boolean => memory.get<boolean>(demoKey, false);
  const kind = (): ConnectionKind => {
    if (demoByCommand()) return 'demo';
    if (endpoint()?.cloud === 'loopback') return 'testServer';
    return signIn();
  };
  const asksDirectory = (): boolean => kind() === 'demo' || azureSettings().get<boolean>('microsoftGraph', false);
  const sessions = createSessions(() => (kind() === 'vscode' ? endpoint() : undefined));

  /** Where the apps of a subscription were listed. */
  const listedAt = new Map<string, Place>();
  const tenantOfResource = (resourceId: string): string | undefined => {
    const subscriptionId = /^\/?subscriptions\/(?<id>[^/]+)/i.exec(resourceId.trim())?.groups?.['id'];
    return subscriptionId === undefined ? undefined : connections.places.known(subscriptionId)?.tenantId;
  };

  let server: Promise<DemoServer> | undefined;
  const demo = (): Promise<DemoServer> => {
    server ??= import('../../demo/index.ts').then(({ startDemoTenant }) => startDemoTenant());
    // A start that failed is tried anew by the next reader.
    server.catch(() => (server = undefined));
    return server;
  };
  const stopDemo = (): void => {
    // One that never started needs no stopping.
    server?.then(running => running.close()).catch(() => undefined);
    server = undefined;
  };

  const connections = createConnections({
    memory,
    sessions,
    endpoint,
    options: async () => {
      const url = endpoint()?.url ?? azureSettings().get<string>('endpoint') ?? '';
      const directory = asksDirectory();
      switch (kind()) {
        case 'demo':
          return { signIn: 'demo', endpoint: (await demo()).url, directory };
        case 'testServer':
          return { signIn: 'demo', endpoint: url, directory };
        case 'defaultAzureCredential':
          return { signIn: 'default', endpoint: url, directory, onAccount: account => (defaultAccount = account) };
        case 'vscode':
          return { signIn: 'vscode', endpoint: url, directory };
      }
    },
  });
  /** Whom DefaultAzureCredential signed in as, once it did. */
  let defaultAccount: string | undefined;
  const subscriptionOf = (resourceId: string): string => parseSiteId(resourceId)?.subscriptionId ?? '';

  /** The apps of a place, and what kept it from being listed. */
  async function* appsAt(place: Place, signal: AbortSignal): AsyncGenerator<AppChoice> {
    const [connection, azure] = [await connections.at(place), await import('../../azure/index.ts')];
    yield* azure.listApps(connection, { signal });
  }

  /** Every place that the editor's accounts can reach, each tenant once for each account. */
  async function* everyPlace(at: ArmEndpoint, signal: AbortSignal): AsyncGenerator<ReachablePlace> {
    const { listTenants } = await import('../../azure/index.ts');
    for (const { id, label } of await sessions.accounts(at)) {
      const home: Place = { accountId: id };
      if (!(await sessions.isSignedIn(at, home))) {
        yield { place: home, name: label, open: false };
        continue;
      }
      let tenants: readonly TenantChoice[];
      try {
        tenants = await listTenants(await connections.at(home), signal);
      } catch {
        signal.throwIfAborted();
        tenants = [];
      }
      // Where the tenants are not told, the account still has its home.
      if (tenants.length === 0) yield { place: home, name: label, open: true };
      for (const { tenantId, name = tenantId } of tenants) {
        const place: Place = { accountId: id, tenantId };
        yield { place, name: `${name} (${label})`, open: await sessions.isSignedIn(at, place) };
      }
    }
  }

  return {
    sessions,
    kind,
    endpoint,
    demo,
    demoByCommand,
    async setDemo(on) {
      await memory.update(demoKey, on ? true : undefined);
      if (!on && kind() !== 'demo') stopDemo();
    },
    async account() {
      const resolved = endpoint();
      if (kind() === 'defaultAzureCredential') return defaultAccount;
      return kind() === 'vscode' && resolved ? sessions.account(resolved) : undefined;
    },
    async read(appIds, signal, onProgress) {
      const { readAcross } = await import('../../azure/index.ts');
      const model = await readAcross(appIds, {
        signal,
        onProgress,
        connectionsOf: (subscriptionId, stop) => connections.of(subscriptionId, stop),
        onServed: (subscriptionId, connection) => {
          const place = connections.placeOf(connection);
          if (kind() === 'vscode' && place) void connections.places.remember(subscriptionId, place);
        },
      });
      // A subscription that moved to another tenant is looked up anew the next time.
      const lost = model.problems.filter(each => each.kind === 'notFound' || each.kind === 'notSignedIn');
      for (const { scope } of lost) if (subscriptionOf(scope)) await connections.places.forget(subscriptionOf(scope));
      return model;
    },
    async readApp(app, signal) {
      const [connected, azure] = [
        await connections.for(app.subscriptionId, signal),
        await import('../../azure/index.ts'),
      ];
      return azure.readAppDetails(connected, app.id, { signal, classify: secretKindOf });
    },
    async readIdentity(app, identity, signal) {
      const [connected, azure] = [
        await connections.for(app.subscriptionId, signal),
        await import('../../azure/index.ts'),
      ];
      return azure.readIdentityDetails(connected, app, identity, { signal });
    },
    asksDirectory,
    directoryUrl: () => endpoint()?.graphUrl,
    async allowDirectory(apps) {
      const at = endpoint();
      if (!at?.graphUrl) return false;
      if (kind() === 'vscode') {
        const graph = { ...at, tokenScope: `${at.graphUrl}/.default` };
        const places = new Map<string, Place>();
        for (const subscriptionId of new Set(apps.map(app => app.subscriptionId))) {
          const place = connections.placeOf(await connections.for(subscriptionId, undefined)) ?? {};
          places.set(JSON.stringify(place), place);
        }
        for (const place of places.values()) if (!(await sessions.signIn(graph, place))) return false;
      }
      await azureSettings().update('microsoftGraph', true, vscode.ConfigurationTarget.Global);
      return true;
    },
    async readOrphans(apps, signal) {
      const { readOrphansAcross } = await import('../../azure/index.ts');
      return readOrphansAcross(apps, subscriptionId => connections.for(subscriptionId, signal), signal);
    },
    async *listApps(signal, onClosed) {
      const at = endpoint();
      if (kind() !== 'vscode' || !at) {
        yield* appsAt({}, signal);
        return;
      }
      const seen = new Set<string>();
      let failure: { readonly error: unknown } | undefined;
      let looked = 0;
      for await (const { place, name, open } of everyPlace(at, signal)) {
        looked++;
        if (!open) {
          onClosed?.({ place, name });
          continue;
        }
        try {
          for await (const app of appsAt(place, signal)) {
            if (seen.has(normalizeResourceId(app.id))) continue;
            seen.add(normalizeResourceId(app.id));
            listedAt.set(app.subscriptionId.toLowerCase(), listedAt.get(app.subscriptionId.toLowerCase()) ?? place);
            yield app;
          }
        } catch (error) {
          signal.throwIfAborted();
          failure ??= { error };
        }
      }
      // Without an account the one sign-in that there is says what is missing.
      if (looked === 0) yield* appsAt({}, signal);
      else if (failure && seen.size === 0) throw failure.error;
    },
    async linked(resourceId) {
      const subscriptionId = subscriptionOf(resourceId);
      const place = listedAt.get(subscriptionId.toLowerCase());
      if (place) await connections.places.remember(subscriptionId, place);
    },
    async *listPlaces(signal) {
      const at = endpoint();
      if (kind() === 'vscode' && at) yield* everyPlace(at, signal);
    },
    async *listResources(subscriptionId, types, signal) {
      const [connected, azure] = [await connections.for(subscriptionId, signal), await import('../../azure/index.ts')];
      yield* azure.listResources(connected, subscriptionId, types, { signal });
    },
    async assignRole(app, grant, options) {
      const [connected, azure] = [
        await connections.for(app.subscriptionId, options.signal),
        await import('../../azure/index.ts'),
      ];
      return azure.assignRole(connected, grant, options);
    },
    async removeRoleAssignment(app, assignmentId, options) {
      const [connected, azure] = [
        await connections.for(app.subscriptionId, options.signal),
        await import('../../azure/index.ts'),
      ];
      await azure.removeRoleAssignment(connected, assignmentId, options);
    },
    async enableSystemIdentity(app, options) {
      const [connected, azure] = [
        await connections.for(app.subscriptionId, options.signal),
        await import('../../azure/index.ts'),
      ];
      return azure.enableSystemIdentity(connected, app.id, options);
    },
    explain: error => {
      const problem = explain(error);
      log.warn(`${problem.kind}: ${problem.message}`);
      return problem;
    },
    portalUrl(resourceId) {
      const resolved = endpoint();
      return kind() === 'demo' || !resolved
        ? undefined
        : resourcePortalUrl(resolved, resourceId, tenantOfResource(resourceId));
    },
    dispose() {
      stopDemo();
      sessions.dispose();
    },
  };
}

function explain(error: unknown): Problem {
  const { name, problem, message } = (error ?? {}) as { name?: unknown; problem?: Problem; message?: unknown };
  // These two are written for people; any other message may hold more than it should.
  if (name === 'AzureReadError' && problem) return problem;
  if (name === 'EndpointRefusedError') return { kind: 'network', scope: '', message: String(message) };
  const code = typeof name === 'string' ? ` (${name})` : '';
  return { kind: 'unavailable', scope: '', message: `Reading from Azure failed unexpectedly${code}. Try again.` };
}
