import * as vscode from 'vscode';
import type { AppChoice, AzureConnection, ConnectOptions, ResourceChoice, WriteOptions } from '../../azure/index.ts';
import { type ArmEndpoint, resolveArmEndpoint, resourcePortalUrl } from '../../core/rbac/arm-endpoint.ts';
import type {
  AppDetails,
  AppModel,
  IdentityDetails,
  IdentityModel,
  ManagedIdentity,
  Problem,
} from '../../core/rbac/identity-model.ts';
import { secretKindOf } from '../../core/engine/secret-kind.ts';
import type { RoleGrant } from '../../core/rbac/role-grant.ts';
import type { DemoServer } from '../../demo/index.ts';
import { type ConnectionKind, type SignIn } from './names.ts';
import { createSessions, type Sessions } from './sessions.ts';

/** The way to Azure that the settings choose. Nothing behind it is loaded before it is used. */
export interface AzureAccess {
  readonly sessions: Sessions;
  kind(): ConnectionKind;
  /** The ARM endpoint of the settings; `undefined` when it may not be used, and reading then says why. */
  endpoint(): ArmEndpoint | undefined;
  tenant(): string | undefined;
  chooseTenant(tenant: string | undefined): Promise<void>;
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
  listApps(signal: AbortSignal): AsyncGenerator<AppChoice>;
  listResources(subscriptionId: string, types: readonly string[], signal: AbortSignal): AsyncGenerator<ResourceChoice>;
  /** Assigns a role; rejects with what to do. */
  assignRole(grant: RoleGrant, options: WriteOptions): Promise<'assigned' | 'exists'>;
  removeRoleAssignment(assignmentId: string, options: WriteOptions): Promise<void>;
  /** Turns on the system-assigned identity of an app or slot, and tells its principal. */
  enableSystemIdentity(appId: string, options: WriteOptions): Promise<string>;
  /** What a rejection of `read` or `listApps` means to the user. */
  explain(error: unknown): Problem;
  portalUrl(resourceId: string): string | undefined;
  dispose(): void;
}

const demoKey = 'keyless.identities.demo';
const tenantKey = 'keyless.identities.tenant';

export function createAzureAccess(memory: vscode.Memento, log: vscode.LogOutputChannel): AzureAccess {
  const azureSettings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('keyless.azure');
  const signIn = (): SignIn => azureSettings().get<SignIn>('signIn', 'vscode');
  const resolution = (): ReturnType<typeof resolveArmEndpoint> =>
    resolveArmEndpoint(azureSettings().get<string>('endpoint'));
  const endpoint = (): ArmEndpoint | undefined => {
    const resolved = resolution();
    return resolved.ok ? resolved.endpoint : undefined;
  };
  const tenant = (): string | undefined => memory.get<string>(tenantKey);
  const demoByCommand = (): boolean => memory.get<boolean>(demoKey, false);
  const kind = (): ConnectionKind => {
    if (demoByCommand()) return 'demo';
    if (endpoint()?.cloud === 'loopback') return 'testServer';
    return signIn();
  };
  const sessions = createSessions(tenant, () => (kind() === 'vscode' ? endpoint() : undefined));

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

  // Kept while nothing about it changes: role names read once belong to it.
  let connection: { readonly key: string; readonly value: AzureConnection } | undefined;
  const connect = async (): Promise<AzureConnection> => {
    const options = await connectOptions();
    const key = JSON.stringify([options.endpoint, options.signIn, options.tenantId]);
    if (connection?.key !== key) {
      const azure = await import('../../azure/index.ts');
      connection = { key, value: azure.connect(options) };
    }
    return connection.value;
  };
  const connectOptions = async (): Promise<ConnectOptions> => {
    const tenantId = tenant();
    const common = tenantId === undefined ? {} : { tenantId };
    const configured = azureSettings().get<string>('endpoint') ?? '';
    switch (kind()) {
      case 'demo':
        return { signIn: 'demo', endpoint: (await demo()).url };
      case 'testServer':
        return { signIn: 'demo', endpoint: configured };
      case 'defaultAzureCredential':
        return { ...common, signIn: 'default', endpoint: configured };
      case 'vscode':
        return {
          ...common,
          signIn: 'vscode',
          endpoint: configured,
          getToken: async (scopes, _tenant, claims) => {
            const resolved = endpoint();
            return resolved && sessions.token(resolved, scopes, claims);
          },
          onClaimsChallenge: challenge => sessions.challenged(challenge),
        };
    }
  };

  return {
    sessions,
    kind,
    endpoint,
    tenant,
    demo,
    demoByCommand,
    chooseTenant: async chosen => memory.update(tenantKey, chosen),
    async setDemo(on) {
      await memory.update(demoKey, on ? true : undefined);
      if (!on && kind() !== 'demo') stopDemo();
    },
    async account() {
      const resolved = endpoint();
      return kind() === 'vscode' && resolved ? sessions.account(resolved) : undefined;
    },
    async read(appIds, signal, onProgress) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      return azure.readIdentityModel(connected, appIds, { signal, onProgress });
    },
    async readApp(app, signal) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      return azure.readAppDetails(connected, app.id, { signal, classify: secretKindOf });
    },
    async readIdentity(app, identity, signal) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      return azure.readIdentityDetails(connected, app, identity, { signal });
    },
    async *listApps(signal) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      yield* azure.listApps(connected, { signal });
    },
    async *listResources(subscriptionId, types, signal) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      yield* azure.listResources(connected, subscriptionId, types, { signal });
    },
    async assignRole(grant, options) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      return azure.assignRole(connected, grant, options);
    },
    async removeRoleAssignment(assignmentId, options) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      await azure.removeRoleAssignment(connected, assignmentId, options);
    },
    async enableSystemIdentity(appId, options) {
      const [connected, azure] = [await connect(), await import('../../azure/index.ts')];
      return azure.enableSystemIdentity(connected, appId, options);
    },
    explain: error => {
      const problem = explain(error);
      log.warn(`${problem.kind}: ${problem.message}`);
      return problem;
    },
    portalUrl(resourceId) {
      const resolved = endpoint();
      return kind() === 'demo' || !resolved ? undefined : resourcePortalUrl(resolved, resourceId, tenant());
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
