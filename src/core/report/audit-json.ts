import type { IdentityModel, ManagedIdentity, RoleAssignment, ScopeLevel } from '../rbac/identity-model.ts';

/** The identity model as `keyless audit --format json` prints it: every key is always there, an absent value is null. */
export interface AuditReport {
  readonly apps: readonly AuditedApp[];
  readonly problems: readonly { readonly kind: string; readonly scope: string; readonly message: string }[];
  /** ISO 8601 instant at which the data was read from Azure. */
  readonly asOf: string;
}

export interface AuditedApp {
  readonly id: string;
  readonly name: string;
  readonly slot: string | null;
  readonly identities: readonly AuditedIdentity[];
}

export interface AuditedIdentity {
  readonly kind: ManagedIdentity['kind'];
  readonly principalId: string;
  readonly clientId: string | null;
  readonly resourceId: string | null;
  /** Null when the assignments could not be read; the reason then stands in `problems`. */
  readonly assignments: readonly AuditedAssignment[] | null;
}

export interface AuditedAssignment {
  readonly role: string;
  readonly roleDefinitionId: string;
  readonly scope: string;
  readonly scopeLevel: ScopeLevel;
  readonly inherited: boolean;
  readonly condition: string | null;
}

export function auditReport(model: IdentityModel): AuditReport {
  return {
    apps: model.apps.map(({ id, name, slot, identities }) => ({
      id,
      name,
      slot: slot ?? null,
      identities: identities.map(auditedIdentity),
    })),
    problems: model.problems.map(({ kind, scope, message }) => ({ kind, scope, message })),
    asOf: model.asOf,
  };
}

export function auditJson(model: IdentityModel): string {
  return JSON.stringify(auditReport(model), undefined, 2) + '\n';
}

function auditedIdentity({ kind, principalId, clientId, resourceId, assignments }: ManagedIdentity): AuditedIdentity {
  return {
    kind,
    principalId,
    clientId: clientId ?? null,
    resourceId: resourceId ?? null,
    assignments: assignments?.map(auditedAssignment) ?? null,
  };
}

function auditedAssignment(assignment: RoleAssignment): AuditedAssignment {
  const { role, roleDefinitionId, scope, scopeLevel, inherited, condition } = assignment;
  return { role, roleDefinitionId, scope, scopeLevel, inherited, condition: condition ?? null };
}
