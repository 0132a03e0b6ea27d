import { EventHubConsumerClient, earliestEventPosition, type ReceivedEventData } from '@azure/event-hubs';

const hub = 'readings';
const connection = 'Endpoint=sb://contoso-telemetry.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=@@identifiableKey eventHubs@@;EntityPath=readings';

const consumer = new EventHubConsumerClient('dashboard', connection, {
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
