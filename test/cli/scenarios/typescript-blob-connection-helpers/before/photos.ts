import { BlobServiceClient } from '@azure/storage-blob';
import { ServiceBusClient } from '@azure/service-bus';

const busConnection = () => 'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=@@serviceBusKey@@';

const bus = new ServiceBusClient(busConnection());
const photos = BlobServiceClient.fromConnectionString(connectionString()).getContainerClient('photos');
const thumbnails = BlobServiceClient.fromConnectionString(connectionString()).getContainerClient('thumbnails');

function connectionString(): string {
  return 'DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net';
}

/** Stores a photo and asks for its thumbnail. */
export async function upload(name: string, photo: Buffer): Promise<void> {
  await photos.getBlockBlobClient(name).uploadData(photo);
  await bus.createSender('thumbnails').sendMessages({ body: { name } });
}

export async function thumbnail(name: string): Promise<Buffer> {
  return thumbnails.getBlockBlobClient(name).downloadToBuffer();
}
