using Azure.Identity;
using Microsoft.Azure.Devices;

namespace Contoso.Plant;

/// <summary>Brings the twins of all presses up to date every minute.</summary>
public sealed class TwinWorker : BackgroundService
{
    private readonly RegistryManager _registry = RegistryManager.Create("contoso-plant.azure-devices.net", new DefaultAzureCredential());
    private readonly ILogger<TwinWorker> _logger;

    public TwinWorker(ILogger<TwinWorker> logger) => _logger = logger;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var query = _registry.CreateQuery("SELECT * FROM devices WHERE tags.kind = 'press'");
            foreach (var twin in await query.GetNextAsTwinAsync())
            {
                _logger.LogInformation("Press {Device}", twin.DeviceId);
            }
            await Task.Delay(TimeSpan.FromMinutes(1), stoppingToken);
        }
    }
}
