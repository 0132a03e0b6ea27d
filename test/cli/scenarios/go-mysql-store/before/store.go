package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	_ "github.com/go-sql-driver/mysql"
)

type Store struct {
	db *sql.DB
}

const dsn = "app:@@password@@@tcp(contoso.mysql.database.azure.com:3306)/orders?tls=true"

// New opens the store.
func New(ctx context.Context) (*Store, error) {
	s := &Store{}
	var err error
	if s.db, err = sql.Open("mysql", dsn); err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	s.db.SetConnMaxLifetime(time.Minute)
	return s, s.db.PingContext(ctx)
}
