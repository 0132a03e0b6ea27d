/**
 * What the linked apps are, which managed identities they hold and which roles those identities have.
 * Partial results are normal: whatever could not be read stands in `problems`, and a list that could not be
 * read is absent (`undefined`), never empty.
 */
export interface IdentityModel {
  readonly apps: readonly AppModel[];
  readonly problems: readonly Problem[];
  /** ISO 8601 instant at which the data was read from Azure. */
  readonly asOf: string;
}

export interface AppModel {
  /** ARM resource id as Azure spells it; compare with `sameResource`. */
  readonly id: string;
  /** Name of the site; a slot carries its site's name here and its own in `slot`. */
  readonly name: string;
  readonly slot?: string;
  /** ARM `kind`, for example `app,linux` or `functionapp`. */
  readonly kind?: string;
  readonly location?: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
  readonly tenantId?: string;
  readonly identities: readonly ManagedIdentity[];
}

export interface ManagedIdentity {
  readonly kind: 'systemAssigned' | 'userAssigned';
  /** Object id of the service principal: what role assignments name. */
  readonly principalId: string;
  /** Application id: what code passes as managed identity client id. Absent for a system-assigned identity until read. */
  readonly clientId?: string;
  /** ARM id of a user-assigned identity. */
  readonly resourceId?: string;
  /** Absent when the assignments could not be read; the reason then stands in `IdentityModel.problems`. */
  readonly assignments?: readonly RoleAssignment[];
}

export type ScopeLevel =
  'root' | 'managementGroup' | 'subscription' | 'resourceGroup' | 'resource' | 'subResource' | 'unknown';

export interface RoleAssignment {
  /** ARM id of the role assignment. */
  readonly id: string;
  /** Role name; the GUID when Azure would not tell the name. */
  readonly role: string;
  /** GUID of the role definition, lower case, without any scope prefix. */
  readonly roleDefinitionId: string;
  readonly scope: string;
  readonly scopeLevel: ScopeLevel;
  /** True when the scope lies above the app's own resource group, so that the app's group inherits it. */
  readonly inherited: boolean;
  readonly condition?: string;
  readonly principalType?: string;
}

/** Something that could not be read, and what the reader can do about it. */
export interface Problem {
  readonly kind: ProblemKind;
  /** ARM id or scope the problem is about; '' when it is about the whole connection. */
  readonly scope: string;
  /** One or two sentences: what happened, what to do. Carries no token and no response body. */
  readonly message: string;
}

export type ProblemKind =
  | 'notSignedIn'
  | 'claimsChallenge'
  | 'forbidden'
  | 'notFound'
  | 'throttled'
  | 'unavailable'
  | 'network'
  | 'malformed'
  | 'cancelled';
