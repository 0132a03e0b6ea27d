using Microsoft.Extensions.Azure;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAzureClients(clients =>
{
    clients.AddBlobServiceClient("DefaultEndpointsProtocol=https;AccountName=contososhop;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net");
    clients.AddServiceBusClient("Endpoint=sb://contoso-shop.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=@@serviceBusKey@@");
});

var app = builder.Build();
app.MapGet("/", () => "shop");
app.Run();
