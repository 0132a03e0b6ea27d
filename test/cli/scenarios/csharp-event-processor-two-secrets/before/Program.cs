using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Storage.Blobs;

var checkpoints = new BlobContainerClient(
    "DefaultEndpointsProtocol=https;AccountName=contosotelemetry;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net",
    "checkpoints");
var processor = new EventProcessorClient(
    checkpoints,
    EventHubConsumerClient.DefaultConsumerGroupName,
    "Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=@@identifiableKey eventHubs@@",
    "readings");

processor.ProcessEventAsync += async args =>
{
    Console.WriteLine(args.Data.EventBody);
    await args.UpdateCheckpointAsync();
};
processor.ProcessErrorAsync += args =>
{
    Console.Error.WriteLine(args.Exception);
    return Task.CompletedTask;
};
await processor.StartProcessingAsync();
await Task.Delay(Timeout.Infinite);
