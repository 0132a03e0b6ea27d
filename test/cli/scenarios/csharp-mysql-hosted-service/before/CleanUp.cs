using MySqlConnector;

namespace Contoso.Shop;

/// <summary>Deletes carts that nobody came back for.</summary>
public sealed class CleanUp : BackgroundService
{
    private const string ConnectionString =
        "Server=contoso-shop.mysql.database.azure.com;Database=shop;User ID=shop;Password=@@password@@;SslMode=Required";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await using var connection = new MySqlConnection(ConnectionString);
            await connection.OpenAsync(stoppingToken);
            await using var command = new MySqlCommand("DELETE FROM carts WHERE touched < NOW() - INTERVAL 30 DAY", connection);
            await command.ExecuteNonQueryAsync(stoppingToken);
            await Task.Delay(TimeSpan.FromHours(1), stoppingToken);
        }
    }
}
