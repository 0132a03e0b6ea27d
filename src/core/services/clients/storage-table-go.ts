import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-table-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/data/aztables';
const go = { language: 'go', module: sdk, package: sdk } as const;

export const storageTableGoClients: readonly ClientMigration[] = [
  {
    ...go,
    ...fromString,
    before: 'aztables.NewServiceClientFromConnectionString($CS, $$$OPTIONS)',
    after: 'aztables.NewServiceClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package orders

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/data/aztables"
)

type Store struct {
	orders *aztables.Client
}

func NewStore(ctx context.Context) (*Store, error) {
	service, err := aztables.NewServiceClientFromConnectionString("${connectionString(standIns.storageAccountKey())}", nil)
	if err != nil {
		return nil, err
	}
	return &Store{orders: service.NewClient("orders")}, nil
}
`,
        after: `package orders

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/data/aztables"
)

type Store struct {
	orders *aztables.Client
}

func NewStore(ctx context.Context) (*Store, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	service, err := aztables.NewServiceClient("https://contosoorders.table.core.windows.net", cred, nil)
	if err != nil {
		return nil, err
	}
	return &Store{orders: service.NewClient("orders")}, nil
}
`,
      },
    ],
  },
  ...['NewServiceClient', 'NewClient'].map((create): ClientMigration => ({
    ...go,
    ...fromKey,
    before: `aztables.${create}WithSharedKey($URL, aztables.NewSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `aztables.${create}($URL, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/data/aztables"
)

func main() {
	credential, err := aztables.NewSharedKeyCredential("contosoorders", "${standIns.storageAccountKey()}")
	if err != nil {
		log.Fatal(err)
	}
	client, err := aztables.${create}WithSharedKey(os.Args[1], credential, nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(client)
}
`,
        after: `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/data/aztables"
)

func main() {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	client, err := aztables.${create}(os.Args[1], credential, nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(client)
}
`,
      },
    ],
  })),
];
