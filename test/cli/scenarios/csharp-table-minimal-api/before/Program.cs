using Azure.Data.Tables;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(new TableServiceClient(
    "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net"));

var app = builder.Build();
app.MapGet("/orders/{id}", async (string id, TableServiceClient tables) =>
{
    var orders = tables.GetTableClient("orders");
    var found = await orders.GetEntityIfExistsAsync<TableEntity>("2026", id);
    return found.HasValue ? Results.Ok(found.Value) : Results.NotFound();
});
app.Run();
