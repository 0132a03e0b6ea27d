import { DefaultAzureCredential } from '@azure/identity';
import { ContainerClient } from '@azure/storage-blob';

const credential = new DefaultAzureCredential();

/** Where each partition's position is kept. */
export function checkpoints(): ContainerClient {
  return new ContainerClient('https://contosotelemetry.blob.core.windows.net/checkpoints', credential);
}
