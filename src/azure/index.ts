/** The only entry to this room. Load it with `await import(…)`: the SDKs behind it are needed by few sessions. */
export { type AppChoice, listApps, type ListAppsOptions, listResources, type ResourceChoice } from './apps.ts';
export {
  type AzureConnection,
  connect,
  type ConnectOptions,
  EndpointRefusedError,
  portalUrl,
  type RetryOptions,
} from './connection.ts';
export type { AccessToken, ClaimsChallenge, GetToken, SignInOptions } from './credential.ts';
export { readAppDetails, type AppDetailsOptions } from './app-details.ts';
export { type CloseLookOptions, type ConnectionOf, readCloseLook, readOrphansAcross } from './close-look.ts';
export { type FleetOptions, readFleet } from './fleet.ts';
export { type FindOrphansOptions, findOrphans, readOrphans, witnessesOf } from './orphans.ts';
export { readIdentityDetails } from './identity-details.ts';
export { readIdentityModel, type ReadOptions } from './identity-model.ts';
export { AzureReadError } from './problems.ts';
export { readAcross, type AcrossOptions } from './read-across.ts';
export { listTenants, type TenantChoice, tenantOfSubscription } from './tenants.ts';
export { assignRole, enableSystemIdentity, removeRoleAssignment, type WriteOptions } from './writes.ts';
