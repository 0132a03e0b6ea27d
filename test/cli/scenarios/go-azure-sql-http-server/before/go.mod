module contoso.com/orders

go 1.23

require github.com/microsoft/go-mssqldb v1.8.0
