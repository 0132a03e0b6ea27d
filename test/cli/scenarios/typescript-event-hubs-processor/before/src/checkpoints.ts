import { ContainerClient } from '@azure/storage-blob';

/** Where each partition's position is kept. */
export function checkpoints(): ContainerClient {
  return new ContainerClient('DefaultEndpointsProtocol=https;AccountName=contosotelemetry;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net', 'checkpoints');
}
