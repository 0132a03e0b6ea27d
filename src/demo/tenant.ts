/** What the demo server serves: the part of an Azure tenant that identity questions touch. */
export interface DemoTenant {
  readonly tenantId: string;
  readonly displayName: string;
  readonly managementGroups: readonly DemoManagementGroup[];
  readonly subscriptions: readonly DemoSubscription[];
  readonly sites: readonly DemoSite[];
  readonly userAssignedIdentities: readonly DemoUserAssignedIdentity[];
  readonly roleDefinitions: readonly DemoRoleDefinition[];
  readonly roleAssignments: readonly DemoRoleAssignment[];
}

export interface DemoManagementGroup {
  readonly name: string;
  readonly displayName: string;
  readonly subscriptionIds: readonly string[];
}

export interface DemoSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
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
