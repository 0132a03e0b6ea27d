import express from 'express';
import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient, ContainerClient } from '@azure/storage-blob';

const credential = new DefaultAzureCredential();

// Photo service. Keep in sync with the mobile app!
const app = express();
let container: ContainerClient;

async function init(): Promise<void> {
	const blobEndpoint = process.env.AZURE_STORAGE_BLOB_ENDPOINT;
	if (!blobEndpoint) throw new Error('AZURE_STORAGE_BLOB_ENDPOINT is not set');
	const svc = new BlobServiceClient(blobEndpoint, credential);
	container = svc.getContainerClient('photos'); // public read
	await container.createIfNotExists();
}

app.get('/photos/:id', async (req, res) => {
	const blob = container.getBlockBlobClient(req.params.id);
	res.send(await blob.downloadToBuffer());
});

init().then(() => app.listen(3000));
