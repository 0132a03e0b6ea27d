package main

import (
	"database/sql"
	"fmt"
	"log"
	"net/http"

	_ "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/azuread"
)

func main() {
	db, err := sql.Open(azuread.DriverName, "sqlserver://contoso.database.windows.net:1433?database=orders&encrypt=true&fedauth=ActiveDirectoryDefault")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	http.HandleFunc("/orders/count", func(w http.ResponseWriter, r *http.Request) {
		var count int
		if err := db.QueryRowContext(r.Context(), "SELECT COUNT(*) FROM orders").Scan(&count); err != nil {
			http.Error(w, "no count", http.StatusInternalServerError)
			return
		}
		fmt.Fprintln(w, count)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
