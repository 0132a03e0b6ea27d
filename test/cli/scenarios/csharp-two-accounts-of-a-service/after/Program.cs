using System;
using Azure.Identity;
using Azure.Storage.Blobs;

var builder = WebApplication.CreateBuilder(args);
var credential = new DefaultAzureCredential();
var thumbnails = new BlobServiceClient(new Uri(builder.Configuration.GetConnectionString("ThumbnailsBlobEndpoint")), credential);
var audit = new BlobServiceClient(new Uri(builder.Configuration.GetConnectionString("AuditTrailBlobEndpoint")), credential);
builder.Services.AddKeyedSingleton("thumbnails", thumbnails);
builder.Services.AddKeyedSingleton("audit", audit);

var app = builder.Build();
app.MapGet("/", () => thumbnails.Uri);
app.Run();
