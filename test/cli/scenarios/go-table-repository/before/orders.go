package orders

import (
	"context"
	"encoding/json"

	"github.com/Azure/azure-sdk-for-go/sdk/data/aztables"
)

type Order struct {
	aztables.Entity
	Total float64
}

type Repository struct {
	table *aztables.Client
}

func NewRepository() (*Repository, error) {
	credential, err := aztables.NewSharedKeyCredential("contosoorders", "@@storageAccountKey@@")
	if err != nil {
		return nil, err
	}
	table, err := aztables.NewClientWithSharedKey("https://contosoorders.table.core.windows.net/orders", credential, nil)
	if err != nil {
		return nil, err
	}
	return &Repository{table: table}, nil
}

func (r *Repository) Put(ctx context.Context, order Order) error {
	entity, err := json.Marshal(order)
	if err != nil {
		return err
	}
	_, err = r.table.UpsertEntity(ctx, entity, nil)
	return err
}
