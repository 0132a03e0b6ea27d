import type {
  AppModel,
  CloseLook,
  IdentityDetails,
  IdentityModel,
  ManagedIdentity,
  RoleAssignment,
  ScopeLevel,
} from '../rbac/identity-model.ts';
import {
  type AuditedAppDetails,
  auditedAppDetails,
  type AuditedIdentityDetails,
  auditedIdentityDetails,
  type AuditedOrphan,
  auditedOrphan,
} from './audit-details.ts';
import { type CheckResult, postureOf, type Severity } from '../rbac/posture.ts';
import { excessOf, productionOf, type SwapGap, swapGaps } from '../rbac/privilege.ts';

/** The identity model as `keyless audit --format json` prints it: every key is always there, an absent value is null. */
export interface AuditReport {
  readonly apps: readonly AuditedApp[];
  /** Role assignments whose principal is gone; null where it was not asked or could not be told. */
  readonly orphans: readonly AuditedOrphan[] | null;
  readonly problems: readonly { readonly kind: string; readonly scope: string; readonly message: string }[];
  /** ISO 8601 instant at which the data was read from Azure. */
  readonly asOf: string;
}

export interface AuditedApp {
  readonly id: string;
  readonly name: string;
  readonly slot: string | null;
  readonly identities: readonly AuditedIdentity[];
  /** Posture checks; those that need a close look at the app are unknown without one. */
  readonly checks: readonly AuditedCheck[];
  /** Of a slot: roles that its production app has and it lacks; null where that is not known. */
  readonly swapGaps: readonly SwapGap[] | null;
  /** What a close look at the app told; null without one. */
  readonly details: AuditedAppDetails | null;
}

export interface AuditedIdentity {
  readonly kind: ManagedIdentity['kind'];
  readonly principalId: string;
  readonly clientId: string | null;
  readonly resourceId: string | null;
  /** Null when the assignments could not be read; the reason then stands in `problems`. */
  readonly assignments: readonly AuditedAssignment[] | null;
  /** What a close look at the identity told; null without one. */
  readonly details: AuditedIdentityDetails | null;
}

export interface AuditedAssignment {
  readonly role: string;
  readonly roleDefinitionId: string;
  readonly scope: string;
  readonly scopeLevel: ScopeLevel;
  readonly inherited: boolean;
  readonly condition: string | null;
  /** Ids of what the role allows beyond what an app should have; empty as well where its permissions are not known. */
  readonly excess: readonly string[];
}

export interface AuditedCheck {
  readonly id: string;
  readonly outcome: CheckResult['outcome'];
  readonly severity: Severity;
  /** What was found, in words; carries no value of a setting. */
  readonly detail: string;
}

/** No close look at anything. */
export const fromAfar: CloseLook = { app: () => undefined, identity: () => undefined };

export function auditReport(model: IdentityModel, look = fromAfar): AuditReport {
  const problems = [...model.problems, ...(look.orphans?.problems ?? [])];
  return {
    apps: model.apps.map(app => auditedApp(app, model.apps, look)),
    orphans: look.orphans?.orphans?.map(auditedOrphan) ?? null,
    problems: problems.map(({ kind, scope, message }) => ({ kind, scope, message })),
    asOf: model.asOf,
  };
}

/** One app of a report. `apps` are those among which the production app of a slot is looked for. */
export function auditedApp(app: AppModel, apps: readonly AppModel[], look = fromAfar): AuditedApp {
  const details = look.app(app);
  return {
    id: app.id,
    name: app.name,
    slot: app.slot ?? null,
    identities: app.identities.map(identity => auditedIdentity(identity, look.identity(app, identity))),
    checks: postureOf(app, details).map(({ check, outcome, detail }) => ({
      id: check.id,
      outcome,
      severity: check.severity,
      detail,
    })),
    swapGaps: gapsOf(app, apps),
    details: details ? auditedAppDetails(details) : null,
  };
}

export function auditJson(model: IdentityModel, look?: CloseLook): string {
  return JSON.stringify(auditReport(model, look), undefined, 2) + '\n';
}

function gapsOf(app: AppModel, apps: readonly AppModel[]): readonly SwapGap[] | null {
  const site = app.slot === undefined ? undefined : productionOf(app, apps);
  return site === undefined ? null : (swapGaps(site, app) ?? null);
}

function auditedIdentity(identity: ManagedIdentity, details: IdentityDetails | undefined): AuditedIdentity {
  const { kind, principalId, clientId = details?.clientId, resourceId, assignments } = identity;
  return {
    kind,
    principalId,
    clientId: clientId ?? null,
    resourceId: resourceId ?? null,
    assignments: assignments?.map(auditedAssignment) ?? null,
    details: details ? auditedIdentityDetails(details) : null,
  };
}

function auditedAssignment(assignment: RoleAssignment): AuditedAssignment {
  const { role, roleDefinitionId, scope, scopeLevel, inherited, condition } = assignment;
  return {
    role,
    roleDefinitionId,
    scope,
    scopeLevel,
    inherited,
    condition: condition ?? null,
    excess: excessOf(assignment).map(({ id }) => id),
  };
}
