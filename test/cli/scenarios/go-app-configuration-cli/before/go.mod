module contoso.com/settings

go 1.23

require github.com/Azure/azure-sdk-for-go/sdk/data/azappconfig v1.2.0
