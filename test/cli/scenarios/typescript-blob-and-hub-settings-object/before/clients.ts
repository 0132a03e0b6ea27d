import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { EventHubProducerClient } from '@azure/event-hubs';

const settings = {
  blobs: 'DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net',
  hubs: 'Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=@@identifiableKey eventHubs@@;EntityPath=clicks',
};

export function clients() {
  return {
    blobs: BlobServiceClient.fromConnectionString(settings.blobs),
    clicks: new EventHubProducerClient(settings.hubs),
  };
}
