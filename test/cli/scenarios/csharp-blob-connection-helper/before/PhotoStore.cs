using Azure.Storage.Blobs;

namespace Contoso.Photos;

public sealed class PhotoStore
{
    private readonly BlobContainerClient photos;

    public PhotoStore()
    {
        photos = new BlobServiceClient(ConnectionString()).GetBlobContainerClient("photos");
    }

    private static string ConnectionString() =>
        "DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net";

    public async Task SaveAsync(string name, Stream photo) => await photos.UploadBlobAsync(name, photo);
}
