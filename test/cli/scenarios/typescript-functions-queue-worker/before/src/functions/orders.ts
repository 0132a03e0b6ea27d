import { app, type InvocationContext } from '@azure/functions';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';

interface Order {
  readonly id: string;
  readonly total: number;
}

const storage = "DefaultEndpointsProtocol=https;AccountName=contosoorders;AccountKey=@@storageAccountKey@@;EndpointSuffix=core.windows.net";
const queues = QueueServiceClient.fromConnectionString(storage);
const orders = TableClient.fromConnectionString(storage, "orders");

export async function place(order: unknown, context: InvocationContext): Promise<void> {
  const { id, total } = order as Order;
  await orders.upsertEntity({ partitionKey: "2026", rowKey: id, total });
  await queues.getQueueClient("invoices").sendMessage(JSON.stringify({ id }));
  context.log(`Order ${id} is placed.`);
}

app.storageQueue("place", { queueName: "orders", connection: "OrderStorage", handler: place });
