import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './cosmos-db-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/data/azcosmos';
const go = { language: 'go', module: sdk, package: sdk, since: '0.3.0' } as const;

export const cosmosDbGoClients: readonly ClientMigration[] = [
  {
    ...go,
    ...fromKey,
    before: 'azcosmos.NewClientWithKey($URL, azcosmos.NewKeyCredential($KEY), $$$OPTIONS)',
    after: 'azcosmos.NewClient($URL, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package orders

import (
	"github.com/Azure/azure-sdk-for-go/sdk/data/azcosmos"
)

const endpoint, key = "https://contoso-orders.documents.azure.com:443/", "x"

type Store struct{ client *azcosmos.Client }

func (s *Store) connect() error {
	cosmosKey := "${standIns.cosmosAccountKey()}"
	keyCredential, err := azcosmos.NewKeyCredential(cosmosKey)
	if err != nil {
		return err
	}
	s.client, err = azcosmos.NewClientWithKey(endpoint, keyCredential, nil)
	return err
}
`,
        after: `package orders

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/data/azcosmos"
)

const endpoint, key = "https://contoso-orders.documents.azure.com:443/", "x"

type Store struct{ client *azcosmos.Client }

func (s *Store) connect() error {
	keyCredential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return err
	}
	s.client, err = azcosmos.NewClient(endpoint, keyCredential, nil)
	return err
}
`,
      },
    ],
  },
  {
    ...go,
    ...fromString,
    before: 'azcosmos.NewClientFromConnectionString($CS, $$$OPTIONS)',
    after: 'azcosmos.NewClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package orders

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/data/azcosmos"
)

func open(count int) (*azcosmos.Client, int, bool, error) {
	signIn, err := azidentity.NewManagedIdentityCredential(nil)
	if err != nil {
		return nil, 0, false, err
	}
	use(signIn)
	client, err := azcosmos.NewClientFromConnectionString("${connectionString(standIns.cosmosAccountKey())}", nil)
	return client, count, true, err
}
`,
        after: `package orders

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/data/azcosmos"
)

func open(count int) (*azcosmos.Client, int, bool, error) {
	signIn, err := azidentity.NewManagedIdentityCredential(nil)
	if err != nil {
		return nil, 0, false, err
	}
	use(signIn)
	client, err := azcosmos.NewClient("https://contoso-orders.documents.azure.com:443/", signIn, nil)
	return client, count, true, err
}
`,
      },
    ],
  },
];
