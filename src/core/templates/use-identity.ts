import type { FollowUp, Refusal } from '../rewrite/fix.ts';
import { serviceFollowUps } from '../rewrite/follow-ups.ts';
import type { Service, ServiceRole } from '../services/service.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { armWriter } from './arm-writer.ts';
import { bicepWriter } from './bicep-writer.ts';
import type { TemplateCloud } from './cloud.ts';
import type { TemplateChange } from './edit.ts';
import type { KeyUse, Template, TemplateResource, TemplateSetting } from './template.ts';
import { terraformWriter } from './terraform-writer.ts';
import type { NewSetting, TemplateWriter } from './writer.ts';

/** A key in a setting, with everything that its rewrite needs to know. */
export interface KeyInSetting {
  readonly template: Template;
  readonly setting: TemplateSetting;
  readonly use: KeyUse;
}

const writers = { bicep: bicepWriter, arm: armWriter, terraform: terraformWriter };

export function writerFor(template: Template): TemplateWriter {
  return writers[template.language](template);
}

/** The content share of a Consumption or Premium plan: there is no other way to it than a key. */
export const contentShareSetting = 'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING';

/** Whether the platform itself connects with the setting and knows an identity-based form of it. */
export function isIdentityConnection({ setting, use }: KeyInSetting): boolean {
  if (setting.form === 'argument') return true;
  // A bare key is read by the app's code.
  return (
    setting.functions &&
    setting.form !== 'connectionString' &&
    use.form.connection !== undefined &&
    use.connectionString
  );
}

/** Replaces a connection string of a Functions app by its identity-based form, with identity and role. */
export function useIdentity(found: KeyInSetting, cloud: TemplateCloud): TemplateChange | Refusal {
  const { template, setting, use } = found;
  const places = placesOf(found);
  if ('refusal' in places) return places;
  const { app, resource } = places;
  const writer = writerFor(template);
  const identity = writer.identityOf(app);
  if ('refusal' in identity) return identity;
  const host = setting.form === 'argument' || /^AzureWebJobsStorage$/u.test(setting.name ?? '');
  const edits: TextEdit[] = [...identity.edits];
  const settings: string[] = [];
  if (setting.form === 'argument') {
    if (identity.clientId !== undefined) {
      return {
        refusal: `${app.id} has a user-assigned identity alone: name it in AzureWebJobsStorage__credential and AzureWebJobsStorage__clientId, then remove this key.`,
      };
    }
    const by = storageArgument(template, setting);
    if (by === undefined) return { refusal: 'Set storage_authentication_type to "SystemAssignedIdentity" first.' };
    edits.push(...by);
  } else {
    const { name } = setting;
    if (name === undefined) return { refusal: 'The name of this setting is computed, so it cannot be replaced.' };
    const by: NewSetting[] = [];
    for (const [suffix, expressions] of Object.entries(connectionIn(cloud, use.form) ?? {})) {
      const value = writer.expression(expressions, resource, cloud);
      if (value === undefined) return cloudUnknown(`${name}__${suffix}`, use.service);
      by.push({ name: `${name}__${suffix}`, value });
    }
    if (identity.clientId !== undefined) {
      by.push({ name: `${name}__credential`, value: writer.constant('managedidentity') });
      by.push({ name: `${name}__clientId`, value: identity.clientId });
    }
    const taken = new Set(setting.siblings.map(sibling => sibling.toLowerCase()));
    const missing = by.filter(one => !taken.has(one.name.toLowerCase()));
    // While the plain setting is there, the host uses it and ignores the others: it always goes.
    edits.push(...(missing.length === 0 ? writer.removeSetting(setting) : writer.replaceSetting(setting, missing)));
    edits.push(...writer.removeVariable(setting));
    settings.push(...by.map(one => one.name));
  }
  const roles = rolesOf(use.service, (host ? use.form.hostGrants : undefined) ?? use.form.grants);
  for (const role of roles) {
    const granted = writer.grant({ app, resource, role, principalId: identity.principalId });
    if ('refusal' in granted) return granted;
    edits.push(...granted);
  }
  return { edits, followUps: followUpsOf(found, settings, host, cloud) };
}

/** Names that stand for an address of the public cloud are for that cloud alone. */
function connectionIn(cloud: TemplateCloud, { connection, connectionElsewhere }: KeyUse['form']): typeof connection {
  return cloud === 'public' || cloud === 'unknown' ? connection : (connectionElsewhere ?? connection);
}

function cloudUnknown(setting: string, { name }: Service): Refusal {
  return {
    refusal: `The provider does not tell the host name that ${setting} takes, and which cloud this is for is not said here: no provider "azurerm" was found in this folder or above it, or its environment is computed. Write the setting by hand with the host name of ${name} in your cloud.`,
  };
}

/** The roles of a service by their ids. */
export function rolesOf({ roles }: Service, ids: readonly string[]): ServiceRole[] {
  return ids.flatMap(id => roles.find(role => role.id === id) ?? []);
}

/** The app and the service, when both can be referred to in this file. */
export function placesOf({
  setting: { app },
  use: { resource, service },
}: KeyInSetting): { app: TemplateResource; resource: TemplateResource } | Refusal {
  if (app === undefined) {
    return {
      refusal: 'The app that these settings are for is not in this file: its identity and role belong where it is.',
    };
  }
  if (!app.plain) {
    return {
      refusal:
        'The app is deployed under a condition, repeatedly or to another scope, so that its identity cannot be referred to simply. Write the role assignment by hand, then use the identity-based setting.',
    };
  }
  if (resource === undefined) {
    return {
      refusal: `The resource of ${service.name} is not in this file. Refer to it (an existing resource or a data source), then run the fix again: the role assignment needs it as its scope.`,
    };
  }
  if (!resource.plain) {
    return {
      refusal: `The resource of ${service.name} is deployed under a condition or repeatedly, or lies in another scope. Assign the role in a module of that scope, then use the identity-based setting.`,
    };
  }
  return { app, resource };
}

function storageArgument({ text }: Template, { name, span, siblings, app }: TemplateSetting): TextEdit[] | undefined {
  if (name === 'storage_account_access_key') return [{ span, newText: 'storage_uses_managed_identity = true' }];
  // A Flex Consumption app says on its own how it signs in.
  if (!siblings.includes('storage_authentication_type') || app === undefined) return undefined;
  const own = /storage_authentication_type(?<between>\s*=\s*)"[^"]*"/u.exec(text.slice(app.span.start, app.span.end));
  if (own === null) return undefined;
  const start = app.span.start + own.index;
  const line = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.slice(span.end).search(/\r?\n|$/u) + span.end;
  const next = /^\r?\n/u.exec(text.slice(end))?.[0].length ?? 0;
  return [
    {
      span: { start, end: start + own[0].length },
      newText: `storage_authentication_type${own.groups?.['between'] ?? ' = '}"SystemAssignedIdentity"`,
    },
    { span: { start: line, end: end + next }, newText: '' },
  ];
}

function followUpsOf(
  { template, setting, use }: KeyInSetting,
  settings: readonly string[],
  host: boolean,
  cloud: TemplateCloud,
): FollowUp[] {
  const followUps: FollowUp[] = [];
  if (setting.form === 'argument' && cloud !== 'public' && cloud !== 'unknown') {
    followUps.push({
      kind: 'checkOtherUses',
      message:
        'The provider turns this into AzureWebJobsStorage__accountName, which stands for addresses of the public cloud: set AzureWebJobsStorage__blobServiceUri, __queueServiceUri and __tableServiceUri among the app settings as well, from the primary endpoints of the storage account.',
    });
  }
  if (settings.length > 0 && !host) {
    followUps.push({
      kind: 'checkOtherUses',
      message: `Code that reads ${setting.name ?? 'the setting'} itself must read ${settings.join(', ')} instead, and the Functions extension must know identity-based connections (extension bundle 4.x).`,
    });
  }
  if (host && use.service.id === 'storage-blob') {
    followUps.push({
      kind: 'grantRole',
      message:
        'Storage Blob Data Owner is what the Functions host needs. Blob triggers and Durable Functions also need Storage Queue Data Contributor; Durable Functions and diagnostic events need Storage Table Data Contributor.',
    });
  }
  if (template.text.includes(contentShareSetting)) {
    followUps.push({
      kind: 'checkOtherUses',
      message: `${contentShareSetting} stays as it is: the content share of this plan has no identity-based form, so keys of its storage account must stay on. A Flex Consumption plan needs no content share.`,
    });
  }
  const general = serviceFollowUps(use.service).filter(({ kind }) => kind !== 'grantRole' && kind !== 'rotateSecret');
  return [
    ...followUps,
    ...general,
    {
      kind: 'checkOtherUses',
      message:
        'Deploying role assignments takes Microsoft.Authorization/roleAssignments/write, as Owner or Role Based Access Control Administrator has it.',
    },
  ];
}
