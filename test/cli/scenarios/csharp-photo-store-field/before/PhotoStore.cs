using Azure.Storage.Blobs;
namespace Shop;

internal sealed class PhotoStore
{
    private readonly string _connectionString;
    private readonly ILogger<PhotoStore> _logger;

    public PhotoStore(IConfiguration config, ILogger<PhotoStore> logger)
    {
        _connectionString = config.GetConnectionString("PhotoStorage")!;
        _logger = logger;
    }

    // Creates a client per call: cheap.
    private BlobContainerClient Container(string name) => new BlobContainerClient(_connectionString, name);

    public async Task SaveAsync(string id, Stream data)
    {
        var container = Container("photos");
        await container.UploadBlobAsync(id, data);
    }

    public async Task<bool> ExistsAsync(string id) => await new BlobClient(_connectionString, "photos", id).ExistsAsync();
}
