import { AzureKeyCredential, EventGridPublisherClient } from '@azure/eventgrid'
import { randomUUID } from 'node:crypto'

const topic = new EventGridPublisherClient(
  'https://orders.westeurope-1.eventgrid.azure.net/api/events',
  'EventGrid',
  // Access key 1 of the topic.
  new AzureKeyCredential('@@identifiableKey eventGrid@@'),
)

export async function shipped(order: string): Promise<void> {
  await topic.send([
    { id: randomUUID(), eventType: 'Contoso.Orders.Shipped', subject: order, dataVersion: '1.0', data: { order } },
  ])
}
