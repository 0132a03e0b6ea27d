import { BlobServiceClient } from '@azure/storage-blob';
import { DefaultAzureCredential } from '@azure/identity';
import { ServiceBusClient } from '@azure/service-bus';

const credential = new DefaultAzureCredential();

const bus = new ServiceBusClient('contoso.servicebus.windows.net', credential);
const photos = new BlobServiceClient('https://contosophotos.blob.core.windows.net', credential).getContainerClient('photos');
const thumbnails = new BlobServiceClient('https://contosophotos.blob.core.windows.net', credential).getContainerClient('thumbnails');

/** Stores a photo and asks for its thumbnail. */
export async function upload(name: string, photo: Buffer): Promise<void> {
  await photos.getBlockBlobClient(name).uploadData(photo);
  await bus.createSender('thumbnails').sendMessages({ body: { name } });
}

export async function thumbnail(name: string): Promise<Buffer> {
  return thumbnails.getBlockBlobClient(name).downloadToBuffer();
}
