import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientMigration, SettingName } from '../service.ts';
import { registration } from './azure-clients.ts';
import { withSample } from './sample-file.ts';

const setting: SettingName = {
  name: 'AZURE_APPCONFIG_ENDPOINT',
  shortName: 'AppConfigEndpoint',
  holds: 'https://<store>.azconfig.io',
};

const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: fields => fields.get('endpoint'), setting },
} as const satisfies Partial<ClientMigration>;

const connectionString = (standIns: StandIns): string =>
  `Endpoint=https://contoso-shop.azconfig.io;Id=AbCd-l0-s0:x;Secret=${standIns.annotatedKey('AZAC')}`;

const sample = { secret: connectionString, endpoint: 'https://contoso-shop.azconfig.io' };

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/data/azappconfig';
const csharpProvider = {
  language: 'csharp',
  module: 'Microsoft.Extensions.Configuration.AzureAppConfiguration',
  package: 'Microsoft.Extensions.Configuration.AzureAppConfiguration',
  ...fromString,
} as const;

export const appConfigurationClients: readonly ClientMigration[] = [
  registration(fromString, {
    package: 'Azure.Data.AppConfiguration',
    before: 'AddConfigurationClient($CS)',
    after: 'AddConfigurationClient(new Uri($ENDPOINT))',
    connectionString,
    endpoint: 'https://contoso-shop.azconfig.io',
  }),
  withSample(
    {
      ...fromString,
      language: 'typescript',
      module: '@azure/app-configuration',
      package: '@azure/app-configuration',
      before: 'new AppConfigurationClient($CS, $$$OPTIONS)',
      after: 'new AppConfigurationClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    },
    sample,
    [
      {
        languageId: 'javascript',
        cursor: 'AppConfigurationClient(',
        before: () => `const { AppConfigurationClient } = require("@azure/app-configuration");

const client = new AppConfigurationClient(process.env.APPCONFIG_CONNECTION_STRING ?? "", { retryOptions: { maxRetries: 2 } });

exports.greeting = () => client.getConfigurationSetting({ key: "shop.greeting" });
`,
        after: `const { AppConfigurationClient } = require("@azure/app-configuration");
const { DefaultAzureCredential } = require("@azure/identity");

const client = new AppConfigurationClient(process.env.AZURE_APPCONFIG_ENDPOINT ?? "", new DefaultAzureCredential(), { retryOptions: { maxRetries: 2 } });

exports.greeting = () => client.getConfigurationSetting({ key: "shop.greeting" });
`,
      },
    ],
  ),
  {
    ...fromString,
    language: 'typescript',
    module: '@azure/app-configuration-provider',
    package: '@azure/app-configuration-provider',
    before: 'load($CS, $$$OPTIONS)',
    after: 'load($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `import { load } from '@azure/app-configuration-provider';

const connectionString = '${connectionString(standIns)}';

export async function settings() {
  const loaded = await load(connectionString, {
    selectors: [{ keyFilter: 'shop.*' }],
    trimKeyPrefixes: ['shop.'], // the app reads short names
  });
  return loaded.get('greeting');
}
`,
        after: `import { load } from '@azure/app-configuration-provider';
import { DefaultAzureCredential } from '@azure/identity';

const credential = new DefaultAzureCredential();

export async function settings() {
  const loaded = await load('https://contoso-shop.azconfig.io', credential, {
    selectors: [{ keyFilter: 'shop.*' }],
    trimKeyPrefixes: ['shop.'], // the app reads short names
  });
  return loaded.get('greeting');
}
`,
      },
    ],
  },
  withSample(
    {
      ...fromString,
      language: 'python',
      module: 'azure.appconfiguration',
      package: 'azure-appconfiguration',
      before: 'AzureAppConfigurationClient.from_connection_string(connection_string=$CS, $$$OPTIONS)',
      after: 'AzureAppConfigurationClient(base_url=$ENDPOINT, $$$OPTIONS, credential=$CREDENTIAL)',
    },
    sample,
    [
      {
        cursor: 'APPCONFIG_CONNECTION',
        before: () => `import os

from azure.appconfiguration.aio import AzureAppConfigurationClient


async def greeting() -> str:
    async with AzureAppConfigurationClient.from_connection_string(os.environ["APPCONFIG_CONNECTION"]) as client:
        return (await client.get_configuration_setting("shop.greeting")).value
`,
        after: `import os

from azure.appconfiguration.aio import AzureAppConfigurationClient
from azure.identity.aio import DefaultAzureCredential


async def greeting() -> str:
    async with AzureAppConfigurationClient(os.environ["AZURE_APPCONFIG_ENDPOINT"], credential=DefaultAzureCredential()) as client:
        return (await client.get_configuration_setting("shop.greeting")).value
`,
      },
    ],
  ),
  withSample(
    {
      ...fromString,
      language: 'python',
      module: 'azure.appconfiguration.provider',
      package: 'azure-appconfiguration-provider',
      before: 'load(connection_string=$CS, $$$OPTIONS)',
      after: 'load(endpoint=$ENDPOINT, credential=$CREDENTIAL, $$$OPTIONS)',
    },
    sample,
  ),
  withSample(
    {
      ...fromString,
      language: 'csharp',
      module: 'Azure.Data.AppConfiguration',
      package: 'Azure.Data.AppConfiguration',
      before: 'new ConfigurationClient(connectionString: $CS, $$$OPTIONS)',
      after: 'new ConfigurationClient(endpoint: new Uri($ENDPOINT), credential: $CREDENTIAL, $$$OPTIONS)',
      imports: { Uri: 'System' },
    },
    sample,
  ),
  {
    ...csharpProvider,
    // Many things connect.
    when: /Endpoint=/iu,
    before: '$OPTIONS.Connect($CS)',
    after: '$OPTIONS.Connect(new Uri($ENDPOINT), $CREDENTIAL)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using Microsoft.Extensions.Configuration.AzureAppConfiguration;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddAzureAppConfiguration(options =>
    options.Connect("${connectionString(standIns)}")
        .Select("Shop:*") // nothing else is ours
        .UseFeatureFlags());

var app = builder.Build();
Console.WriteLine(app.Environment.EnvironmentName);
app.Run();
`,
        after: `using Azure.Identity;
using Microsoft.Extensions.Configuration.AzureAppConfiguration;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddAzureAppConfiguration(options =>
    options.Connect(new Uri("https://contoso-shop.azconfig.io"), new DefaultAzureCredential())
        .Select("Shop:*") // nothing else is ours
        .UseFeatureFlags());

var app = builder.Build();
Console.WriteLine(app.Environment.EnvironmentName);
app.Run();
`,
      },
    ],
  },
  {
    ...csharpProvider,
    before: '$BUILDER.AddAzureAppConfiguration($CS)',
    after: '$BUILDER.AddAzureAppConfiguration(options => options.Connect(new Uri($ENDPOINT), $CREDENTIAL))',
    imports: { Uri: 'System' },
    examples: [
      {
        cursor: 'APPCONFIG_CONNECTION',
        before: () => `using System;
using Microsoft.Extensions.Configuration;

var configuration = new ConfigurationBuilder()
    .AddJsonFile("appsettings.json")
    .AddAzureAppConfiguration(Environment.GetEnvironmentVariable("APPCONFIG_CONNECTION"))
    .Build();
`,
        after: `using System;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

var configuration = new ConfigurationBuilder()
    .AddJsonFile("appsettings.json")
    .AddAzureAppConfiguration(options => options.Connect(new Uri(Environment.GetEnvironmentVariable("AZURE_APPCONFIG_ENDPOINT")), new DefaultAzureCredential()))
    .Build();
`,
      },
    ],
  },
  withSample(
    {
      ...fromString,
      language: 'java',
      module: 'com.azure.data.appconfiguration',
      package: 'com.azure:azure-data-appconfiguration',
      before: 'new ConfigurationClientBuilder().connectionString($CS).$$$CALLS()',
      after: 'new ConfigurationClientBuilder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()',
    },
    sample,
  ),
  withSample(
    {
      ...fromString,
      language: 'go',
      module: sdk,
      alsoFrom: [`${sdk}/v2`],
      package: sdk,
      before: 'azappconfig.NewClientFromConnectionString($CS, $OPTIONS)',
      after: 'azappconfig.NewClient($ENDPOINT, $CREDENTIAL, $OPTIONS)',
    },
    { ...sample, values: { OPTIONS: 'nil' } },
  ),
];
