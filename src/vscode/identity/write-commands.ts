import * as vscode from 'vscode';
import type { WriteOptions } from '../../azure/index.ts';
import type { AppModel, ManagedIdentity, OrphanedAssignment, RoleAssignment } from '../../core/rbac/identity-model.ts';
import { excessOf } from '../../core/rbac/privilege.ts';
import { normalizeResourceId, sameResource, scopeLevel } from '../../core/rbac/resource-id.ts';
import { grantCommand, roleGrant } from '../../core/rbac/role-grant.ts';
import type { AzureCliWords } from '../../core/rbac/azure-cli.ts';
import type { AzureAccess } from './access.ts';
import { commandLine } from './az-command.ts';
import { describeScope, lastSegment } from './describe-scope.ts';
import type { Explorer } from './explorer.ts';
import { pickRole, pickScope } from './role-picker.ts';
import type { NodeSubject } from './tree-node.ts';

/** The commands that change something in Azure. Each says exactly what it will send, and sends it only after a yes. */
export interface WriteCommands {
  enableIdentity(subject: NodeSubject | undefined): Promise<void>;
  assignRole(subject: NodeSubject | undefined): Promise<void>;
  removeAssignment(subject: NodeSubject | undefined): Promise<void>;
}

export function createWriteCommands(access: AzureAccess, explorer: Explorer): WriteCommands {
  const demo = (): string => (access.kind() === 'demo' ? '\n\nDemo tenant: nothing in Azure is changed.' : '');

  async function enableIdentity(subject: NodeSubject | undefined): Promise<void> {
    requireTrust();
    const app = appOf(explorer, subject?.appId ?? subject?.resourceId);
    const name = nameOf(app);
    const kept = app.identities.map(({ resourceId }) => resourceId).filter(id => id !== undefined);
    const detail = [
      `PATCH ${app.id}`,
      `identity.type: ${kept.length > 0 ? 'SystemAssigned, UserAssigned' : 'SystemAssigned'}`,
      ...(kept.length > 0 ? [`kept: ${kept.map(lastSegment).join(', ')}`] : []),
      '',
      'Azure makes a service principal for it. It may do nothing until roles are assigned.',
    ].join('\n');
    if (!(await confirmed(`Turn on the system-assigned identity of ${name}?`, detail + demo(), 'Turn On'))) return;
    const principalId = await working(`Turning on the identity of ${name}`, options =>
      access.enableSystemIdentity(app, options),
    );
    if (principalId === undefined) return;
    await explorer.refresh();
    const next = await vscode.window.showInformationMessage(
      `${name} has an identity now. Assign a role so that it may do something.`,
      'Assign a Role…',
    );
    if (next !== undefined) await assign(app, { kind: 'systemAssigned', principalId });
  }

  async function assignRole(subject: NodeSubject | undefined): Promise<void> {
    requireTrust();
    const app = appOf(explorer, subject?.appId);
    const identity = app.identities.find(({ principalId }) => principalId === subject?.principalId);
    if (!identity) throw new Error('Select an identity in the App Service identities view.');
    await assign(app, identity);
  }

  async function assign(app: AppModel, identity: ManagedIdentity): Promise<void> {
    const who = holderOf(identity, app);
    const title = `Assign a role to ${who}`;
    const scope = await pickScope(access, app, title);
    if (scope === undefined) return;
    const role = await pickRole(scope, `${title} on ${lastSegment(scope)}`);
    if (!role) return;
    const grant = roleGrant(scope, identity.principalId, role.id);
    const where = describeScope(scope, scopeLevel(scope));
    const detail = [
      `PUT ${grant.id}`,
      `role: ${role.name} (${role.id})`,
      `principal: ${who} (${grant.principalId})`,
      `scope: ${grant.scope}`,
      ...tooMuch({
        id: grant.id,
        role: role.name,
        roleDefinitionId: role.id,
        scope,
        scopeLevel: scopeLevel(scope),
        inherited: false,
      }),
    ].join('\n');
    const question = `Assign ${role.name} on ${where} to ${who}?`;
    if (!(await confirmed(question, detail + demo(), 'Assign', grantCommand(grant)))) return;
    const outcome = await working(`Assigning ${role.name} to ${who}`, options =>
      access.assignRole(app, grant, options),
    );
    if (outcome === undefined) return;
    await explorer.refresh();
    const held = explorer
      .app(app.id)
      ?.identities.find(({ principalId }) => principalId === identity.principalId)
      ?.assignments?.find(each => each.roleDefinitionId === role.id && sameResource(each.scope, scope));
    const conditional = held?.condition === undefined ? '' : ', though only under a condition';
    void vscode.window.showInformationMessage(
      outcome === 'exists'
        ? `${sentence(who)} has ${role.name} on ${where} already${conditional}.`
        : `${sentence(who)} has ${role.name} on ${where}. Azure may take some minutes until it counts.`,
    );
  }

  async function removeAssignment(subject: NodeSubject | undefined): Promise<void> {
    requireTrust();
    const orphan = subject?.roleAssignmentId === undefined ? undefined : explorer.orphan(subject.roleAssignmentId);
    if (orphan) return removeOrphan(orphan);
    const app = appOf(explorer, subject?.appId);
    const id = subject?.roleAssignmentId;
    const found = app.identities
      .flatMap(identity => (identity.assignments ?? []).map(role => ({ identity, role })))
      .find(({ role }) => id !== undefined && sameResource(role.id, id));
    if (!found) throw new Error('Select a role in the App Service identities view.');
    const { identity, role } = found;
    const who = holderOf(identity, app);
    const where = describeScope(role.scope, role.scopeLevel);
    const detail = [
      `DELETE ${role.id}`,
      '',
      `Code that runs as ${who} and needs this role is refused once it is gone${identity.kind === 'userAssigned' ? ', in every app that uses the identity' : ''}.`,
    ].join('\n');
    if (!(await confirmed(`Remove ${role.role} on ${where} from ${who}?`, detail + demo(), 'Remove'))) return;
    const done = await working(`Removing ${role.role} from ${who}`, async options => {
      await access.removeRoleAssignment(app, role.id, options);
      return true;
    });
    if (done) await explorer.refresh();
  }

  async function removeOrphan(orphan: OrphanedAssignment): Promise<void> {
    const apps = explorer.apps();
    const scope = normalizeResourceId(orphan.scope);
    const subscribed = apps.find(app => scope.startsWith(`/subscriptions/${app.subscriptionId.toLowerCase()}`));
    const app = subscribed ?? apps[0];
    if (!app) throw new Error('Link an app of the subscription first.');
    const where = describeScope(orphan.scope, orphan.scopeLevel);
    const detail = [
      `DELETE ${orphan.id}`,
      `principal: ${orphan.principalId}`,
      '',
      'Microsoft Graph does not know this principal, so that nobody loses access.',
    ].join('\n');
    if (!(await confirmed(`Remove the orphaned ${orphan.role} on ${where}?`, detail + demo(), 'Remove'))) return;
    const done = await working(`Removing ${orphan.role}`, async options => {
      await access.removeRoleAssignment(app, orphan.id, options);
      return true;
    });
    if (done) await explorer.refresh();
  }

  return { enableIdentity, assignRole, removeAssignment };

  /** Shows progress that can be cancelled; `undefined` after a failure, which has been said. */
  async function working<T>(title: string, work: (options: WriteOptions) => Promise<T>): Promise<T | undefined> {
    try {
      return await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (progress, token) => {
          const abort = new AbortController();
          token.onCancellationRequested(() => abort.abort());
          return work({ signal: abort.signal, onProgress: message => progress.report({ message }) });
        },
      );
    } catch (error) {
      void vscode.window.showErrorMessage(access.explain(error).message);
      return undefined;
    }
  }
}

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new Error('Keyless changes nothing in Azure from a workspace that is not trusted. Trust it first.');
  }
}

/** Asks; who may not do it, or would rather do it elsewhere, can take the command along. */
async function confirmed(question: string, detail: string, yes: string, words?: AzureCliWords): Promise<boolean> {
  const command = words && commandLine(words);
  const copy = 'Copy az Command';
  const chosen = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail },
    yes,
    ...(command ? [copy] : []),
  );
  if (chosen === copy && command) await vscode.env.clipboard.writeText(command.line);
  return chosen === yes;
}

function appOf(explorer: Explorer, appId: string | undefined): AppModel {
  const app = appId === undefined ? undefined : explorer.app(appId);
  if (!app) throw new Error('Select a row of an app in the App Service identities view.');
  return app;
}

function nameOf({ name, slot }: AppModel): string {
  return slot === undefined ? name : `${name}/${slot}`;
}

/** Names of identities stay as they are. */
function sentence(words: string): string {
  return words.replace(/^the /, 'The ');
}

function holderOf(identity: ManagedIdentity, app: AppModel): string {
  return identity.resourceId === undefined ? `the identity of ${nameOf(app)}` : lastSegment(identity.resourceId);
}

/** Says before the yes what would be marked afterwards. */
function tooMuch(assignment: RoleAssignment): string[] {
  return excessOf(assignment).map(({ message, advice }) => `Too much: it ${message}. ${advice}`);
}
