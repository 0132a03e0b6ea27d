import { describe, expect, test } from 'vitest';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { fixText } from '../../harness/client-examples.ts';

const standIns = createStandIns(23);
const storageKey = standIns.storageAccountKey();
const hubKey = standIns.identifiableKey('eventHubs');
const busKey = standIns.serviceBusKey();
const topicKey = standIns.identifiableKey('eventGrid');
const storage = (suffix = ';EndpointSuffix=core.windows.net'): string =>
  `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${storageKey}${suffix}`;
const hub = (entity = ''): string =>
  `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=${hubKey}${entity}`;

/** The new text, or the reason why there is none. */
async function outcome(languageId: string, text: string, secret: string): Promise<string> {
  const start = text.lastIndexOf(secret);
  const result = await fixText({ uri: `file.${languageId}`, languageId, text }, { start, end: start + secret.length });
  if (result === undefined) return 'nothing is offered';
  return 'refusal' in result ? result.refusal : result.text;
}

describe('a client that could be wrong afterwards stays', () => {
  test.each([
    [
      'hub that nothing names',
      'typescript',
      `import { EventHubProducerClient } from '@azure/event-hubs';\nexport const c = new EventHubProducerClient('${hub()}');\n`,
      hubKey,
      /names the event hub/u,
    ],
    [
      'hub in the connection string that is not the one of the call',
      'typescript',
      `import { EventHubProducerClient } from '@azure/event-hubs';\nexport const c = new EventHubProducerClient('${hub(';EntityPath=a')}', process.env['HUB'] ?? '');\n`,
      hubKey,
      /names the entity "a"/u,
    ],
    [
      'consumer of a hub that nothing names',
      'python',
      `from azure.eventhub import EventHubConsumerClient\nc = EventHubConsumerClient.from_connection_string("${hub()}", "$Default")\n`,
      hubKey,
      /names the event hub/u,
    ],
    [
      'builder without a hub',
      'java',
      `import com.azure.messaging.eventhubs.EventHubClientBuilder;\nclass A { Object c = new EventHubClientBuilder().connectionString("${hub()}").buildProducerClient(); }\n`,
      hubKey,
      /names the event hub/u,
    ],
    [
      'hub emulator',
      'typescript',
      `import { EventHubProducerClient } from '@azure/event-hubs';\nexport const c = new EventHubProducerClient('Endpoint=sb://localhost;SharedAccessKeyName=x;SharedAccessKey=${hubKey};UseDevelopmentEmulator=true;', 'a');\n`,
      hubKey,
      /local emulator/u,
    ],
    [
      'table of a Cosmos DB account',
      'typescript',
      `import { TableClient } from '@azure/data-tables';\nexport const t = TableClient.fromConnectionString('AccountName=contoso;AccountKey=${storageKey};TableEndpoint=https://contoso.table.cosmos.azure.com:443/', 'orders');\n`,
      storageKey,
      /in Azure Cosmos DB/u,
    ],
    [
      'table of a Cosmos DB account, by its address',
      'python',
      `from azure.core.credentials import AzureNamedKeyCredential\nfrom azure.data.tables import TableServiceClient\nt = TableServiceClient(endpoint="https://contoso.table.cosmos.azure.com", credential=AzureNamedKeyCredential("contoso", "${storageKey}"))\n`,
      storageKey,
      /in Azure Cosmos DB/u,
    ],
    [
      'queue that signs access',
      'csharp',
      `using Azure.Storage.Queues;\nvar q = new QueueClient("${storage()}", "jobs");\nvar u = q.GenerateSasUri(QueueSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1));\n`,
      storageKey,
      /calls GenerateSasUri/u,
    ],
    [
      'file client with options that are made elsewhere',
      'typescript',
      `import { ShareClient, type ShareClientOptions } from '@azure/storage-file-share';\nexport const open = (options: ShareClientOptions) => new ShareClient('${storage()}', 'a', options);\n`,
      storageKey,
      /must state the token intent/u,
    ],
    [
      'queue of the bus that goes by the same name',
      'csharp',
      `using Microsoft.Azure.ServiceBus;\nvar q = new QueueClient("Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=${busKey}", "orders");\n`,
      busKey,
      /Microsoft\.Azure\.ServiceBus is retired/u,
    ],
    [
      'topic that signs access',
      'typescript',
      `import { AzureKeyCredential, EventGridPublisherClient, generateSharedAccessSignature } from '@azure/eventgrid';
const key = new AzureKeyCredential('${topicKey}');
export const topic = new EventGridPublisherClient('https://a.westeurope-1.eventgrid.azure.net/api/events', 'EventGrid', key);
export const sign = () => generateSharedAccessSignature('https://a.westeurope-1.eventgrid.azure.net/api/events', key, new Date());\n`,
      topicKey,
      /generateSharedAccessSignature/u,
    ],
    [
      'lake behind an address of its own',
      'typescript',
      `import { DataLakeServiceClient } from '@azure/storage-file-datalake';\nexport const lake = DataLakeServiceClient.fromConnectionString('BlobEndpoint=https://files.contoso.com/;AccountName=contoso;AccountKey=${storageKey}');\n`,
      storageKey,
      /which endpoint it is for/u,
    ],
  ])('%s', async (_title, languageId, text, secret, reason) => {
    const result = await outcome(languageId, text, secret);
    expect(result).toMatch(reason);
    expect(result).not.toContain(secret);
  });
});

describe('the endpoint is that of the connection string', () => {
  test.each([
    ['China', ';EndpointSuffix=core.chinacloudapi.cn', 'https://contoso.queue.core.chinacloudapi.cn'],
    ['US government', ';EndpointSuffix=core.usgovcloudapi.net', 'https://contoso.queue.core.usgovcloudapi.net'],
    ['an endpoint of its own', ';QueueEndpoint=https://jobs.contoso.com/', 'https://jobs.contoso.com'],
    [
      'a private zone',
      ';QueueEndpoint=https://contoso.z1.queue.storage.azure.net',
      'https://contoso.z1.queue.storage.azure.net',
    ],
  ])('%s', async (_title, suffix, expected) => {
    const text = `import { QueueServiceClient } from '@azure/storage-queue';\nexport const q = QueueServiceClient.fromConnectionString('${storage(suffix)}');\n`;
    expect(await outcome('typescript', text, storageKey)).toContain(`new QueueServiceClient('${expected}', `);
  });

  test('dfs in place of blob', async () => {
    const text = `from azure.storage.filedatalake import DataLakeServiceClient\nlake = DataLakeServiceClient.from_connection_string("BlobEndpoint=https://contoso.blob.core.usgovcloudapi.net/;AccountKey=${storageKey}")\n`;
    expect(await outcome('python', text, storageKey)).toContain('"https://contoso.dfs.core.usgovcloudapi.net"');
  });
});

describe('one key for several services of the account', () => {
  test('every client gets its own endpoint, and all of them one credential', async () => {
    const text = `import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueClient } from '@azure/storage-queue';

const connection = '${storage()}';
export const blobs = BlobServiceClient.fromConnectionString(connection);
export const jobs = new QueueClient(connection, 'jobs');
export const orders = TableClient.fromConnectionString(connection, 'orders');
`;
    const result = await outcome('typescript', text, storageKey);
    expect(result).toContain(`new BlobServiceClient('https://contoso.blob.core.windows.net', credential)`);
    expect(result).toContain(`new QueueClient('https://contoso.queue.core.windows.net/jobs', credential)`);
    expect(result).toContain(`new TableClient('https://contoso.table.core.windows.net', 'orders', credential)`);
    expect(result.match(/new DefaultAzureCredential\(\)/gu)).toHaveLength(1);
    expect(result).not.toContain('connection');
  });
});
