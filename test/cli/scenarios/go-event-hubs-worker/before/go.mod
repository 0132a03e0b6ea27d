module contoso.com/telemetry

go 1.23

require github.com/Azure/azure-sdk-for-go/sdk/messaging/azeventhubs v1.3.0
