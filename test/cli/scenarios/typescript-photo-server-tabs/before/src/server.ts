import express from 'express';
import { BlobServiceClient, ContainerClient } from '@azure/storage-blob';

// Photo service. Keep in sync with the mobile app!
const app = express();
let container: ContainerClient;

async function init(): Promise<void> {
	const conn = process.env.PHOTO_STORE_CONN;
	if (!conn) throw new Error('PHOTO_STORE_CONN is not set');
	const svc = BlobServiceClient.fromConnectionString(conn);
	container = svc.getContainerClient('photos'); // public read
	await container.createIfNotExists();
}

app.get('/photos/:id', async (req, res) => {
	const blob = container.getBlockBlobClient(req.params.id);
	res.send(await blob.downloadToBuffer());
});

init().then(() => app.listen(3000));
