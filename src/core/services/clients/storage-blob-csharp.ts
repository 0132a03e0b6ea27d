import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-blob-forms.ts';

const csharp = { language: 'csharp', module: 'Azure.Storage.Blobs', package: 'Azure.Storage.Blobs' } as const;

export const storageBlobCsharpClients: readonly ClientMigration[] = [
  {
    ...csharp,
    ...fromString,
    before: 'new BlobServiceClient(connectionString: $CS, $$$OPTIONS)',
    after: 'new BlobServiceClient(serviceUri: new Uri($ENDPOINT), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using System;
using Azure.Storage.Blobs;

namespace Contoso.Photos;

public sealed class PhotoStore
{
    private const string ConnectionString = "${connectionString(standIns.storageAccountKey())}";

    private readonly BlobServiceClient _service = new(ConnectionString, new BlobClientOptions());
}
`,
        after: `using System;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Contoso.Photos;

public sealed class PhotoStore
{
    private readonly BlobServiceClient _service = new(new Uri("https://contosophotos.blob.core.windows.net"), new DefaultAzureCredential(), new BlobClientOptions());
}
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    before: 'new BlobContainerClient(connectionString: $CS, blobContainerName: $CONTAINER, $$$OPTIONS)',
    after:
      'new BlobContainerClient(blobContainerUri: new Uri($"$ENDPOINT/{$CONTAINER}"), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        cursor: 'new BlobContainerClient',
        before: () => `var builder = WebApplication.CreateBuilder(args);
var photos = new BlobContainerClient(builder.Configuration["Storage:ConnectionString"]!, "photos");
Console.WriteLine(photos.Uri);
`,
        after: `using Azure.Identity;

var builder = WebApplication.CreateBuilder(args);
var photos = new BlobContainerClient(new Uri(builder.Configuration["Storage:BlobEndpoint"]! + "/photos"), new DefaultAzureCredential());
Console.WriteLine(photos.Uri);
`,
      },
      {
        before: standIns => `var name = args[0];
var photos = new BlobContainerClient("${connectionString(standIns.storageAccountKey())}", name);
Console.WriteLine(photos.Uri);
`,
        after: `using Azure.Identity;

var name = args[0];
var photos = new BlobContainerClient(new Uri($"https://contosophotos.blob.core.windows.net/{name}"), new DefaultAzureCredential());
Console.WriteLine(photos.Uri);
`,
      },
    ],
  },
  {
    ...csharp,
    ...fromString,
    before: 'new BlobClient(connectionString: $CS, blobContainerName: $CONTAINER, blobName: $BLOB, $$$OPTIONS)',
    after:
      'new BlobClient(blobUri: new Uri($"$ENDPOINT/{$CONTAINER}/{Uri.EscapeDataString($BLOB)}"), credential: $CREDENTIAL, $$$OPTIONS)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `// Copyright Contoso.

using Azure.Storage.Blobs;

class Cats
{
    BlobClient Open(string blob) =>
        new BlobClient(connectionString: "${connectionString(standIns.storageAccountKey())}", blobContainerName: "photos", blobName: blob);
}
`,
        after: `// Copyright Contoso.

using System;
using Azure.Identity;
using Azure.Storage.Blobs;

class Cats
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    BlobClient Open(string blob) =>
        new BlobClient(blobUri: new Uri($"https://contosophotos.blob.core.windows.net/photos/{Uri.EscapeDataString(blob)}"), credential: Credential);
}
`,
      },
    ],
  },
  ...(
    [
      ['BlobServiceClient', 'serviceUri'],
      ['BlobContainerClient', 'blobContainerUri'],
      ['BlobClient', 'blobUri'],
    ] as const
  ).map(([client, uri]): ClientMigration => ({
    ...csharp,
    ...fromKey,
    before: `new ${client}(${uri}: $URI, credential: new StorageSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `new ${client}(${uri}: $URI, credential: $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `using System;
using Azure.Storage;
using Azure.Storage.Blobs;

StorageSharedKeyCredential credential = new("contosophotos", "${standIns.storageAccountKey()}");
var client = new ${client}(new Uri(args[0]), credential);
`,
        after: `using System;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;

DefaultAzureCredential credential = new DefaultAzureCredential();
var client = new ${client}(new Uri(args[0]), credential);
`,
      },
    ],
  })),
];
