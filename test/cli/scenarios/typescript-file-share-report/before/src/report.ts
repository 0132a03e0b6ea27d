import { ShareServiceClient, StorageSharedKeyCredential } from '@azure/storage-file-share';

const account = 'contosofiles';
const credential = new StorageSharedKeyCredential(account, '@@storageAccountKey@@');
const files = new ShareServiceClient(`https://${account}.file.core.windows.net`, credential);

export async function write(name: string, text: string): Promise<void> {
  const directory = files.getShareClient('reports').getDirectoryClient('daily');
  const content = Buffer.from(text, 'utf8');
  await directory.createFile(name, content.byteLength);
  await directory.getFileClient(name).uploadData(content);
}
