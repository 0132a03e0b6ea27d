/** What the demo server serves: the part of an Azure tenant that identity questions touch. */
export interface DemoTenant {
  readonly tenantId: string;
  readonly displayName: string;
  /** Other tenants that the account is a guest of. */
  readonly otherTenants?: readonly { readonly tenantId: string; readonly displayName: string }[];
  readonly managementGroups: readonly DemoManagementGroup[];
  readonly subscriptions: readonly DemoSubscription[];
  readonly sites: readonly DemoSite[];
  readonly userAssignedIdentities: readonly DemoUserAssignedIdentity[];
  readonly roleDefinitions: readonly DemoRoleDefinition[];
  readonly roleAssignments: readonly DemoRoleAssignment[];
  readonly groups?: readonly DemoGroup[];
  readonly denyAssignments?: readonly DemoDenyAssignment[];
  /** Roles that could be activated, in the shape of an assignment. */
  readonly eligibleRoles?: readonly DemoRoleAssignment[];
  readonly federatedCredentials?: readonly DemoFederatedCredential[];
  readonly vaults?: readonly DemoVault[];
  readonly cosmosAccounts?: readonly DemoCosmosAccount[];
  /** Resources of other kinds that use identities. */
  readonly otherResources?: readonly DemoResource[];
  /** What the directory of the tenant knows besides groups and managed identities. */
  readonly directory?: readonly DemoDirectoryObject[];
}

export interface DemoDirectoryObject {
  readonly id: string;
  readonly kind: 'user' | 'servicePrincipal';
  readonly displayName: string;
}

/** A group of the directory: its roles are those of its members. */
export interface DemoGroup {
  readonly principalId: string;
  readonly displayName: string;
  readonly members: readonly string[];
}

export interface DemoDenyAssignment {
  readonly guid: string;
  readonly name: string;
  readonly scope: string;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
  readonly principals: readonly { readonly id: string; readonly type: string }[];
  readonly excludePrincipals: readonly { readonly id: string; readonly type: string }[];
}

export interface DemoFederatedCredential {
  /** ARM id of the user-assigned identity. */
  readonly identityId: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
}

export interface DemoVault {
  readonly id: string;
  readonly location: string;
  readonly enableRbacAuthorization: boolean;
  readonly accessPolicies: readonly {
    readonly objectId: string;
    readonly permissions: Readonly<Record<string, readonly string[]>>;
  }[];
}

export interface DemoCosmosAccount {
  readonly id: string;
  readonly location: string;
  readonly roleAssignments: readonly {
    readonly guid: string;
    readonly principalId: string;
    /** GUID of a data role of the account. */
    readonly roleDefinition: string;
    /** Below the account: `` for all of it, `/dbs/shop`, `/dbs/shop/colls/orders`. */
    readonly below: string;
  }[];
}

export interface DemoResource {
  readonly id: string;
  readonly type: string;
  readonly location: string;
  readonly identity: unknown;
}

/** What the configuration calls of one site answer; Azure's defaults for whatever is absent. */
export interface DemoSiteDetails {
  readonly appSettings?: Readonly<Record<string, string>>;
  readonly connectionStrings?: Readonly<Record<string, { readonly value: string; readonly type: string }>>;
  /** Names of settings that stay with their slot. */
  readonly sticky?: readonly string[];
  /** Status of each setting that is a Key Vault reference; `Resolved` when absent. */
  readonly references?: Readonly<Record<string, string>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly basicPublishing?: { readonly scm: boolean; readonly ftp: boolean };
  /** Enabled identity providers of Easy Auth; none when absent. */
  readonly authentication?: { readonly required: boolean; readonly providers: readonly string[] };
}

export interface DemoManagementGroup {
  readonly name: string;
  readonly displayName: string;
  readonly subscriptionIds: readonly string[];
}

export interface DemoSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** The tenant's own when absent. */
  readonly tenantId?: string;
}

export interface DemoSite {
  /** ARM id of the site or slot. */
  readonly id: string;
  readonly kind: string | null;
  readonly location: string;
  /** ARM `identity` object exactly as the server sends it; `undefined` leaves the property out. */
  readonly identity?: unknown;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly details?: DemoSiteDetails;
}

export interface DemoUserAssignedIdentity {
  readonly id: string;
  readonly location: string;
  readonly principalId: string;
  readonly clientId: string;
}

export interface DemoRoleDefinition {
  readonly guid: string;
  readonly roleName: string;
  readonly type: 'BuiltInRole' | 'CustomRole';
  readonly description: string;
  readonly assignableScopes: readonly string[];
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

export interface DemoRoleAssignment {
  readonly guid: string;
  readonly scope: string;
  /** Role definition id with the prefix that ARM happens to use for it. */
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly condition?: string;
}

export function roleAssignmentId(assignment: DemoRoleAssignment): string {
  const prefix = assignment.scope === '/' ? '' : assignment.scope;
  return `${prefix}/providers/Microsoft.Authorization/roleAssignments/${assignment.guid}`;
}
