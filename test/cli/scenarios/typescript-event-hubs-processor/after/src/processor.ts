import { EventHubConsumerClient, earliestEventPosition, type ReceivedEventData } from '@azure/event-hubs';
import { DefaultAzureCredential } from '@azure/identity';

const hub = 'readings';

const consumer = new EventHubConsumerClient('dashboard', 'contoso-telemetry.servicebus.windows.net', 'readings', new DefaultAzureCredential(), {
  retryOptions: { timeoutInMs: 30_000 },
});

function show(events: readonly ReceivedEventData[]): void {
  for (const { body } of events) console.log(hub, body);
}

export const subscription = consumer.subscribe(
  {
    processEvents: async events => show(events),
    processError: async error => console.error(error),
  },
  { startPosition: earliestEventPosition },
);
