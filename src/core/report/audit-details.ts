import type { AppDetails, IdentityDetails, OrphanedAssignment } from '../rbac/identity-model.ts';

/** What a close look told, as a report prints it: a part that could not be read is null. */
type Printed<Details> = { readonly [Part in keyof Required<Details>]: Required<Details>[Part] | null };

export type AuditedAppDetails = Printed<Omit<AppDetails, 'appId'>>;
export type AuditedIdentityDetails = Printed<Omit<IdentityDetails, 'principalId'>>;
export type AuditedOrphan = Printed<OrphanedAssignment>;

export function auditedAppDetails(details: AppDetails): AuditedAppDetails {
  return {
    configuration: details.configuration ?? null,
    basicPublishing: details.basicPublishing ?? null,
    authentication: details.authentication ?? null,
    settings: details.settings ?? null,
    keyVaultReferences: details.keyVaultReferences ?? null,
    problems: details.problems,
    asOf: details.asOf,
  };
}

export function auditedIdentityDetails(details: IdentityDetails): AuditedIdentityDetails {
  return {
    clientId: details.clientId ?? null,
    groupAssignments: details.groupAssignments ?? null,
    eligible: details.eligible ?? null,
    deny: details.deny ?? null,
    dataPlaneRoles: details.dataPlaneRoles ?? null,
    federatedCredentials: details.federatedCredentials ?? null,
    sharedWith: details.sharedWith ?? null,
    problems: details.problems,
    asOf: details.asOf,
  };
}

export function auditedOrphan(orphan: OrphanedAssignment): AuditedOrphan {
  return {
    id: orphan.id,
    role: orphan.role,
    roleDefinitionId: orphan.roleDefinitionId,
    scope: orphan.scope,
    scopeLevel: orphan.scopeLevel,
    principalId: orphan.principalId,
    principalType: orphan.principalType ?? null,
    condition: orphan.condition ?? null,
  };
}
