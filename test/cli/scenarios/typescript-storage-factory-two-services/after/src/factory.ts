import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

const credential = new DefaultAzureCredential();

function storage(blobEndpoint = process.env.AZURE_STORAGE_BLOB_ENDPOINT!) {
  return {
    blobs: new BlobServiceClient(blobEndpoint, credential),
    queues: new QueueServiceClient(process.env.AZURE_STORAGE_QUEUE_ENDPOINT!, credential),
  };
}
export const s = storage();
