import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

function storage(connectionString = process.env.FACTORY_STORAGE_CONNECTION_STRING!) {
  return {
    blobs: BlobServiceClient.fromConnectionString(connectionString),
    queues: QueueServiceClient.fromConnectionString(connectionString),
  };
}
export const s = storage();
