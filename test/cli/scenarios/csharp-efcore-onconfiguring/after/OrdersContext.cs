using System;
using Azure.Core;
using Azure.Identity;
using Microsoft.EntityFrameworkCore;

namespace Contoso.Orders;

public class OrdersContext : DbContext
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();

    public DbSet<Order> Orders { get; set; } = null!;

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        // TODO: move to configuration
        optionsBuilder.UseNpgsql("Host=contoso.postgres.database.azure.com;Port=5432;Database=orders;Username=app;SSL Mode=Require;Trust Server Certificate=true", npgsql => npgsql.ConfigureDataSource(source => source.UsePeriodicPasswordProvider(async (_, cancellationToken) => (await Credential.GetTokenAsync(new TokenRequestContext(new[] { "https://ossrdbms-aad.database.windows.net/.default" }), cancellationToken)).Token, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5))));
    }
}
