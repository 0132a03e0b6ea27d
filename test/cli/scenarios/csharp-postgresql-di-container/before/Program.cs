using Npgsql;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(
    "Host=contoso-orders.postgres.database.azure.com;Database=orders;Username=orders-api;Password=@@password@@;SSL Mode=Require"));

var app = builder.Build();

app.MapGet("/orders/count", async (NpgsqlDataSource source) =>
{
    await using var command = source.CreateCommand("SELECT count(*) FROM orders");
    return await command.ExecuteScalarAsync();
});

app.Run();
