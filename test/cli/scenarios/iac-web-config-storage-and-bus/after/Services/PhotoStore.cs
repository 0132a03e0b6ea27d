using System;
using System.Configuration;
using System.IO;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Contoso.Web.Services
{
    public class PhotoStore
    {
        private readonly BlobContainerClient _container;

        public PhotoStore()
        {
            var service = new BlobServiceClient(new Uri(ConfigurationManager.AppSettings["BlobEndpoint"]), new DefaultAzureCredential());
            _container = service.GetBlobContainerClient(ConfigurationManager.AppSettings["PhotosContainer"]);
        }

        public void Save(string name, Stream content) => _container.UploadBlob(name, content);
    }
}
