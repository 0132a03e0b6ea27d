// Command settings prints one setting of the shop.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/data/azappconfig"
)

const store = "Endpoint=https://contoso-shop.azconfig.io;Id=AbCd;Secret=@@annotatedKey AZAC@@"

func read(ctx context.Context, name string) (string, error) {
	client, err := azappconfig.NewClientFromConnectionString(store, nil)
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
