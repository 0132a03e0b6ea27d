import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './storage-queue-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue';
const go = { language: 'go', module: sdk, alsoFrom: [`${sdk}/v2`], package: sdk } as const;

export const storageQueueGoClients: readonly ClientMigration[] = [
  {
    ...go,
    ...fromString,
    before: 'azqueue.NewServiceClientFromConnectionString($CS, $$$OPTIONS)',
    after: 'azqueue.NewServiceClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package jobs

import (
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue"
)

const connection = "${connectionString(standIns.storageAccountKey())}"

// Open connects to the queues of all jobs.
func Open() (*azqueue.ServiceClient, error) {
	service, err := azqueue.NewServiceClientFromConnectionString(connection, nil)
	if err != nil {
		return nil, fmt.Errorf("cannot open the queues: %w", err)
	}
	return service, nil
}
`,
        after: `package jobs

import (
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue"
)

// Open connects to the queues of all jobs.
func Open() (*azqueue.ServiceClient, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	service, err := azqueue.NewServiceClient("https://contosojobs.queue.core.windows.net", cred, nil)
	if err != nil {
		return nil, fmt.Errorf("cannot open the queues: %w", err)
	}
	return service, nil
}
`,
      },
    ],
  },
  {
    ...go,
    ...fromString,
    before: 'azqueue.NewQueueClientFromConnectionString($CS, $QUEUE, $$$OPTIONS)',
    after: 'azqueue.NewQueueClient("$ENDPOINT/" + $QUEUE, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package main

import (
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue/v2"
)

func main() {
	queue, err := azqueue.NewQueueClientFromConnectionString("${connectionString(standIns.storageAccountKey())}", "jobs", nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(queue.URL())
}
`,
        after: `package main

import (
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue/v2"
)

func main() {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	queue, err := azqueue.NewQueueClient("https://contosojobs.queue.core.windows.net/jobs", cred, nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(queue.URL())
}
`,
      },
    ],
  },
  ...['NewServiceClient', 'NewQueueClient'].map((create): ClientMigration => ({
    ...go,
    ...fromKey,
    before: `azqueue.${create}WithSharedKeyCredential($URL, azqueue.NewSharedKeyCredential($ACCOUNT, $KEY), $$$OPTIONS)`,
    after: `azqueue.${create}($URL, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `package jobs

import "github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue"

func Open(url string) (*azqueue.${create.slice(3)}, error) {
	credential, err := azqueue.NewSharedKeyCredential("contosojobs", "${standIns.storageAccountKey()}")
	if err != nil {
		return nil, err
	}
	return azqueue.${create}WithSharedKeyCredential(url, credential, nil)
}
`,
        after: `package jobs

import "github.com/Azure/azure-sdk-for-go/sdk/azidentity"
import "github.com/Azure/azure-sdk-for-go/sdk/storage/azqueue"

func Open(url string) (*azqueue.${create.slice(3)}, error) {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return azqueue.${create}(url, credential, nil)
}
`,
      },
    ],
  })),
];
