import { isEmulatorKey } from '../secrets/well-known.ts';
import { endOf64Bytes } from '../secrets/grading.ts';
import type { CredentialFormat, CredentialMatch, Grade, Service } from './service.ts';

/** Settings of production, templates of infrastructure and workflows that deploy, by their names. */
const productionFile =
  /(?:^|[/\\])(?:[\w-]{1,60}[._-](?:prod|production|release|live)\.[\w.]{1,20}|(?:prod|production)\.[a-z]{2,10}|\.env\.prod(?:uction)?|(?:deploy|release|cd|prod)[\w-]{0,40}\.ya?ml|[\w.-]{1,80}\.(?:bicep|bicepparam|tf|tfvars)|(?:azuredeploy|mainTemplate)[\w.-]{0,40}\.json)$/iu;

const developmentFile =
  /(?:^|[/\\._-])(?:dev|development|local|test|tests|testing|emulator)(?:[._-][\w.-]{0,80})?\.[a-z]{2,10}$/iu;

function gradeEmulator(match: CredentialMatch): Grade | undefined {
  if (developmentFile.test(match.uri)) return undefined;
  return productionFile.test(match.uri) || /^(?:bicep|bicep-params|terraform|terraform-vars)$/u.test(match.languageId)
    ? { severity: 'warning', confidence: 'medium' }
    : undefined;
}

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'emulator-in-production',
    title: 'Emulator in a production setting',
    message: 'A setting of production names a local emulator or its well-known key here[ ({note})].',
    leak: 'The key is public and opens nothing in Azure; but the application looks for an emulator that is not there, or, where one is exposed, everybody can use it.',
    remedy:
      'Name the endpoint of the Azure resource and connect with DefaultAzureCredential; keep the emulator in settings for development.',
    severity: 'warning',
    keywords: [
      'usedevelopmentstorage',
      'usedevelopmentemulator',
      'devstoreaccount1',
      'localhost:8081',
      '127.0.0.1:8081',
      'documentdb',
    ],
    patterns: [
      {
        begins: ['usedevelopment'],
        regex: /(?<![\w-])(?<secret>UseDevelopment(?:Storage|Emulator)\s{0,4}=\s{0,4}true)/dgiu,
        grade: gradeEmulator,
      },
      {
        hint: endOf64Bytes,
        regex: /(?<![\w+/])(?<secret>[A-Za-z0-9+/]{86}==)(?!=)/dgu,
        grade: match => (isEmulatorKey(match.secret) ? gradeEmulator(match) : undefined),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'bicep',
          text: () => "{ name: 'AzureWebJobsStorage', value: '«UseDevelopmentStorage=true»' }",
        },
        {
          languageId: 'terraform',
          text: () =>
            'BUS = "Endpoint=sb://localhost;SharedAccessKeyName=k;SharedAccessKey=SAS_KEY_VALUE;«UseDevelopmentEmulator=true»;"',
        },
      ],
      silent: [
        {
          languageId: 'json',
          text: () => '{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}',
          why: 'settings for development',
        },
        {
          languageId: 'bicep',
          text: () => "{ name: 'AzureWebJobsStorage__accountName', value: storage.name } // not UseDevelopmentStorage",
          why: 'keyless already',
        },
      ],
    },
  },
];

/** Azurite and the emulators of Cosmos DB, Service Bus and Event Hubs. */
export const emulators: Service = {
  id: 'emulators',
  name: 'Local emulators',
  documentation: 'https://learn.microsoft.com/azure/storage/common/storage-use-azurite',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
