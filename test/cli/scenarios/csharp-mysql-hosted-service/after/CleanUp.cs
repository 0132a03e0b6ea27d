using Azure.Core;
using Azure.Identity;
using MySqlConnector;

namespace Contoso.Shop;

/// <summary>Deletes carts that nobody came back for.</summary>
public sealed class CleanUp : BackgroundService
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await using var connection = new MySqlConnection("Server=contoso-shop.mysql.database.azure.com;Database=shop;User ID=shop;SslMode=Required") { ProvidePasswordCallback = _ => Credential.GetToken(new TokenRequestContext(new[] { "https://ossrdbms-aad.database.windows.net/.default" }), default).Token };
            await connection.OpenAsync(stoppingToken);
            await using var command = new MySqlCommand("DELETE FROM carts WHERE touched < NOW() - INTERVAL 30 DAY", connection);
            await command.ExecuteNonQueryAsync(stoppingToken);
            await Task.Delay(TimeSpan.FromHours(1), stoppingToken);
        }
    }
}
