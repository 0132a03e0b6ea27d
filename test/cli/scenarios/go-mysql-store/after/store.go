package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/go-sql-driver/mysql"
)

type Store struct {
	db *sql.DB
}

// New opens the store.
func New(ctx context.Context) (*Store, error) {
	s := &Store{}
	var err error
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, fmt.Errorf("cannot get an Azure credential: %w", err)
	}
	config, err := mysql.ParseDSN("app@tcp(contoso.mysql.database.azure.com:3306)/orders?tls=true")
	if err != nil {
		return nil, fmt.Errorf("cannot prepare the connection: %w", err)
	}
	config.TLSConfig = "true"
	config.AllowCleartextPasswords = true
	err = config.Apply(mysql.BeforeConnect(func(ctx context.Context, connection *mysql.Config) error {
		token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"https://ossrdbms-aad.database.windows.net/.default"}})
		if err != nil {
			return err
		}
		connection.Passwd = token.Token
		return nil
	}))
	if err != nil {
		return nil, fmt.Errorf("cannot prepare the connection: %w", err)
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("cannot prepare the connection: %w", err)
	}
	if s.db, err = sql.OpenDB(connector), nil; err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	s.db.SetConnMaxLifetime(time.Minute)
	return s, s.db.PingContext(ctx)
}
