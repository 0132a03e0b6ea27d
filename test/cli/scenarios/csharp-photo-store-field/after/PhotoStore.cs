using System;
using Azure.Identity;
using Azure.Storage.Blobs;
namespace Shop;

internal sealed class PhotoStore
{
    private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();
    private readonly string _blobEndpoint;
    private readonly ILogger<PhotoStore> _logger;

    public PhotoStore(IConfiguration config, ILogger<PhotoStore> logger)
    {
        _blobEndpoint = config.GetConnectionString("BlobEndpoint")!;
        _logger = logger;
    }

    // Creates a client per call: cheap.
    private BlobContainerClient Container(string name) => new BlobContainerClient(new Uri($"{_blobEndpoint}/{name}"), Credential);

    public async Task SaveAsync(string id, Stream data)
    {
        var container = Container("photos");
        await container.UploadBlobAsync(id, data);
    }

    public async Task<bool> ExistsAsync(string id) => await new BlobClient(new Uri($"{_blobEndpoint}/photos/{Uri.EscapeDataString(id)}"), Credential).ExistsAsync();
}
