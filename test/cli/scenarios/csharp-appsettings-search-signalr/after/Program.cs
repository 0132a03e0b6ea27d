using Azure;
using Azure.Identity;
using Azure.Search.Documents;

var builder = WebApplication.CreateBuilder(args);
var configuration = builder.Configuration;

// The hub reads Azure:SignalR:ConnectionString by itself.
builder.Services.AddSignalR().AddAzureSignalR();
builder.Services.AddSingleton(_ => new SearchClient(
    new Uri(configuration["Search:Endpoint"]!),
    "products",
    new DefaultAzureCredential()));

var app = builder.Build();
app.Run();
