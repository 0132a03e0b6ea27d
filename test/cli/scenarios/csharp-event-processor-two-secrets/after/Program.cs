using Azure.Identity;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Storage.Blobs;

var credential = new DefaultAzureCredential();
var checkpoints = new BlobContainerClient(
    new Uri("https://contosotelemetry.blob.core.windows.net/checkpoints"),
    credential);
var processor = new EventProcessorClient(
    checkpoints,
    EventHubConsumerClient.DefaultConsumerGroupName,
    "contoso-telemetry.servicebus.windows.net",
    "readings",
    credential);

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
