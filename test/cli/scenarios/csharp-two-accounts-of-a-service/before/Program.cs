using Azure.Storage.Blobs;

var builder = WebApplication.CreateBuilder(args);
var thumbnails = new BlobServiceClient(builder.Configuration.GetConnectionString("Thumbnails"));
var audit = new BlobServiceClient(builder.Configuration.GetConnectionString("AuditTrail"));
builder.Services.AddKeyedSingleton("thumbnails", thumbnails);
builder.Services.AddKeyedSingleton("audit", audit);

var app = builder.Build();
app.MapGet("/", () => thumbnails.Uri);
app.Run();
