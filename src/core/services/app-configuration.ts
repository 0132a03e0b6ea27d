import { connectionStringKey, hostNear } from '../secrets/connection-string-key.ts';
import { annotatedKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { appConfigurationClients } from './clients/app-configuration.ts';
import { springAppConfiguration } from './settings/spring-data.ts';
import type { CredentialFormat, Service } from './service.ts';

const storeHost = /(?<![a-z0-9-])([a-z0-9-]+)\.azconfig\.(?:io|azure\.us|azure\.cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'app-configuration-access-key',
    title: 'Azure App Configuration access key',
    message: 'An access key of an Azure App Configuration store[, {store},] is embedded here[ ({note})].',
    leak: 'Whoever reads it can read every setting and feature flag of the store, and with a read-write key change what the application does.',
    remedy:
      'Connect with the endpoint and DefaultAzureCredential, grant App Configuration Data Reader, regenerate the key, then set disableLocalAuth to true.',
    severity: 'error',
    keywords: ['JQQJ9', '.azconfig.'],
    patterns: [
      annotatedKeyPattern('AZAC', match => ({ store: hostNear(match, storeHost) })),
      connectionStringKey({
        key: 'Secret',
        value: '[A-Z0-9+/]{36,100}={0,2}',
        endpoint: ['endpoint'],
        host: storeHost,
        args: store => ({ store }),
      }),
    ],
    examples: {
      found: [
        {
          languageId: 'dotenv',
          text: s => `CS=Endpoint=https://contoso.azconfig.io;Id=AbCd-l0-s0:x;Secret=«${s.legacyKey32()}»`,
        },
        {
          languageId: 'json',
          text: s => `{"AppConfig":"Secret=«${s.annotatedKey('AZAC')}»;Id=AbCd;Endpoint=https://contoso.azconfig.io"}`,
        },
        { languageId: 'python', text: s => `SECRET = '«${s.annotatedKey('AZAC')}»'` },
        {
          languageId: 'csharp',
          severity: 'warning',
          text: s =>
            `Connect("Endpoint=https://contoso.azconfig.io;Id=AbCd;Secret=«${s.annotatedKey('AZAC').replace(/.$/u, last => (last === 'a' ? 'b' : 'a'))}»")`,
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: () => 'Endpoint=https://contoso.azconfig.io;Id=<id>;Secret=<secret>',
          why: 'placeholder',
        },
        { languageId: 'dotenv', text: () => 'APPCONFIG_ENDPOINT=https://contoso.azconfig.io', why: 'an endpoint' },
        {
          languageId: 'yaml',
          text: s => `endpoint: https://contoso.azconfig.io\nchecksum: ${s.legacyKey32()}`,
          why: 'not a secret by its name',
        },
      ],
    },
  },
];

export const appConfiguration: Service = {
  id: 'app-configuration',
  name: 'Azure App Configuration',
  documentation:
    'https://learn.microsoft.com/azure/azure-app-configuration/howto-integrate-azure-managed-service-identity',
  credentials,
  settings: springAppConfiguration,
  template: {
    type: 'Microsoft.AppConfiguration/configurationStores',
    terraform: {
      types: ['azurerm_app_configuration'],
      secrets: ['primary_read_key', 'secondary_read_key', 'primary_write_key', 'secondary_write_key'],
    },
    endpoint: {
      bicep: '$.properties.endpoint',
      arm: "reference($id, '2023-03-01').endpoint",
      terraform: '$.endpoint',
    },
    grants: ['516239f1-63e1-4d78-a4de-a74fb236a071'],
  },
  operations: [
    {
      languages: {
        typescript: ['getConfigurationSetting', 'listConfigurationSettings', 'listRevisions'],
        python: ['get_configuration_setting', 'list_configuration_settings', 'list_revisions'],
        csharp: [
          'GetConfigurationSetting',
          'GetConfigurationSettingAsync',
          'GetConfigurationSettings',
          'GetConfigurationSettingsAsync',
          'AddAzureAppConfiguration',
        ],
        java: ['getConfigurationSetting', 'listConfigurationSettings', 'listRevisions'],
        go: ['GetSetting', 'NewListSettingsPager', 'NewListRevisionsPager'],
      },
      dataActions: ['Microsoft.AppConfiguration/configurationStores/keyValues/read'],
    },
    {
      languages: {
        typescript: ['addConfigurationSetting', 'setConfigurationSetting', 'setReadOnly'],
        python: ['add_configuration_setting', 'set_configuration_setting', 'set_read_only'],
        csharp: [
          'AddConfigurationSetting',
          'AddConfigurationSettingAsync',
          'SetConfigurationSetting',
          'SetConfigurationSettingAsync',
          'SetReadOnly',
          'SetReadOnlyAsync',
        ],
        java: ['addConfigurationSetting', 'setConfigurationSetting', 'setReadOnly'],
        go: ['AddSetting', 'SetSetting', 'SetReadOnly'],
      },
      dataActions: ['Microsoft.AppConfiguration/configurationStores/keyValues/write'],
    },
    {
      languages: {
        typescript: ['deleteConfigurationSetting'],
        python: ['delete_configuration_setting'],
        csharp: ['DeleteConfigurationSetting', 'DeleteConfigurationSettingAsync'],
        java: ['deleteConfigurationSetting'],
        go: ['DeleteSetting'],
      },
      dataActions: ['Microsoft.AppConfiguration/configurationStores/keyValues/delete'],
    },
  ],
  roles: [
    {
      name: 'App Configuration Data Reader',
      id: '516239f1-63e1-4d78-a4de-a74fb236a071',
      grants: 'reads settings and feature flags',
    },
    {
      name: 'App Configuration Data Owner',
      id: '5ae67dd6-50cb-40e7-96ff-dc2bfa4b606b',
      grants: 'reads and writes settings and feature flags',
    },
  ],
  rotation: {
    command: 'az appconfig credential regenerate --name <name> --id <key-id>',
  },
  keysOff: {
    resourceType: 'Microsoft.AppConfiguration/configurationStores',
    property: 'disableLocalAuth',
    value: true,
    terraform: { resource: 'azurerm_app_configuration', property: 'local_auth_enabled', value: false },
  },
  clients: appConfigurationClients,
};
