import type { ClientMigration, Service, ServiceRole, SettingName } from '../service.ts';
import { refuseSovereign } from './sovereign-clouds.ts';

/** Regional and global endpoints take keys only, tokens need the resource's own host name; sovereign clouds an audience. */
export function refuseSharedHost(constants: ReadonlyMap<string, string>): string | undefined {
  const shared =
    /(?:\.api\.cognitive\.microsoft\.(?:com|us)|api[\w-]*\.cognitive\.microsofttranslator\.\w+)(?:[:/]|$)/iu;
  return [...constants.values()].some(value => shared.test(value))
    ? 'An endpoint that resources share (api.cognitive.microsoft.com and the like) takes no token. Give the resource a custom subdomain, use its endpoint, then run the fix again.'
    : refuseSovereign(constants);
}

export const fromKey = {
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  refuse: refuseSharedHost,
} as const satisfies Partial<ClientMigration>;

export const speechEndpoint: SettingName = {
  name: 'AZURE_SPEECH_ENDPOINT',
  shortName: 'SpeechEndpoint',
  holds: 'https://<custom-subdomain>.cognitiveservices.azure.com/',
};

export const translatorResource: SettingName = {
  name: 'AZURE_TRANSLATOR_RESOURCE_ID',
  shortName: 'TranslatorResourceId',
  holds:
    '/subscriptions/<subscription>/resourceGroups/<resource-group>/providers/Microsoft.CognitiveServices/accounts/<translator>',
};

/** What the products behind one kind of resource have in common. */
export const cognitiveServices = {
  credentials: [],
  settings: [],
  prerequisites: [
    {
      kind: 'checkOtherUses',
      message:
        'Tokens need the resource’s own host name: give it a custom subdomain if it has none yet. It cannot be taken back.',
      copyable:
        'az cognitiveservices account update --name <resource> --resource-group <resource-group> --custom-domain <custom-subdomain>',
    },
  ],
  keysOff: {
    resourceType: 'Microsoft.CognitiveServices/accounts',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_cognitive_account', property: 'local_auth_enabled', value: false },
  },
} as const satisfies Partial<Service>;

export const cognitiveServicesUser: ServiceRole = {
  name: 'Cognitive Services User',
  id: 'a97b65f3-24c7-4388-baec-2e87135dc908',
  grants: 'calls every API of the resource',
};
