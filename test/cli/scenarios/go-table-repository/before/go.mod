module contoso.com/orders

go 1.23

require github.com/Azure/azure-sdk-for-go/sdk/data/aztables v1.3.0
