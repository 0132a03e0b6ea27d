import { connectionStringFields } from '../../formats/connection-string.ts';
import type { FollowUp } from '../../rewrite/fix.ts';
import type { SpringMigration } from '../service.ts';

const documentation = 'Spring Cloud Azure signs in with DefaultAzureCredential where no key is set';
const fileShare =
  'File shares take a token only together with a file request intent, which Spring’s properties cannot state. Build the ShareServiceClient in code, or take this value from Key Vault.';

function role(kind: string): FollowUp[] {
  const name = kind === 'queue' ? 'Storage Queue Data Contributor' : 'Storage Blob Data Contributor';
  return [
    {
      kind: 'grantRole',
      message: `Grant the app's identity "${name}" on the storage account: ${documentation}.`,
      copyable: `az role assignment create --role "${name}" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope <storage-account-id>`,
    },
  ];
}

function kindOf(name: string): string {
  return /\.storage\.(?<kind>blob|queue|fileshare)\./iu.exec(name)?.groups?.['kind']?.toLowerCase() ?? '';
}

/** `spring.cloud.azure.storage[.blob|.queue]` and checkpoints: account name instead of key or connection string. */
export const springStorage: readonly SpringMigration[] = [
  {
    form: 'spring',
    title: 'Sign in to Storage with the app’s identity',
    cures: ['storage-account-key'],
    property:
      /^spring\.cloud\.azure\.(?:storage\.(?:(?:blob|queue|fileshare)\.)?|eventhubs\.processor\.checkpointstore\.)(?:accountkey|connectionstring)$/u,
    rewrite({ name, prefix, value, valueOf }) {
      const kind = kindOf(name);
      if (kind === 'fileshare') return { refusal: fileShare };
      const fields = connectionStringFields(value);
      const account = fields.get('accountname');
      const known = valueOf(`${prefix}account-name`) ?? valueOf('spring.cloud.azure.storage.account-name');
      const suffix = fields.get('endpointsuffix');
      const others = ['account-key', 'connection-string'].map(key => prefix + key);
      if (account === undefined && known === undefined) {
        return {
          refusal: `This file does not say which storage account it is for. Set ${prefix}account-name, then run the fix again.`,
        };
      }
      const set: (readonly [string, string])[] = [];
      if (account !== undefined && account !== known) set.push([`${prefix}account-name`, account]);
      if (suffix !== undefined && suffix !== 'core.windows.net') {
        set.push([`${prefix}endpoint`, `https://${account ?? known ?? ''}.${kind || 'blob'}.${suffix}`]);
      }
      return { remove: others, set, followUps: role(kind) };
    },
    followUps: [],
    examples: [
      {
        path: 'src/main/resources/application.properties',
        before: s =>
          `# Photos\nspring.cloud.azure.storage.blob.account-name=contosophotos\nspring.cloud.azure.storage.blob.account-key=«${s.storageAccountKey()}»\nspring.cloud.azure.storage.blob.container-name=photos\n`,
        after: `# Photos\nspring.cloud.azure.storage.blob.account-name=contosophotos\nspring.cloud.azure.storage.blob.container-name=photos\n`,
      },
      {
        path: 'src/main/resources/application-prod.yml',
        before: s =>
          `spring:\n  cloud:\n    azure:\n      storage:\n        queue:\n          connection-string: "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=«${s.storageAccountKey()}»;EndpointSuffix=core.windows.net" # orders\n          queue-name: orders\n`,
        after: `spring:\n  cloud:\n    azure:\n      storage:\n        queue:\n          account-name: contosoorders # orders\n          queue-name: orders\n`,
      },
      {
        path: 'application.yaml',
        before: s =>
          `spring.cloud.azure.storage.blob:\n  connectionString: DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=«${s.storageAccountKey()}»;EndpointSuffix=core.chinacloudapi.cn\n`,
        after: `spring.cloud.azure.storage.blob:\n  account-name: contosophotos\n  endpoint: https://contosophotos.blob.core.chinacloudapi.cn\n`,
      },
      {
        path: 'application.properties',
        before: s =>
          `spring.cloud.azure.eventhubs.processor.checkpoint-store.container-name=telemetry\nspring.cloud.azure.eventhubs.processor.checkpoint-store.account-name=contosocheckpoints\nspring.cloud.azure.eventhubs.processor.checkpoint-store.account-key=«${s.storageAccountKey()}»\n`,
        after: `spring.cloud.azure.eventhubs.processor.checkpoint-store.container-name=telemetry\nspring.cloud.azure.eventhubs.processor.checkpoint-store.account-name=contosocheckpoints\n`,
      },
      {
        path: 'application.properties',
        before: s => `spring.cloud.azure.storage.blob.account-key=«${s.storageAccountKey()}»\n`,
        after: { refusal: /account-name/u },
      },
      {
        path: 'application.properties',
        before: s =>
          `spring.cloud.azure.storage.fileshare.account-name=contoso\nspring.cloud.azure.storage.fileshare.account-key=«${s.storageAccountKey()}»\n`,
        after: { refusal: /request intent/u },
      },
    ],
  },
];
