import type { ClientMigration } from '../service.ts';
import { connectionString, fromString } from './service-bus-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus';
const go = { language: 'go', package: sdk, ...fromString } as const;

export const serviceBusGoClients: readonly ClientMigration[] = [
  {
    ...go,
    module: sdk,
    before: 'azservicebus.NewClientFromConnectionString($CS, $$$OPTIONS)',
    after: 'azservicebus.NewClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package main

import (
	"context"
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

const connection = "${connectionString(standIns.serviceBusKey())}"

func main() {
	client, err := azservicebus.NewClientFromConnectionString(connection, &azservicebus.ClientOptions{ApplicationID: "orders"})
	if err != nil {
		log.Fatalf("cannot reach the bus: %v", err)
	}
	defer client.Close(context.Background())
}
`,
        after: `package main

import (
	"context"
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

func main() {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatalf("cannot get an Azure credential: %v", err)
	}
	client, err := azservicebus.NewClient("contoso-orders.servicebus.windows.net", cred, &azservicebus.ClientOptions{ApplicationID: "orders"})
	if err != nil {
		log.Fatalf("cannot reach the bus: %v", err)
	}
	defer client.Close(context.Background())
}
`,
      },
    ],
  },
  {
    ...go,
    module: `${sdk}/admin`,
    before: 'admin.NewClientFromConnectionString($CS, $$$OPTIONS)',
    after: 'admin.NewClient($ENDPOINT, $CREDENTIAL, $$$OPTIONS)',
    examples: [
      {
        before: standIns => `package orders

import (
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus/admin"
)

type bus struct {
	client *azservicebus.Client
	admin  *admin.Client
}

func open() (b *bus, err error) {
	connection := \`${connectionString(standIns.serviceBusKey())}\`
	b = &bus{}
	if b.client, err = azservicebus.NewClientFromConnectionString(connection, nil); err != nil {
		return nil, err
	}
	b.admin, err = admin.NewClientFromConnectionString(connection, nil)
	return b, err
}
`,
        after: `package orders

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus/admin"
)

type bus struct {
	client *azservicebus.Client
	admin  *admin.Client
}

func open() (b *bus, err error) {
	b = &bus{}
	cred, credErr := azidentity.NewDefaultAzureCredential(nil)
	if credErr != nil {
		return nil, credErr
	}
	if b.client, err = azservicebus.NewClient("contoso-orders.servicebus.windows.net", cred, nil); err != nil {
		return nil, err
	}
	b.admin, err = admin.NewClient("contoso-orders.servicebus.windows.net", cred, nil)
	return b, err
}
`,
      },
    ],
  },
];
