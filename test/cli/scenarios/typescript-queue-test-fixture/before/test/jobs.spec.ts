import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { QueueClient } from '@azure/storage-queue';
import { Jobs } from '../src/jobs';

const emulator = 'UseDevelopmentStorage=true';
const shared = 'DefaultEndpointsProtocol=https;AccountName=contosotests;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net';

let queue: QueueClient;

before(async () => {
  queue = process.env['CI'] === undefined ? new QueueClient(emulator, 'jobs') : new QueueClient(shared, 'jobs-ci');
  await queue.createIfNotExists();
});

test('a job is added', async () => {
  await new Jobs(queue).add({ name: 'resize' });
  const { receivedMessageItems } = await queue.receiveMessages();
  assert.equal(receivedMessageItems.length, 1);
});
