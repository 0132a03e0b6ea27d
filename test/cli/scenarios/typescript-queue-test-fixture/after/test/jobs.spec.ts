import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DefaultAzureCredential } from '@azure/identity';
import { QueueClient } from '@azure/storage-queue';
import { Jobs } from '../src/jobs';

const credential = new DefaultAzureCredential();

const emulator = 'UseDevelopmentStorage=true';

let queue: QueueClient;

before(async () => {
  queue = process.env['CI'] === undefined ? new QueueClient(emulator, 'jobs') : new QueueClient('https://contosotests.queue.core.windows.net/jobs-ci', credential);
  await queue.createIfNotExists();
});

test('a job is added', async () => {
  await new Jobs(queue).add({ name: 'resize' });
  const { receivedMessageItems } = await queue.receiveMessages();
  assert.equal(receivedMessageItems.length, 1);
});
