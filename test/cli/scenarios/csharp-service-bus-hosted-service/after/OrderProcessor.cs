using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace Contoso.Orders;

public sealed class OrderProcessor : BackgroundService
{
    private readonly ILogger<OrderProcessor> _logger;
    private readonly ServiceBusClient _client;

    public OrderProcessor(ILogger<OrderProcessor> logger)
    {
        _logger = logger;
        _client = new ServiceBusClient("contoso-orders.servicebus.windows.net", new DefaultAzureCredential());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var processor = _client.CreateProcessor("orders");
        processor.ProcessMessageAsync += async args =>
        {
            _logger.LogInformation("Order {Id}", args.Message.MessageId);
            await args.CompleteMessageAsync(args.Message, stoppingToken);
        };
        processor.ProcessErrorAsync += args =>
        {
            _logger.LogError(args.Exception, "Failed");
            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }
}
