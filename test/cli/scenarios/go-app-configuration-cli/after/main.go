// Command settings prints one setting of the shop.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/data/azappconfig"
)

func read(ctx context.Context, name string) (string, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return "", fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	client, err := azappconfig.NewClient("https://contoso-shop.azconfig.io", cred, nil)
	if err != nil {
		return "", fmt.Errorf("open the store: %w", err)
	}
	setting, err := client.GetSetting(ctx, name, nil)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return *setting.Value, nil
}

func main() {
	value, err := read(context.Background(), os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(value)
}
