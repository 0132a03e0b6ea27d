import { app, type InvocationContext } from '@azure/functions';
import { TableClient } from '@azure/data-tables';
import { DefaultAzureCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';

const credential = new DefaultAzureCredential();

interface Order {
  readonly id: string;
  readonly total: number;
}

const queues = new QueueServiceClient("https://contosoorders.queue.core.windows.net", credential);
const orders = new TableClient("https://contosoorders.table.core.windows.net", "orders", credential);

export async function place(order: unknown, context: InvocationContext): Promise<void> {
  const { id, total } = order as Order;
  await orders.upsertEntity({ partitionKey: "2026", rowKey: id, total });
  await queues.getQueueClient("invoices").sendMessage(JSON.stringify({ id }));
  context.log(`Order ${id} is placed.`);
}

app.storageQueue("place", { queueName: "orders", connection: "OrderStorage", handler: place });
