import { objectAt, propertyOf } from '../formats/expression.ts';
import { attributeOf } from '../formats/hcl.ts';
import type { Refusal } from '../rewrite/fix.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { BicepResource } from './bicep.ts';
import { indentAt, indentStep, lineEndOf, standsAlone, type TemplateChange } from './edit.ts';
import type { Template, TemplateResource } from './template.ts';
import type { TerraformResource } from './terraform.ts';
import { type KeyInSetting, placesOf, rolesOf, writerFor } from './use-identity.ts';

/** Settings that App Service itself signs in to the registry with. */
const ownSettings = /^DOCKER_REGISTRY_SERVER_(?:PASSWORD|USERNAME)$/u;

export function isRegistrySetting({ setting }: KeyInSetting): boolean {
  return ownSettings.test(setting.name ?? '');
}

/** Lets App Service pull the app's image with the app's identity, in place of user name and password. */
export function pullWithIdentity(found: KeyInSetting): TemplateChange | Refusal {
  const { template, setting, use } = found;
  const places = placesOf(found);
  if ('refusal' in places) return places;
  const { app, resource } = places;
  const writer = writerFor(template);
  const identity = writer.identityOf(app);
  if ('refusal' in identity) return identity;
  const own = template.settings.filter(one => one.app?.id === app.id && ownSettings.test(one.name ?? ''));
  // Two removals that share a line, or stand in different lists, may take each other's separators.
  if (!own.every(one => one.form === setting.form && standsAlone(template.text, one.span.start))) {
    return { refusal: 'Write each setting on a line of its own first.' };
  }
  const on =
    template.language === 'terraform'
      ? inTerraform(template, app, identity.clientId)
      : inBicep(template, app, identity.clientId);
  if (on === undefined) {
    return {
      refusal:
        'Where the app’s configuration is cannot be told here. Set acrUseManagedIdentityCreds to true, then remove user name and password.',
    };
  }
  const edits: TextEdit[] = [...identity.edits, ...on, ...own.flatMap(one => writer.removeSetting(one))];
  for (const role of rolesOf(use.service, use.form.grants)) {
    const granted = writer.grant({ app, resource, role, principalId: identity.principalId });
    if ('refusal' in granted) return granted;
    edits.push(...granted);
  }
  return {
    edits,
    followUps: [
      {
        kind: 'turnKeysOff',
        message: 'Once the app pulls with its identity, turn the admin user of the registry off.',
      },
    ],
  };
}

function inBicep({ language, text }: Template, app: TemplateResource, clientId?: string): TextEdit[] | undefined {
  if (language !== 'bicep') return undefined;
  const { body } = (app as BicepResource).declaration;
  const config = body && objectAt(body, 'properties', 'siteConfig');
  const [first] = config?.properties ?? [];
  if (config === undefined || first === undefined || propertyOf(config, 'acrUseManagedIdentityCreds')) return undefined;
  const lines = [
    'acrUseManagedIdentityCreds: true',
    ...(clientId === undefined ? [] : [`acrUserManagedIdentityID: ${clientId}`]),
  ];
  const separator = `${lineEndOf(text)}${indentAt(text, first.span.start)}`;
  const at = { start: first.span.start, end: first.span.start };
  return [{ span: at, newText: lines.map(line => `${line}${separator}`).join('') }];
}

function inTerraform({ text }: Template, app: TemplateResource, clientId?: string): TextEdit[] | undefined {
  const { block } = app as TerraformResource;
  const config = block.body.blocks.find(({ type }) => type === 'site_config');
  if (config === undefined || attributeOf(config.body, 'container_registry_use_managed_identity')) return undefined;
  const lineEnd = lineEndOf(text);
  const outer = indentAt(text, config.span.start);
  const lines = [
    'container_registry_use_managed_identity = true',
    ...(clientId === undefined ? [] : [`container_registry_managed_identity_client_id = ${clientId}`]),
  ].map(line => `${lineEnd}${outer}${indentStep(text)}${line}`);
  const empty = text.slice(config.inside.start, config.inside.end).trim() === '';
  const at = { start: config.inside.start, end: empty ? config.inside.end : config.inside.start };
  return [{ span: at, newText: `${lines.join('')}${empty ? `${lineEnd}${outer}` : ''}` }];
}
