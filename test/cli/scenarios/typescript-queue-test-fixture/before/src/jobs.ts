import { QueueClient } from '@azure/storage-queue';

export class Jobs {
  constructor(private readonly queue: QueueClient) {}

  add(job: object): Promise<unknown> {
    return this.queue.sendMessage(JSON.stringify(job));
  }
}
