using System;
using Azure.Core;
using Azure.Identity;
using Npgsql;

var builder = WebApplication.CreateBuilder(args);

var credential = new DefaultAzureCredential();
builder.Services.AddSingleton(_ => new NpgsqlDataSourceBuilder("Host=contoso-orders.postgres.database.azure.com;Database=orders;Username=orders-api;SSL Mode=Require").UsePeriodicPasswordProvider(async (_, cancellationToken) => (await credential.GetTokenAsync(new TokenRequestContext(new[] { "https://ossrdbms-aad.database.windows.net/.default" }), cancellationToken)).Token, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5)).Build());

var app = builder.Build();

app.MapGet("/orders/count", async (NpgsqlDataSource source) =>
{
    await using var command = source.CreateCommand("SELECT count(*) FROM orders");
    return await command.ExecuteScalarAsync();
});

app.Run();
