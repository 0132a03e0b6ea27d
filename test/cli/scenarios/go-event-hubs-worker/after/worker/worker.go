package worker

import (
	"context"
	"errors"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azeventhubs"
)

// Run prints what arrives until the context ends.
func Run(ctx context.Context) error {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	consumer, err := azeventhubs.NewConsumerClient("contoso-telemetry.servicebus.windows.net", "readings", azeventhubs.DefaultConsumerGroup, cred, nil)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer consumer.Close(context.Background())

	partition, err := consumer.NewPartitionClient("0", nil)
	if err != nil {
		return fmt.Errorf("open partition: %w", err)
	}
	for {
		events, err := partition.ReceiveEvents(ctx, 100, nil)
		if errors.Is(err, context.Canceled) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, event := range events {
			fmt.Println(string(event.Body))
		}
	}
}
