using System;
using Azure.Identity;
using Microsoft.Extensions.Azure;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAzureClients(clients =>
{
    clients.AddBlobServiceClient(new Uri("https://contososhop.blob.core.windows.net"));
    clients.UseCredential(new DefaultAzureCredential());
    clients.AddServiceBusClientWithNamespace("contoso-shop.servicebus.windows.net");
});

var app = builder.Build();
app.MapGet("/", () => "shop");
app.Run();
