using System;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Contoso.Photos;

public sealed class PhotoStore
{
    private readonly BlobContainerClient photos;

    public PhotoStore()
    {
        photos = new BlobServiceClient(new Uri("https://contosophotos.blob.core.windows.net"), new DefaultAzureCredential()).GetBlobContainerClient("photos");
    }

    public async Task SaveAsync(string name, Stream photo) => await photos.UploadBlobAsync(name, photo);
}
