using System;
using Azure.Data.Tables;
using Azure.Identity;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(new TableServiceClient(
    new Uri("https://contosoorders.table.core.windows.net"),
    new DefaultAzureCredential()));

var app = builder.Build();
app.MapGet("/orders/{id}", async (string id, TableServiceClient tables) =>
{
    var orders = tables.GetTableClient("orders");
    var found = await orders.GetEntityIfExistsAsync<TableEntity>("2026", id);
    return found.HasValue ? Results.Ok(found.Value) : Results.NotFound();
});
app.Run();
