import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientMigration, GuidedClient, SettingName } from '../service.ts';
import { refuseSovereign } from './sovereign-clouds.ts';
import { withSample, type Sample } from './sample-file.ts';

const setting: SettingName = {
  name: 'AZURE_IOTHUB_HOST_NAME',
  shortName: 'IotHubHostName',
  holds: '<hub>.azure-devices.net',
};

/** A device signs in with a key of its own or a certificate; roles are for back ends. */
function refuseDevice(constants: ReadonlyMap<string, string>): string | undefined {
  return /(?:^|;)\s*DeviceId\s*=/iu.test(constants.get('CS') ?? '')
    ? 'This is the connection string of a device, which takes no Microsoft Entra token. Give the device an X.509 certificate or enrol it with the Device Provisioning Service.'
    : refuseSovereign(constants);
}

const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: fields => fields.get('hostname'), setting },
  refuse: refuseDevice,
} as const satisfies Partial<ClientMigration>;

const hostName = 'contoso-plant.azure-devices.net';

const connectionString = (standIns: StandIns): string =>
  `HostName=${hostName};SharedAccessKeyName=service;SharedAccessKey=${standIns.identifiableKey('iotHub')}`;

const sample: Sample = { secret: connectionString, endpoint: hostName };

const typescript = {
  ...fromString,
  language: 'typescript',
  module: 'azure-iothub',
  package: 'azure-iothub',
} as const;
const python = {
  ...fromString,
  language: 'python',
  module: 'azure.iot.hub',
  package: 'azure-iot-hub',
  since: '2.5.0',
} as const;
const csharp = {
  ...fromString,
  language: 'csharp',
  module: 'Microsoft.Azure.Devices',
  package: 'Microsoft.Azure.Devices',
  since: '1.34.0',
} as const;
const java = {
  ...fromString,
  language: 'java',
  package: 'com.microsoft.azure.sdk.iot:iot-service-client',
  since: '2.0.0',
} as const;

const pythonManagers = [
  'IoTHubRegistryManager',
  'IoTHubJobManager',
  'IoTHubConfigurationManager',
  'IoTHubHttpRuntimeManager',
  'DigitalTwinClient',
];

const javaClients = [
  ['com.microsoft.azure.sdk.iot.service.registry', 'RegistryClient'],
  ['com.microsoft.azure.sdk.iot.service.twin', 'TwinClient'],
  ['com.microsoft.azure.sdk.iot.service.methods', 'DirectMethodsClient'],
  ['com.microsoft.azure.sdk.iot.service.configurations', 'ConfigurationsClient'],
  ['com.microsoft.azure.sdk.iot.service.jobs', 'ScheduledJobsClient'],
  ['com.microsoft.azure.sdk.iot.service.query', 'QueryClient'],
] as const;

export const iotHubClients: readonly ClientMigration[] = [
  ...['Registry', 'Client', 'JobClient'].map(client =>
    withSample(
      {
        ...typescript,
        before: `${client}.fromConnectionString($CS, $$$OPTIONS)`,
        after: `${client}.fromTokenCredential($ENDPOINT, $CREDENTIAL, $$$OPTIONS)`,
      },
      sample,
      [
        {
          languageId: 'javascript',
          cursor: 'IOTHUB_CONNECTION_STRING',
          before: () => `"use strict";

const iothub = require("azure-iothub");

const hub = iothub.${client}.fromConnectionString(process.env.IOTHUB_CONNECTION_STRING || "");

module.exports = hub;
`,
          after: `"use strict";

const { DefaultAzureCredential } = require("@azure/identity");
const iothub = require("azure-iothub");

const hub = iothub.${client}.fromTokenCredential(process.env.AZURE_IOTHUB_HOST_NAME || "", new DefaultAzureCredential());

module.exports = hub;
`,
        },
      ],
    ),
  ),
  ...pythonManagers.flatMap(manager => [
    withSample(
      {
        ...python,
        before: `${manager}.from_connection_string(connection_string=$CS)`,
        after: `${manager}.from_token_credential(url=$ENDPOINT, token_credential=$CREDENTIAL)`,
      },
      sample,
    ),
    withSample(
      {
        ...python,
        before: `${manager}(connection_string=$CS)`,
        after: `${manager}.from_token_credential(url=$ENDPOINT, token_credential=$CREDENTIAL)`,
      },
      sample,
    ),
  ]),
  ...['RegistryManager', 'JobClient', 'DigitalTwinClient'].map(client =>
    withSample(
      {
        ...csharp,
        before: `${client}.CreateFromConnectionString(connectionString: $CS, $$$OPTIONS)`,
        after: `${client}.Create(hostName: $ENDPOINT, credential: $CREDENTIAL, $$$OPTIONS)`,
      },
      sample,
    ),
  ),
  withSample(
    {
      ...csharp,
      before: 'ServiceClient.CreateFromConnectionString(connectionString: $CS)',
      after: 'ServiceClient.Create(hostName: $ENDPOINT, credential: $CREDENTIAL)',
    },
    sample,
  ),
  ...javaClients.map(([module, client]) =>
    withSample(
      {
        ...java,
        module,
        before: `new ${client}($CS, $$$OPTIONS)`,
        after: `new ${client}($ENDPOINT, $CREDENTIAL, $$$OPTIONS)`,
      },
      sample,
    ),
  ),
  withSample(
    {
      ...java,
      module: 'com.microsoft.azure.sdk.iot.service.messaging',
      before: 'new MessagingClient($CS, $PROTOCOL, $$$OPTIONS)',
      after: 'new MessagingClient($ENDPOINT, $CREDENTIAL, $PROTOCOL, $$$OPTIONS)',
    },
    { ...sample, values: { PROTOCOL: 'IotHubServiceClientProtocol.AMQPS' } },
  ),
];

export const iotHubGuides: readonly GuidedClient[] = [
  {
    language: 'csharp',
    module: 'Microsoft.Azure.Devices.Provisioning.Service',
    package: 'Microsoft.Azure.Devices.Provisioning.Service',
    before: 'ProvisioningServiceClient.CreateFromConnectionString(connectionString: $CS, $$$OPTIONS)',
    secret: fromString.secret,
    why: 'Version 1 of this package takes no token credential, although the Device Provisioning Service itself does.',
    steps: [
      'Move the connection string to Key Vault and read it with the identity of the app when the program starts.',
      'Give the app a shared access policy with the permissions that it needs alone, in the place of `provisioningserviceowner`.',
    ],
    snippet: `using System;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Azure.Devices.Provisioning.Service;

var vault = new SecretClient(new Uri("https://contoso.vault.azure.net"), new DefaultAzureCredential());
var connection = (await vault.GetSecretAsync("provisioning-connection-string")).Value.Value;
using var service = ProvisioningServiceClient.CreateFromConnectionString(connection);
`,
    documentation: 'https://learn.microsoft.com/azure/iot-dps/concepts-control-access-dps-azure-ad',
    examples: [
      {
        before: standIns => `using Microsoft.Azure.Devices.Provisioning.Service;

var service = ProvisioningServiceClient.CreateFromConnectionString("HostName=contoso.azure-devices-provisioning.net;SharedAccessKeyName=enrol;SharedAccessKey=${standIns.identifiableKey('iotHub')}");
`,
      },
    ],
  },
];
