import { BlobSASPermissions, BlobServiceClient } from '@azure/storage-blob';

const service = BlobServiceClient.fromConnectionString('DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net');

/** A link that works for an hour. */
export function link(name: string): Promise<string> {
  const expiresOn = new Date(Date.now() + 3_600_000);
  const blob = service.getContainerClient('photos').getBlobClient(name);
  return blob.generateSasUrl({ permissions: BlobSASPermissions.parse('r'), expiresOn });
}
