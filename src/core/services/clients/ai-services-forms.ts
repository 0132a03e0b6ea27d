import type { ClientMigration, SettingName } from '../service.ts';

/** Regional and global endpoints take keys only; tokens need the resource's own host name. */
export function refuseSharedHost(constants: ReadonlyMap<string, string>): string | undefined {
  const shared =
    /(?:\.api\.cognitive\.microsoft\.(?:com|us)|api[\w-]*\.cognitive\.microsofttranslator\.\w+)(?:[:/]|$)/iu;
  return [...constants.values()].some(value => shared.test(value))
    ? 'An endpoint that resources share (api.cognitive.microsoft.com and the like) takes no token. Give the resource a custom subdomain, use its endpoint, then run the fix again.'
    : undefined;
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
