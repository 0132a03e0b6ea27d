import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { EventHubProducerClient } from '@azure/event-hubs';

const credential = new DefaultAzureCredential();

export function clients() {
  return {
    blobs: new BlobServiceClient('https://contosophotos.blob.core.windows.net', credential),
    clicks: new EventHubProducerClient('contoso-telemetry.servicebus.windows.net', 'clicks', credential),
  };
}
