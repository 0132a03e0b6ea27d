package main

import (
	"database/sql"
	"fmt"
	"log"
	"net/http"

	_ "github.com/microsoft/go-mssqldb"
)

const dsn = "sqlserver://orders:@@password@@@contoso.database.windows.net:1433?database=orders&encrypt=true"

func main() {
	db, err := sql.Open("sqlserver", dsn)
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
