using Microsoft.EntityFrameworkCore;

namespace Contoso.Orders;

public class OrdersContext : DbContext
{
    public DbSet<Order> Orders { get; set; } = null!;

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        // TODO: move to configuration
        optionsBuilder.UseNpgsql("Host=contoso.postgres.database.azure.com;Port=5432;Database=orders;Username=app;Password=@@password@@;SSL Mode=Require;Trust Server Certificate=true");
    }
}
