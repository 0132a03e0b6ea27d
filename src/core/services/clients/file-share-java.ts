import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './file-share-forms.ts';

const java = {
  language: 'java',
  module: 'com.azure.storage.file.share',
  package: 'com.azure:azure-storage-file-share',
  since: '12.18.0',
  imports: { ShareTokenIntent: 'com.azure.storage.file.share.models' },
} as const;

/** Builders, the calls that say which part is meant, and what ends the chain. */
const builders = [
  ['ShareServiceClientBuilder', '', 'buildClient', 'ShareServiceClient'],
  ['ShareClientBuilder', '\n            .shareName("invoices")', 'buildClient', 'ShareClient'],
  [
    'ShareFileClientBuilder',
    '\n            .shareName("invoices")\n            .resourcePath("2026/1.pdf")',
    'buildFileClient',
    'ShareFileClient',
  ],
] as const;

/** With a token every request must state the token intent. */
export const fileShareJavaClients: readonly ClientMigration[] = builders.flatMap(
  ([builder, calls, build, client]): ClientMigration[] => {
    const program = (imports: string, call: string): string => `package com.contoso.files;

${imports}

class Invoices {
    private final ${client} files = new ${builder}()${calls}
            ${call}
            .${build}();
}
`;
    const sdk = `import com.azure.storage.file.share.${client};\nimport com.azure.storage.file.share.${builder};`;
    const after = `import com.azure.identity.DefaultAzureCredentialBuilder;\n${sdk}\nimport com.azure.storage.file.share.models.ShareTokenIntent;`;
    const keyless =
      '.credential(new DefaultAzureCredentialBuilder().build())\n            .shareTokenIntent(ShareTokenIntent.BACKUP)';
    return [
      {
        ...java,
        ...fromString,
        before: `new ${builder}().connectionString($CS).$$$CALLS()`,
        after: `new ${builder}().endpoint($ENDPOINT).credential($CREDENTIAL).shareTokenIntent(ShareTokenIntent.BACKUP).$$$CALLS()`,
        examples: [
          {
            before: standIns => program(sdk, `.connectionString("${connectionString(standIns.storageAccountKey())}")`),
            after: program(after, `.endpoint("https://contosofiles.file.core.windows.net")\n            ${keyless}`),
          },
        ],
      },
      {
        ...java,
        ...fromKey,
        before: `new ${builder}().credential(new StorageSharedKeyCredential($ACCOUNT, $KEY)).$$$CALLS()`,
        after: `new ${builder}().credential($CREDENTIAL).shareTokenIntent(ShareTokenIntent.BACKUP).$$$CALLS()`,
        examples: [
          {
            before: standIns =>
              program(
                `import com.azure.storage.common.StorageSharedKeyCredential;\n${sdk}`,
                `.endpoint(System.getenv("FILES_ENDPOINT"))\n            .credential(new StorageSharedKeyCredential("contosofiles", "${standIns.storageAccountKey()}"))`,
              ),
            after: program(after, `.endpoint(System.getenv("FILES_ENDPOINT"))\n            ${keyless}`),
          },
        ],
      },
    ];
  },
);
