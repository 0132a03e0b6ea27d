import type { ClientMigration } from '../service.ts';
import { fromKey, fromString } from './storage-blob-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azblob';
const go = { language: 'go', package: sdk } as const;

/** Packages of one kind of client each, and what their constructors take beside the connection string. */
const packages = [
  ['service', [], ''],
  ['container', ['$CONTAINER'], '"photos"'],
  ['blob', ['$CONTAINER', '$BLOB'], '"photos", name'],
  ['blockblob', ['$CONTAINER', '$BLOB'], '"photos", name'],
  ['appendblob', ['$CONTAINER', '$BLOB'], '"photos", name'],
  ['pageblob', ['$CONTAINER', '$BLOB'], '"photos", name'],
] as const;

/** Packages with those whose key credential their clients take: all of these are one type, which some do not make. */
const keyMakers = [
  ['azblob', 'azblob'],
  ['service', 'service', 'azblob'],
  ['container', 'container', 'azblob'],
  ['blob', 'blob', 'azblob'],
  ['blockblob', 'blob', 'azblob'],
  ['appendblob', 'blob', 'azblob'],
  ['pageblob', 'blob', 'azblob'],
] as const;

function packagePath(name: string): string {
  return name === 'azblob' ? sdk : `${sdk}/${name}`;
}

export const storageBlobGoClients: readonly ClientMigration[] = [
  {
    ...go,
    ...fromString,
    module: sdk,
    before: 'azblob.NewClientFromConnectionString($CS, $$$OPTIONS)',
    after: 'azblob.NewClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package photos

import (
	"context"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

const (
	accountKey       = "${standIns.storageAccountKey()}"
	connectionString = "DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=" + accountKey + ";EndpointSuffix=core.windows.net"
)

// Upload stores a photo.
func Upload(ctx context.Context, name string, photo []byte) (string, error) {
	// One client for the whole process.
	client, err := azblob.NewClientFromConnectionString(connectionString, nil)
	if err != nil {
		return "", fmt.Errorf("cannot open the account: %w", err)
	}
	if _, err := client.UploadBuffer(ctx, "photos", name, photo, nil); err != nil {
		return "", err
	}
	return name, nil
}
`,
        after: `package photos

import (
	"context"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

// Upload stores a photo.
func Upload(ctx context.Context, name string, photo []byte) (string, error) {
	// One client for the whole process.
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return "", fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	client, err := azblob.NewClient("https://contosophotos.blob.core.windows.net", cred, nil)
	if err != nil {
		return "", fmt.Errorf("cannot open the account: %w", err)
	}
	if _, err := client.UploadBuffer(ctx, "photos", name, photo, nil); err != nil {
		return "", err
	}
	return name, nil
}
`,
      },
      {
        cursor: 'NewClientFromConnectionString',
        before: () => `package main

import (
	"log"
	"os"

	storage "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

func main() {
	connectionString := os.Getenv("STORAGE_CONNECTION")
	if connectionString == "" {
		log.Fatal("STORAGE_CONNECTION is missing")
	}
	client, err := storage.NewClientFromConnectionString(connectionString, nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(client.URL())
}
`,
        after: `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	storage "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"
)

func main() {
	blobEndpoint := os.Getenv("AZURE_STORAGE_BLOB_ENDPOINT")
	if blobEndpoint == "" {
		log.Fatal("AZURE_STORAGE_BLOB_ENDPOINT is missing")
	}
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	client, err := storage.NewClient(blobEndpoint, cred, nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(client.URL())
}
`,
      },
    ],
  },
  ...packages.map(([name, parts, values]): ClientMigration => ({
    ...go,
    ...fromString,
    module: `${sdk}/${name}`,
    before: `${name}.NewClientFromConnectionString(${['$CS', ...parts, '$$$OPTIONS'].join(', ')})`,
    after: `${name}.NewClient(${parts.length === 0 ? '$ENDPOINT' : `"$ENDPOINT/" + ${parts.join(' + "/" + ')}`}, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `package photos

import "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/${name}"

func Open(name string) (*${name}.Client, error) {
	return ${name}.NewClientFromConnectionString("AccountName=contosophotos;AccountKey=${standIns.storageAccountKey()}"${values === '' ? '' : `, ${values}`}, nil)
}
`,
        after: `package photos

import "github.com/Azure/azure-sdk-for-go/sdk/azidentity"
import "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/${name}"

func Open(name string) (*${name}.Client, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return ${name}.NewClient("https://contosophotos.blob.core.windows.net${values === '' ? '' : '/photos'}${values.includes('name') ? '/" + name' : '"'}, cred, nil)
}
`,
      },
    ],
  })),
  ...keyMakers.flatMap(([name, ...makers]) =>
    makers.map((maker): ClientMigration => ({
      ...go,
      ...fromKey,
      module: packagePath(name),
      before: `${name}.NewClientWithSharedKeyCredential($URL, ${maker}.NewSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
      after: `${name}.NewClient($URL, $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `package photos

import (
	"os"

${[...new Set([packagePath(maker), packagePath(name)])].map(path => `	"${path}"\n`).join('')})

func Open(url string) *${name}.Client {
	account := os.Getenv("STORAGE_ACCOUNT")
	key := "${standIns.storageAccountKey()}"
	credential, err := ${maker}.NewSharedKeyCredential(account, key)
	if err != nil {
		panic(err)
	}
	client, err := ${name}.NewClientWithSharedKeyCredential(url, credential, nil)
	if err != nil {
		panic(err)
	}
	return client
}
`,
          after: `package photos

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${packagePath(name)}"
)

func Open(url string) *${name}.Client {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		panic(err)
	}
	client, err := ${name}.NewClient(url, credential, nil)
	if err != nil {
		panic(err)
	}
	return client
}
`,
        },
      ],
    })),
  ),
];
