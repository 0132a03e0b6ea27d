import { type CorpusEntry } from '../entry.ts';
import { spread, type SecretForm } from '../spread.ts';

/** Settings in which the secrets of Storage, Service Bus, Cosmos DB, SQL, Azure OpenAI and Entra ID turn up. */
const forms: readonly SecretForm[] = [
  {
    id: 'storage-connection',
    rules: ['storage-account-key'],
    name: 'storage connection string',
    value: v => `DefaultEndpointsProtocol=https;AccountName=orders${v.digits(3)};AccountKey=«${v.standIns.storageAccountKey()}»;EndpointSuffix=core.windows.net`,
  },
  {
    id: 'storage-connection-reversed',
    rules: ['storage-account-key'],
    name: 'blob connection',
    value: v => `AccountKey=«${v.standIns.storageAccountKey()}»;AccountName=photos;BlobEndpoint=https://photos.blob.core.windows.net/`,
  },
  {
    id: 'storage-connection-legacy',
    rules: ['storage-account-key'],
    name: 'azure web jobs storage',
    value: v => `DefaultEndpointsProtocol=https;AccountName=legacy${v.digits(2)};AccountKey=«${v.standIns.legacyKey64()}»`,
  },
  {
    id: 'storage-connection-china',
    rules: ['storage-account-key'],
    name: 'queue connection',
    value: v => `defaultendpointsprotocol=https; accountname=orders; accountkey=«${v.standIns.storageAccountKey()}»; endpointsuffix=core.chinacloudapi.cn`,
  },
  {
    id: 'storage-key',
    rules: ['storage-account-key'],
    name: 'photos key',
    value: v => `«${v.standIns.storageAccountKey()}»`,
  },
  {
    id: 'storage-key-legacy',
    rules: ['storage-account-key'],
    name: 'azure storage account key',
    value: v => `«${v.standIns.legacyKey64()}»`,
  },
  {
    id: 'storage-sas-url',
    rules: ['storage-sas-token'],
    name: 'upload url',
    not: ['bat-set'],
    value: v => `https://orders.blob.core.windows.net/incoming?«sv=2024-11-04&ss=bf&srt=sco&sp=rwdlacup&se=2099-12-31T23:59:59Z&st=2025-01-01T00:00:00Z&spr=https&sig=${v.standIns.sasSignature()}»`,
  },
  {
    id: 'storage-sas-policy',
    rules: ['storage-sas-token'],
    name: 'export url',
    not: ['bat-set'],
    value: v => `https://orders.blob.core.windows.net/export/day.csv?«si=readers&sr=b&sv=2022-11-02&sig=${v.standIns.sasSignature()}»`,
  },
  {
    id: 'storage-sas-delegation',
    rules: ['storage-sas-token'],
    name: 'share url',
    not: ['bat-set'],
    value: v => `https://lake.dfs.core.windows.net/raw?«sp=rl&st=2025-05-01T00:00:00Z&se=2098-05-02T00:00:00Z&skoid=${v.guid()}&sktid=${v.guid()}&skt=2025-05-01T00:00:00Z&ske=2025-05-02T00:00:00Z&sks=b&skv=2024-11-04&sv=2024-11-04&sr=c&sig=${v.standIns.sasSignature()}»`,
  },
  {
    id: 'storage-sas-connection',
    rules: ['storage-sas-token'],
    name: 'storage sas connection',
    not: ['bat-set'],
    value: v => `BlobEndpoint=https://orders.blob.core.windows.net/;QueueEndpoint=https://orders.queue.core.windows.net/;SharedAccessSignature=«sv=2023-11-03&ss=bq&srt=o&sp=rw&se=2090-01-01&sig=${v.standIns.sasSignature()}»`,
  },
  {
    id: 'storage-sas-bare',
    rules: ['storage-sas-token'],
    name: 'sas token',
    not: ['bat-set'],
    value: v => `?«sv=2021-06-08&sr=c&sp=racwdl&se=2097-03-04T00:00:00Z&sig=${v.standIns.sasSignature()}»`,
  },
  {
    id: 'service-bus-connection',
    rules: ['service-bus-access-key'],
    name: 'service bus connection',
    value: v => `Endpoint=sb://orders-${v.digits(3)}.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=«${v.standIns.serviceBusKey()}»`,
  },
  {
    id: 'service-bus-connection-entity',
    rules: ['service-bus-access-key'],
    name: 'orders bus',
    value: v => `Endpoint=sb://contoso.servicebus.windows.net/;EntityPath=invoices;SharedAccessKey=«${v.standIns.serviceBusKey()}»;SharedAccessKeyName=listen`,
  },
  {
    id: 'service-bus-connection-legacy',
    rules: ['service-bus-access-key', 'event-hubs-access-key', 'event-hubs-key'],
    name: 'bus connection string',
    value: v => `Endpoint=sb://legacy.servicebus.windows.net;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.legacyKey32()}»;TransportType=AmqpWebSockets`,
  },
  {
    id: 'service-bus-key',
    rules: ['service-bus-access-key'],
    name: 'bus primary key',
    value: v => `«${v.standIns.serviceBusKey()}»`,
  },
  {
    id: 'service-bus-sas',
    rules: ['service-bus-sas-token'],
    name: 'bus authorization',
    not: ['bat-set'],
    value: v => `SharedAccessSignature «sr=https%3A%2F%2Fcontoso.servicebus.windows.net%2Forders&sig=${v.standIns.sasSignature()}&se=4102444800&skn=send»`,
  },
  {
    id: 'cosmos-connection',
    rules: ['cosmos-account-key'],
    name: 'cosmos connection string',
    value: v => `AccountEndpoint=https://catalogue-${v.digits(2)}.documents.azure.com:443/;AccountKey=«${v.standIns.cosmosAccountKey()}»;`,
  },
  {
    id: 'cosmos-connection-legacy',
    rules: ['cosmos-account-key'],
    name: 'catalogue database',
    value: v => `AccountKey=«${v.standIns.legacyKey64()}»;AccountEndpoint=https://legacy.documents.azure.com:443/;Database=shop`,
  },
  {
    id: 'cosmos-key',
    rules: ['cosmos-account-key'],
    name: 'catalogue key',
    value: v => `«${v.standIns.cosmosAccountKey()}»`,
  },
  {
    id: 'cosmos-key-legacy',
    rules: ['cosmos-account-key'],
    name: 'cosmos account key',
    value: v => `«${v.standIns.legacyKey64()}»`,
  },
  {
    id: 'sql-ado',
    rules: ['azure-sql-password'],
    name: 'orders database',
    value: v => `Server=tcp:orders.database.windows.net,1433;Initial Catalog=orders;Persist Security Info=False;User ID=app;Password=«${v.strongPassword()}»;MultipleActiveResultSets=False;Encrypt=True;TrustServerCertificate=False;Connection Timeout=30;`,
  },
  {
    id: 'sql-ado-human',
    rules: ['azure-sql-password'],
    name: 'default connection',
    value: v => `Data Source=contoso.database.windows.net;Database=crm;UID=sa;PWD=«${v.humanPassword()}»`,
  },
  {
    id: 'sql-ado-first',
    rules: ['azure-sql-password'],
    name: 'reports db',
    value: v => `password=«${v.strongPassword()}»; user=app@reports; server=reports.database.usgovcloudapi.net; database=reports`,
  },
  {
    id: 'sql-ado-on-premises',
    rules: ['azure-sql-password'],
    name: 'erp connection string',
    value: v => `Server=sql01.corp.contoso.com\\ERP;Initial Catalog=Erp;User Id=svc_orders;Password=«${v.strongPassword()}»;Encrypt=True`,
    not: ['sh-plain', 'sh-default', 'py-single', 'ts-template', 'go-raw', 'properties', 'toml', 'dockerfile-env'],
  },
  {
    id: 'sql-odbc',
    rules: ['azure-sql-password'],
    name: 'odbc connection',
    not: ['sh-default', 'ps-env'],
    value: v => `Driver={ODBC Driver 18 for SQL Server};Server=tcp:orders.database.windows.net,1433;Database=orders;Uid=app;Pwd={«${v.strongPassword()}»};Encrypt=yes;`,
  },
  {
    id: 'sql-jdbc',
    rules: ['azure-sql-password'],
    name: 'jdbc url',
    value: v => `jdbc:sqlserver://orders.database.windows.net:1433;database=orders;user=app@orders;password=«${v.strongPassword()}»;encrypt=true;loginTimeout=30;`,
  },
  {
    id: 'sql-url',
    rules: ['azure-sql-password'],
    name: 'database url',
    value: v => `mssql+pyodbc://app:«${v.strongPassword()}»@orders.database.windows.net:1433/orders?driver=ODBC+Driver+18+for+SQL+Server`,
  },
  {
    id: 'sql-go-url',
    rules: ['azure-sql-password'],
    name: 'mssql dsn',
    value: v => `sqlserver://app:«${v.humanPassword().replaceAll('@', '-')}»@orders.database.windows.net?database=orders`,
  },
  {
    id: 'openai-key',
    rules: ['azure-openai-key'],
    name: 'assistant key',
    value: v => `«${v.standIns.azureOpenAIKey()}»`,
  },
  {
    id: 'openai-key-named',
    rules: ['azure-openai-key'],
    name: 'azure openai api key',
    value: v => `«${v.standIns.annotatedKey('ACOG')}»`,
  },
  {
    id: 'entra-secret',
    rules: ['entra-client-secret'],
    name: 'azure client secret',
    value: v => `«${v.standIns.entraClientSecret()}»`,
  },
  {
    id: 'entra-secret-unnamed',
    rules: ['entra-client-secret'],
    name: 'graph app value',
    value: v => `«${v.standIns.entraClientSecret()}»`,
  },
  {
    id: 'entra-secret-7',
    rules: ['entra-client-secret'],
    name: 'aad client secret',
    value: v => `«${v.standIns.entraClientSecret7()}»`,
  },
  {
    id: 'azure-future-key',
    rules: ['azure-identifiable-key'],
    name: 'next service key',
    value: v => `«${v.standIns.annotatedKey(v.pick(['TEST', 'Abcd', 'ZZ9Z']))}»`,
  },
];

export function firstServices(): CorpusEntry[] {
  return spread(forms, 4);
}
