import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './data-lake-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azdatalake';
const go = { language: 'go', package: sdk } as const;

/** Packages, what their constructors take after a connection string, its place in the address, and an example of it. */
const packages = [
  ['service', '', '$ENDPOINT', '', ''],
  ['filesystem', ', $SYSTEM', '"$ENDPOINT/" + $SYSTEM', ', "raw"', '/raw'],
  ['directory', ', $PATH, $SYSTEM', '"$ENDPOINT/" + $SYSTEM + "/" + $PATH', ', "2026", "raw"', '/raw/2026'],
  ['file', ', $PATH, $SYSTEM', '"$ENDPOINT/" + $SYSTEM + "/" + $PATH', ', "sales.csv", "raw"', '/raw/sales.csv'],
] as const;

export const dataLakeGoClients: readonly ClientMigration[] = packages.flatMap(
  ([name, parts, url, values, path]): ClientMigration[] => [
    {
      ...go,
      ...fromString,
      module: `${sdk}/${name}`,
      before: `${name}.NewClientFromConnectionString($CS${parts}, $$$OPTIONS)`,
      after: `${name}.NewClient(${url}, $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `package lake

import (
	"log"

	"${sdk}/${name}"
)

var connection = "${connectionString(standIns.storageAccountKey())}"

func open() *${name}.Client {
	lake, err := ${name}.NewClientFromConnectionString(connection${values}, nil)
	if err != nil {
		log.Fatalf("no lake: %v", err)
	}
	return lake
}
`,
          after: `package lake

import (
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${sdk}/${name}"
)

func open() *${name}.Client {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatalf("cannot get an Azure credential: %v", err)
	}
	lake, err := ${name}.NewClient("https://contosolake.dfs.core.windows.net${path}", cred, nil)
	if err != nil {
		log.Fatalf("no lake: %v", err)
	}
	return lake
}
`,
        },
      ],
    },
    {
      ...go,
      ...fromKey,
      module: `${sdk}/${name}`,
      before: `${name}.NewClientWithSharedKeyCredential($URL, azdatalake.NewSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
      after: `${name}.NewClient($URL, $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `package lake

import (
	"${sdk}"
	"${sdk}/${name}"
)

func Open(url string) (*${name}.Client, error) {
	key, err := azdatalake.NewSharedKeyCredential("contosolake", "${standIns.storageAccountKey()}")
	if err != nil {
		return nil, err
	}
	return ${name}.NewClientWithSharedKeyCredential(url, key, nil)
}
`,
          after: `package lake

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${sdk}/${name}"
)

func Open(url string) (*${name}.Client, error) {
	key, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return ${name}.NewClient(url, key, nil)
}
`,
        },
      ],
    },
  ],
);
