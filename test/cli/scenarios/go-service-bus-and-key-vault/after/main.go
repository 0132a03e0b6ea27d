package main

import (
	"context"
	"log"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

func main() {
	ctx := context.Background()
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	secrets, err := azsecrets.NewClient("https://contoso-mail.vault.azure.net", credential, nil)
	if err != nil {
		log.Fatal(err)
	}
	smtp, err := secrets.GetSecret(ctx, "smtp-password", "", nil)
	if err != nil {
		log.Fatal(err)
	}

	bus, err := azservicebus.NewClient("contoso-mail.servicebus.windows.net", credential, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer bus.Close(ctx)
	run(ctx, bus, *smtp.Value)
}
