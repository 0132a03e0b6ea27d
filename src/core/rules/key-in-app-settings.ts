import { explanation, type FixOffer, guidance, type Refusal } from '../rewrite/fix.ts';
import { serviceFollowUps } from '../rewrite/follow-ups.ts';
import type { Service } from '../services/service.ts';
import { cloudOf, type TemplateCloud } from '../templates/cloud.ts';
import { templateOffer } from '../templates/edit.ts';
import { vaultReference } from '../templates/key-vault-reference.ts';
import { isRegistrySetting, pullWithIdentity } from '../templates/registry-pull.ts';
import { turnKeysOff } from '../templates/keys-off.ts';
import { mayBeTemplate, readTemplate, templateLanguages } from '../templates/read-template.ts';
import type { Template } from '../templates/template.ts';
import {
  contentShareSetting,
  isIdentityConnection,
  type KeyInSetting,
  placesOf,
  rolesOf,
  useIdentity,
  writerFor,
} from '../templates/use-identity.ts';
import { applyEdits } from '../text/text-edit.ts';
import type { SourceDocument } from '../engine/finding.ts';
import { keyInAppSettingsExamples, keyInAppSettingsFixes } from './examples/key-in-app-settings.ts';
import type { IdentityRule, RuleHead } from './rule.ts';

function keysInSettings(template: Template): KeyInSetting[] {
  return template.settings.flatMap(setting => {
    if (setting.name?.toUpperCase() === contentShareSetting) return [];
    const [use] = template.keysIn(setting.value);
    return use === undefined ? [] : [{ template, setting, use }];
  });
}

export const head = {
  id: 'key-in-app-settings',
  severity: 'warning',
  languages: templateLanguages,
  keywords: [
    'listkeys',
    'listconnectionstrings',
    'listadminkeys',
    'listquerykeys',
    'listcredentials',
    '_key',
    '_connection_string',
    'admin_password',
    'connection_strings',
    'query_keys',
  ],
  concerns: mayBeTemplate,
} satisfies RuleHead;

export const keyInAppSettings: IdentityRule = {
  ...head,
  title: 'Service key in the settings of an app',
  message: 'The setting[ {name}] gives the app a key of {service}.',
  leak: 'Whoever may read the settings of the app, its deployment or a dump of its environment has the key, and with it everything that the service holds.',
  remedy:
    'Give the app an identity and a role on the service, and a setting that names the service instead of a key; Functions connections have an identity-based form.',
  documentation: 'https://learn.microsoft.com/azure/app-service/tutorial-connect-overview',
  find(document) {
    const template = readTemplate(document);
    return (template ? keysInSettings(template) : []).map(({ setting: { nameSpan, name }, use }) => ({
      span: nameSpan,
      confidence: 'high',
      args: { name, service: use.service.name },
    }));
  },
  async fixes(document, { span }, { workspace }) {
    const template = readTemplate(document);
    const found = template && keysInSettings(template).find(({ setting }) => setting.nameSpan.start === span.start);
    return found === undefined ? [] : offersFor(document, found, await cloudOf(document, found.template, workspace));
  },
  examples: keyInAppSettingsExamples,
  fixExamples: keyInAppSettingsFixes,
};

function offersFor(document: SourceDocument, found: KeyInSetting, cloud: TemplateCloud): FixOffer[] {
  const { use } = found;
  const reference = vaultReference(found);
  const noIdentity = use.service.noIdentity !== undefined;
  const toVault =
    'refusal' in reference
      ? []
      : [
          templateOffer(
            document,
            { id: 'key-vault-reference', title: 'Take it from Key Vault', isPreferred: noIdentity },
            reference,
          ),
        ];
  if (isRegistrySetting(found)) {
    const offer = { id: 'use-identity', title: 'Pull the image with the app’s identity', isPreferred: true };
    return [templateOffer(document, offer, pullWithIdentity(found))];
  }
  if (!isIdentityConnection(found)) return [...toVault, byHand(found, reference, cloud)];
  const change = useIdentity(found, cloud);
  const title = `Connect to ${use.service.name} with the app’s identity`;
  const offers = [templateOffer(document, { id: 'use-identity', title, isPreferred: true }, change)];
  if (!('refusal' in change)) offers.push(...withKeysOff(document, found, change));
  return [...offers, ...toVault];
}

/** The same fix, and the switch that makes the keys worthless: other callers that still use one would fail. */
function withKeysOff(
  document: SourceDocument,
  { use }: KeyInSetting,
  change: Exclude<ReturnType<typeof useIdentity>, Refusal>,
): FixOffer[] {
  const after = { ...document, text: applyEdits(document.text, change.edits) };
  const template = readTemplate(after);
  const resource = template?.resources.find(({ id }) => id === use.resource?.id);
  if (template === undefined || resource === undefined) return [];
  const used = [...template.settings, ...template.outputs].some(({ value }) =>
    template.keysIn(value).some(other => other.resource?.id === resource.id),
  );
  const off = used ? undefined : turnKeysOff(template, resource, use.service);
  if (off === undefined) return [];
  const before = document.text;
  const title = `Connect with the app’s identity and turn the keys of ${use.service.name} off`;
  return [
    templateOffer(
      document,
      { id: 'use-identity-keys-off', title, isPreferred: false },
      {
        edits: [{ span: { start: 0, end: before.length }, newText: applyEdits(after.text, off) }],
        followUps: [
          ...change.followUps.filter(({ kind }) => kind !== 'turnKeysOff'),
          {
            kind: 'checkOtherUses',
            message: `Everything that still uses a key of ${use.service.name} fails from now on: look at its logs for callers with keys first.`,
          },
        ],
      },
    ),
  ];
}

/** What must change first where the app's own code reads the key, with what the template says afterwards. */
function byHand(found: KeyInSetting, reference: ReturnType<typeof vaultReference>, cloud: TemplateCloud): FixOffer {
  const { setting, use } = found;
  const { service, form } = use;
  const { name = 'This setting' } = setting;
  if (service.noIdentity !== undefined) {
    const why = 'refusal' in reference ? ` ${reference.refusal}` : '';
    return explanation({ refusal: `${service.noIdentity.why} Keep the secret in Key Vault and refer to it.${why}` });
  }
  const instead = form.endpoint === undefined ? 'its host name' : 'its endpoint';
  const roles = `the role${form.grants.length > 1 ? 's' : ''} that the code needs`;
  const refusal = `${name} is read by the app’s own code. Rewrite the client there to ${instead} and DefaultAzureCredential first (Keyless offers that on the client), then replace this setting by ${instead} and assign ${roles}.`;
  const snippet = keylessSetting(found, cloud);
  if (snippet === undefined) return explanation({ refusal });
  return guidance({
    refusal,
    guide: {
      title: `${service.name} without a key in the app’s settings`,
      steps: [
        `Rewrite the code that reads \`${name}\` to connect with ${instead} and \`DefaultAzureCredential\`: the quick fix on the client does that.`,
        `Put the setting below in the place of \`${name}\`, under the name that the code reads from then on.`,
        `Give the app an identity, where it has none, and assign ${roles}: of those below, the ones that fit.`,
      ],
      snippet: { languageId: found.template.language === 'arm' ? 'json' : found.template.language, text: snippet },
      documentation: service.documentation,
      followUps: serviceFollowUps(service).filter(({ kind }) => kind !== 'grantRole' && kind !== 'rotateSecret'),
    },
  });
}

/** The setting that takes the place of the key, and the role assignments, as the template would write them. */
function keylessSetting(found: KeyInSetting, cloud: TemplateCloud): string | undefined {
  const { template, setting, use } = found;
  const places = placesOf(found);
  if ('refusal' in places || use.form.endpoint === undefined || setting.form === 'connectionString') return undefined;
  const writer = writerFor(template);
  const value = writer.expression(use.form.endpoint, places.resource, cloud);
  const identity = writer.identityOf(places.app);
  const name = settingNameOf(use.service);
  if (value === undefined || name === undefined || 'refusal' in identity) return undefined;
  const written = writer.replaceSetting(setting, [{ name, value }]).map(({ newText }) => newText);
  const grants = rolesOf(use.service, use.form.grants).flatMap(role => {
    const granted = writer.grant({ ...places, role, principalId: identity.principalId });
    return 'refusal' in granted ? [] : granted.map(({ newText }) => newText.replace(/^[\s,]+/u, ''));
  });
  return [...written, ...grants].join('\n\n');
}

/** The setting that the service's clients read their endpoint from. */
function settingNameOf({ clients }: Service): string | undefined {
  const [first] = clients.flatMap(({ endpoint }) => (endpoint.from === 'capture' ? [] : endpoint.setting.name));
  return first;
}
