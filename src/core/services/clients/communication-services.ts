import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientMigration, SettingName } from '../service.ts';
import { keyRegistration, registration } from './azure-clients.ts';
import { withSample, type Sample } from './sample-file.ts';

const setting: SettingName = {
  name: 'AZURE_COMMUNICATION_ENDPOINT',
  shortName: 'CommunicationEndpoint',
  holds: 'https://<resource>.communication.azure.com',
};

const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: fields => fields.get('endpoint'), setting },
} as const satisfies Partial<ClientMigration>;

const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

const endpoint = 'https://contoso-mail.europe.communication.azure.com/';

const connectionString = (standIns: StandIns): string =>
  `endpoint=${endpoint};accesskey=${standIns.annotatedKey('AZCS')}`;

const stringSample: Sample = { secret: connectionString, endpoint };
const keySample: Sample = { secret: standIns => standIns.annotatedKey('AZCS') };

const typescriptClients = [
  ['@azure/communication-email', 'EmailClient'],
  ['@azure/communication-sms', 'SmsClient'],
  ['@azure/communication-identity', 'CommunicationIdentityClient'],
] as const;

const pythonClients = [
  ['azure.communication.email', 'EmailClient'],
  ['azure.communication.sms', 'SmsClient'],
  ['azure.communication.identity', 'CommunicationIdentityClient'],
  ['azure.communication.phonenumbers', 'PhoneNumbersClient'],
  ['azure.communication.callautomation', 'CallAutomationClient'],
  ['azure.communication.rooms', 'RoomsClient'],
  ['azure.communication.messages', 'NotificationMessagesClient'],
] as const;

/** With what their constructors call a token credential, and a key if they take one beside the endpoint. */
const csharpClients = [
  ['Azure.Communication.Email', 'EmailClient', 'credential', 'credential'],
  ['Azure.Communication.Sms', 'SmsClient', 'tokenCredential', 'keyCredential'],
  ['Azure.Communication.Identity', 'CommunicationIdentityClient', 'tokenCredential', 'keyCredential'],
  ['Azure.Communication.PhoneNumbers', 'PhoneNumbersClient', 'tokenCredential', 'keyCredential'],
  ['Azure.Communication.CallAutomation', 'CallAutomationClient', 'credential', undefined],
  ['Azure.Communication.Rooms', 'RoomsClient', 'credential', 'credential'],
  ['Azure.Communication.Messages', 'NotificationMessagesClient', 'credential', 'credential'],
] as const;

const javaBuilders = [
  ['com.azure.communication.email', 'azure-communication-email', 'EmailClientBuilder'],
  ['com.azure.communication.sms', 'azure-communication-sms', 'SmsClientBuilder'],
  ['com.azure.communication.identity', 'azure-communication-identity', 'CommunicationIdentityClientBuilder'],
  ['com.azure.communication.phonenumbers', 'azure-communication-phonenumbers', 'PhoneNumbersClientBuilder'],
  ['com.azure.communication.callautomation', 'azure-communication-callautomation', 'CallAutomationClientBuilder'],
  ['com.azure.communication.rooms', 'azure-communication-rooms', 'RoomsClientBuilder'],
  ['com.azure.communication.messages', 'azure-communication-messages', 'NotificationMessagesClientBuilder'],
] as const;

/** Chat and calling clients take their users' own tokens (`AzureCommunicationTokenCredential`) and are left alone. */
export const communicationServicesClients: readonly ClientMigration[] = [
  registration(fromString, {
    package: 'Azure.Communication.Email',
    before: 'AddEmailClient($CS)',
    after: 'AddEmailClient(new Uri($ENDPOINT))',
    connectionString,
    endpoint,
  }),
  keyRegistration(fromKey, {
    package: 'Azure.Communication.Email',
    method: 'AddEmailClient',
    endpoint,
    key: keySample.secret,
  }),
  ...typescriptClients.flatMap(([module, client]) => [
    withSample(
      {
        ...fromString,
        language: 'typescript',
        module,
        package: module,
        before: `new ${client}($CS, $$$OPTIONS)`,
        after: `new ${client}($ENDPOINT, $CREDENTIAL, $$$OPTIONS)`,
      },
      stringSample,
    ),
    withSample(
      {
        ...fromKey,
        language: 'typescript',
        module,
        package: module,
        before: `new ${client}($URL, new AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
      },
      { ...keySample, values: { URL: `'${endpoint}'` }, keyCredentialFrom: '@azure/core-auth' },
    ),
  ]),
  ...pythonClients.flatMap(([module, client]) => [
    withSample(
      {
        ...fromString,
        language: 'python',
        module,
        package: module.replaceAll('.', '-'),
        before: `${client}.from_connection_string(conn_str=$CS, $$$OPTIONS)`,
        after: `${client}(endpoint=$ENDPOINT, credential=$CREDENTIAL, $$$OPTIONS)`,
      },
      stringSample,
    ),
    withSample(
      {
        ...fromKey,
        language: 'python',
        module,
        package: module.replaceAll('.', '-'),
        before: `${client}(endpoint=$URL, credential=AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `${client}(endpoint=$URL, credential=$CREDENTIAL, $$$OPTIONS)`,
      },
      { ...keySample, values: { URL: `"${endpoint}"` } },
    ),
  ]),
  ...csharpClients.flatMap(([module, client, token, key]) => [
    withSample(
      {
        ...fromString,
        language: 'csharp',
        module,
        package: module,
        before: `new ${client}(connectionString: $CS, $$$OPTIONS)`,
        after: `new ${client}(endpoint: new Uri($ENDPOINT), ${token}: $CREDENTIAL, $$$OPTIONS)`,
        imports: { Uri: 'System' },
      },
      stringSample,
    ),
    ...(key === undefined
      ? []
      : [
          withSample(
            {
              ...fromKey,
              language: 'csharp',
              module,
              package: module,
              before: `new ${client}(endpoint: $URL, ${key}: new AzureKeyCredential($KEY), $$$OPTIONS)`,
              after: `new ${client}(endpoint: $URL, ${token}: $CREDENTIAL, $$$OPTIONS)`,
            },
            { ...keySample, values: { URL: `new Uri("${endpoint}")` } },
          ),
        ]),
  ]),
  ...javaBuilders.flatMap(([module, name, builder]) => [
    withSample(
      {
        ...fromString,
        language: 'java',
        module,
        package: `com.azure:${name}`,
        before: `new ${builder}().connectionString($CS).$$$CALLS()`,
        after: `new ${builder}().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()`,
      },
      stringSample,
    ),
    withSample(
      {
        ...fromKey,
        language: 'java',
        module,
        package: `com.azure:${name}`,
        before: `new ${builder}().credential(new AzureKeyCredential($KEY)).$$$CALLS()`,
        after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
      },
      { ...keySample, build: `endpoint("${endpoint}").buildClient` },
    ),
  ]),
];
