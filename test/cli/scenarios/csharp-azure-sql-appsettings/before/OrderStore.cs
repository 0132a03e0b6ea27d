using Microsoft.Data.SqlClient;

namespace Contoso.Orders;

public sealed class OrderStore(IConfiguration configuration)
{
    public async Task<int> CountAsync()
    {
        await using var connection = new SqlConnection(configuration.GetConnectionString("Orders"));
        await connection.OpenAsync();
        await using var command = new SqlCommand("SELECT COUNT(*) FROM orders", connection);
        return (int)(await command.ExecuteScalarAsync() ?? 0);
    }
}
