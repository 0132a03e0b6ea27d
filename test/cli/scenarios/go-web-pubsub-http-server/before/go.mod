module contoso.com/stock

go 1.23

require github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub v0.1.0
