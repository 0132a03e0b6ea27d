import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BlobServiceClient } from '@azure/storage-blob';
import { config } from './config';

const connectionString =
  'DefaultEndpointsProtocol=https;AccountName=contosophotos;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net';

// One client for all requests.
const photos = BlobServiceClient.fromConnectionString(connectionString).getContainerClient(config.container);

async function upload(request: IncomingMessage, name: string): Promise<string> {
  const blob = photos.getBlockBlobClient(name);
  await blob.uploadStream(request);
  return blob.url;
}

async function list(): Promise<string[]> {
  const names: string[] = [];
  for await (const blob of photos.listBlobsFlat()) names.push(blob.name);
  return names;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const body = request.method === 'PUT' ? await upload(request, pathname.slice(1)) : await list();
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}

createServer((request, response) => void answer(request, response)).listen(config.port);
