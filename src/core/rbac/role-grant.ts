import type { AzureCliWords } from './azure-cli.ts';
import { sha256Hex } from '../secrets/sha256.ts';
import { normalizeResourceId, roleDefinitionGuid } from './resource-id.ts';

/** A role assignment that is to be made: exactly what is sent to Azure. */
export interface RoleGrant {
  /** ARM id that the assignment will have. */
  readonly id: string;
  /** GUID that follows from scope, principal and role: the same grant always has the same name. */
  readonly name: string;
  readonly scope: string;
  readonly principalId: string;
  /** Role definition id below the scope's subscription. */
  readonly roleDefinitionId: string;
}

/** @param role GUID of the role definition, or its id with any scope prefix */
export function roleGrant(scope: string, principalId: string, role: string): RoleGrant {
  const at = scope.replace(/\/+$/, '');
  const guid = roleDefinitionGuid(role);
  const subscription = /^\/subscriptions\/[^/]+/i.exec(at)?.[0] ?? '';
  const name = guidOf(`${normalizeResourceId(at)}|${principalId.toLowerCase()}|${guid}`);
  return {
    id: `${at}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    scope: at,
    principalId,
    roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
  };
}

/** The same as a command for the Azure CLI; carries no secret. */
export function grantCommand({ scope, principalId, roleDefinitionId }: RoleGrant): AzureCliWords {
  const role = roleDefinitionGuid(roleDefinitionId);
  const assignee = ['--assignee-object-id', principalId, '--assignee-principal-type', 'ServicePrincipal'];
  return ['role', 'assignment', 'create', ...assignee, '--role', role, '--scope', scope];
}

/** Version 5 in shape, from a hash of the text. */
function guidOf(text: string): string {
  const hex = sha256Hex(text);
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
