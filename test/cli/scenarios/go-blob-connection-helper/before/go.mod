module contoso.com/photos

go 1.24

require github.com/Azure/azure-sdk-for-go/sdk/storage/azblob v1.6.1
