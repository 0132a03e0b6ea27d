import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './data-lake-forms.ts';

const java = {
  language: 'java',
  module: 'com.azure.storage.file.datalake',
  package: 'com.azure:azure-storage-file-datalake',
} as const;

const fileSystem = '.fileSystemName("raw")';

/** Builders, the calls that say which part of the lake is meant, and what ends the chain. */
const builders = [
  ['DataLakeServiceClientBuilder', '', 'buildClient', 'DataLakeServiceClient'],
  ['DataLakeFileSystemClientBuilder', fileSystem, 'buildClient', 'DataLakeFileSystemClient'],
  ['DataLakePathClientBuilder', `${fileSystem}.pathName("2026/sales.csv")`, 'buildFileClient', 'DataLakeFileClient'],
] as const;

export const dataLakeJavaClients: readonly ClientMigration[] = [
  {
    ...java,
    ...fromString,
    before: `new DataLakeServiceClientBuilder().connectionString($CS).$$$CALLS()`,
    after: `new DataLakeServiceClientBuilder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()`,
    examples: [
      {
        before: standIns => `package com.contoso.lake;

import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;

public class Lake {
    private final DataLakeServiceClient client;

    public Lake() {
        var connection = "${connectionString(standIns.storageAccountKey())}";
        client = new DataLakeServiceClientBuilder().connectionString(connection).buildClient();
    }
}
`,
        after: `package com.contoso.lake;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;

public class Lake {
    private final DataLakeServiceClient client;

    public Lake() {
        client = new DataLakeServiceClientBuilder().endpoint("https://contosolake.dfs.core.windows.net").credential(new DefaultAzureCredentialBuilder().build()).buildClient();
    }
}
`,
      },
    ],
  },
  ...builders.map(([builder, calls, build, client]): ClientMigration => ({
    ...java,
    ...fromKey,
    before: `new ${builder}().credential(new StorageSharedKeyCredential($ACCOUNT, $KEY)).$$$CALLS()`,
    after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
    examples: [
      {
        before: standIns => `import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.file.datalake.${client};
import com.azure.storage.file.datalake.${builder};

class Lake {
    private final StorageSharedKeyCredential key = new StorageSharedKeyCredential("contosolake", "${standIns.storageAccountKey()}");
    final ${client} client = new ${builder}()
        .endpoint("https://contosolake.dfs.core.windows.net")
        .credential(key)${calls}
        .${build}();
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.file.datalake.${client};
import com.azure.storage.file.datalake.${builder};

class Lake {
    private final TokenCredential key = new DefaultAzureCredentialBuilder().build();
    final ${client} client = new ${builder}()
        .endpoint("https://contosolake.dfs.core.windows.net")
        .credential(key)${calls}
        .${build}();
}
`,
      },
    ],
  })),
];
