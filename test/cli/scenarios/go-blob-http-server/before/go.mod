module contoso.com/photos

go 1.23

require github.com/Azure/azure-sdk-for-go/sdk/storage/azblob v1.4.0
