module contoso.com/mailer

go 1.23

require github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus v1.7.0
