import type { ClientMigration } from '../service.ts';
import { fromKey, fromString } from './storage-blob-forms.ts';

const java = { language: 'java', module: 'com.azure.storage.blob', package: 'com.azure:azure-storage-blob' } as const;

const builders = [
  ['com.azure.storage.blob', 'BlobServiceClientBuilder', 'BlobServiceClient', ''],
  ['com.azure.storage.blob', 'BlobContainerClientBuilder', 'BlobContainerClient', '.containerName("photos")'],
  ['com.azure.storage.blob', 'BlobClientBuilder', 'BlobClient', '.containerName("photos").blobName(name)'],
  [
    'com.azure.storage.blob.specialized',
    'SpecializedBlobClientBuilder',
    'BlockBlobClient',
    '.containerName("photos").blobName(name)',
  ],
] as const;

export const storageBlobJavaClients: readonly ClientMigration[] = [
  {
    ...java,
    ...fromString,
    before: 'new BlobServiceClientBuilder().connectionString($CS).$$$CALLS()',
    after: 'new BlobServiceClientBuilder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()',
    examples: [
      {
        before: standIns => `package com.contoso.photos;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.util.List;

/** Holds the photos of all shops. */
public class PhotoStore {
    private static final String CONTAINER = "photos";
    private static final String ACCOUNT_KEY = "${standIns.storageAccountKey()}";
    private static final String CONNECTION_STRING =
            "DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=" + ACCOUNT_KEY
                    + ";EndpointSuffix=core.windows.net";

    private final BlobServiceClient service;

    public PhotoStore() {
        this.service = new BlobServiceClientBuilder()
                // The account of production.
                .connectionString(CONNECTION_STRING)
                .buildClient();
    }

    public BlobContainerClient photos() {
        return service.getBlobContainerClient(CONTAINER);
    }
}
`,
        after: `package com.contoso.photos;

import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import java.util.List;

/** Holds the photos of all shops. */
public class PhotoStore {
    private static final String CONTAINER = "photos";

    private final BlobServiceClient service;

    public PhotoStore() {
        this.service = new BlobServiceClientBuilder()
                // The account of production.
                .endpoint("https://contosophotos.blob.core.windows.net")
                .credential(new DefaultAzureCredentialBuilder().build())
                .buildClient();
    }

    public BlobContainerClient photos() {
        return service.getBlobContainerClient(CONTAINER);
    }
}
`,
      },
      {
        before: standIns => `import com.azure.core.credential.TokenCredential;
import com.azure.identity.*;
import com.azure.storage.blob.*;

class Upload {
    public static void main(String[] args) {
        TokenCredential signIn = new DefaultAzureCredentialBuilder().build();
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder();
        builder.endpoint("https://photos.contoso.com").connectionString("""
            AccountName=contosophotos;\\
            AccountKey=${standIns.storageAccountKey()};\\
            EndpointSuffix=core.windows.net""");
        System.out.println(builder.buildClient().getBlobContainerClient("photos").exists());
    }
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.identity.*;
import com.azure.storage.blob.*;

class Upload {
    public static void main(String[] args) {
        TokenCredential signIn = new DefaultAzureCredentialBuilder().build();
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder();
        builder.endpoint("https://photos.contoso.com").credential(signIn);
        System.out.println(builder.buildClient().getBlobContainerClient("photos").exists());
    }
}
`,
      },
      {
        cursor: 'connectionString(',
        before: () => `package com.contoso;

import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;

final class Photos {
    static BlobServiceAsyncClient open() {
        String connectionString = System.getenv("STORAGE_CONNECTION");
        if (connectionString == null) {
            throw new IllegalStateException("STORAGE_CONNECTION is missing");
        }
        return new BlobServiceClientBuilder().connectionString(connectionString).buildAsyncClient();
    }
}
`,
        after: `package com.contoso;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;

final class Photos {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();

    static BlobServiceAsyncClient open() {
        String blobEndpoint = System.getenv("AZURE_STORAGE_BLOB_ENDPOINT");
        if (blobEndpoint == null) {
            throw new IllegalStateException("AZURE_STORAGE_BLOB_ENDPOINT is missing");
        }
        return new BlobServiceClientBuilder().endpoint(blobEndpoint).credential(CREDENTIAL).buildAsyncClient();
    }
}
`,
      },
    ],
  },
  ...builders.slice(1).map(([module, builder, client, calls]): ClientMigration => ({
    ...java,
    ...fromString,
    module,
    before: `new ${builder}().connectionString($CS).$$$CALLS()`,
    after: `new ${builder}().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()`,
    examples: [
      {
        before: standIns => `import ${module}.*;

class Photos {
    static Object open(String name) {
        var key = "${standIns.storageAccountKey()}";
        return new ${builder}()${calls}.connectionString("AccountName=contosophotos;AccountKey=" + key).build${client}();
    }
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import ${module}.*;

class Photos {
    private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();

    static Object open(String name) {
        return new ${builder}()${calls}.endpoint("https://contosophotos.blob.core.windows.net").credential(CREDENTIAL).build${client}();
    }
}
`,
      },
    ],
  })),
  ...builders.map(([module, builder, client, calls]): ClientMigration => ({
    ...java,
    ...fromKey,
    module,
    before: `new ${builder}().credential(new StorageSharedKeyCredential($ACCOUNT, $KEY)).$$$CALLS()`,
    after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
    examples: [
      {
        before: standIns => `import ${module}.${client};
import ${module}.${builder};
import com.azure.storage.common.StorageSharedKeyCredential;
import java.util.Locale;

class Photos {
    static Object open(String name) {
        String account = "contosophotos";
        StorageSharedKeyCredential credential = new StorageSharedKeyCredential(account, "${standIns.storageAccountKey()}");
        return new ${builder}()
            .endpoint("https://" + account + ".blob.core.windows.net")
            .credential(credential)
            ${calls}${calls === '' ? '' : '\n            '}.build${client}();
    }
}
`,
        after: `import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import ${module}.${client};
import ${module}.${builder};
import java.util.Locale;

class Photos {
    static Object open(String name) {
        String account = "contosophotos";
        TokenCredential credential = new DefaultAzureCredentialBuilder().build();
        return new ${builder}()
            .endpoint("https://" + account + ".blob.core.windows.net")
            .credential(credential)
            ${calls}${calls === '' ? '' : '\n            '}.build${client}();
    }
}
`,
      },
    ],
  })),
];
