import type { SyntaxFile } from '../languages/syntax.ts';
import { leastRoles } from '../rbac/least-role.ts';
import type { Service, ServiceRole } from '../services/service.ts';
import type { FollowUp, FollowUpForm } from './fix.ts';
import { callsIn } from './refusals.ts';
import { bicepGrant, resourceId, terraformGrant } from './role-forms.ts';

/** What a file does with a service, as far as its calls tell. */
export interface ServiceUse {
  /** Data actions that the calls need; empty when none of them is known. */
  readonly dataActions: readonly string[];
  /** Names of those calls, in source order. */
  readonly calls: readonly string[];
  /** Name of the resource, where the code states its endpoint. */
  readonly resource?: string;
}

/** The service's operations that a file calls. Names alone count: a file is asked only about services it connects to. */
export function serviceUse(file: SyntaxFile, { operations }: Service, endpoint: string | undefined): ServiceUse {
  const actions = new Set<string>();
  const calls = new Set<string>();
  for (const call of callsIn(file)) {
    const last = file.language.calledName(call);
    if (last === undefined) continue;
    const whole = `.${file.language.callee(call)?.text.replace(/\s/gu, '') ?? ''}`;
    for (const { languages, dataActions } of operations) {
      // `chat.completions.create`: several operations end in the same name.
      const name = languages[file.language.id]?.find(
        called => called === last || (called.includes('.') && whole.endsWith(`.${called}`)),
      );
      if (name === undefined) continue;
      calls.add(name);
      for (const action of dataActions) actions.add(action);
    }
  }
  const resource = /^(?:\w+:\/\/)?([a-z\d][\w-]*)\.[\w-]+\./iu.exec(endpoint ?? '')?.[1];
  return { dataActions: [...actions], calls: [...calls], ...(resource === undefined ? {} : { resource }) };
}

/** The least roles for what the code calls, else the service's least; with every form in which they are granted. */
export function roleFollowUps(service: Service, use: ServiceUse | undefined): FollowUp[] {
  const [least] = service.roles;
  if (least === undefined) {
    return [
      {
        kind: 'grantRole',
        message: "Give the app's identity the roles that the app registration held: it signs in as itself from now on.",
        copyable: 'az role assignment list --assignee <app-registration-client-id> --all',
      },
    ];
  }
  const needed = use && neededRoles(service, use);
  if (use === undefined || needed === undefined) {
    return [
      {
        kind: 'grantRole',
        message: `Grant the app's identity a role on ${service.name}: "${least.name}" ${least.grants}; choose a wider one only if the code needs it.`,
        ...granting(service, least, use?.resource),
        together: { key: `${service.id} ${least.id} ${least.name}` },
      },
    ];
  }
  return needed.map(role => {
    const grant = `Grant the app's identity the role "${role.name}" on ${service.name}, which ${role.grants}`;
    return {
      kind: 'grantRole',
      message: `${grant}: ${because(use.calls)}.`,
      ...granting(service, role, use.resource),
      together: {
        key: `${service.id} ${role.id} ${role.name}`,
        message: `${grant}, for {}.`,
        item: shownCalls(use.calls),
      },
    };
  });
}

function because(calls: readonly string[]): string {
  return `${shownCalls(calls)} ${calls.length === 1 ? 'needs it' : 'need it'}`;
}

function shownCalls(calls: readonly string[]): string {
  const shown = calls.slice(0, 4).join(', ');
  return `${shown}${calls.length > 4 ? ` and ${calls.length - 4} more calls` : ''}`;
}

function neededRoles({ roles }: Service, { dataActions }: ServiceUse): readonly ServiceRole[] | undefined {
  if (dataActions.length === 0) return undefined;
  if (roles.some(({ plane = 'arm' }) => plane !== 'arm')) return undefined;
  const choices = leastRoles(
    dataActions,
    roles.map(({ id }) => id),
  );
  return choices?.map(
    ({ id, name }) => roles.find(role => role.id === id) ?? { id, name, grants: 'allows what the code calls' },
  );
}

/** How a role is granted on the one resource: with the Azure CLI, in Bicep and in Terraform. */
function granting(
  service: Service,
  role: ServiceRole,
  resource: string | undefined,
): { readonly copyable: string; readonly forms?: readonly FollowUpForm[] } {
  if (role.grant !== undefined) return { copyable: role.grant };
  const type = service.resourceType ?? service.keysOff?.resourceType;
  switch (role.plane ?? 'arm') {
    case 'cosmosSql':
      return {
        copyable: `az cosmosdb sql role assignment create --account-name ${resource ?? '<account>'} --resource-group <resource-group> --role-definition-id ${role.id} --principal-id <principal-id> --scope "/"`,
      };
    case 'database':
      return {
        copyable: `CREATE USER [<identity-name>] FROM EXTERNAL PROVIDER; ALTER ROLE ${role.name} ADD MEMBER [<identity-name>];`,
      };
    case 'arm': {
      return {
        copyable: `az role assignment create --role "${role.name}" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope ${resourceId(type, resource)}`,
        forms: [
          { title: 'Bicep', languageId: 'bicep', text: bicepGrant(role, type, resource) },
          {
            title: 'Terraform',
            languageId: 'terraform',
            text: terraformGrant(role, service.keysOff?.terraform.resource),
          },
        ],
      };
    }
  }
}
