import { type CorpusEntry, positive, type Template } from '../entry.ts';
import { joinLines } from '../names.ts';
import { spread, type SecretForm } from '../spread.ts';

/** Shell variables of Windows and the like would expand percent signs. */
const percent = ['bat-set'];
/** One namespace host serves Service Bus, Event Hubs, Relay and Notification Hubs: without more evidence any of them fits. */
const namespaceKeys = ['service-bus-access-key', 'event-hubs-access-key', 'relay-access-key', 'notification-hubs-access-key'];
const namespaceRules = (first: string): string[] => [first, ...namespaceKeys.filter(rule => rule !== first)];

const forms: readonly SecretForm[] = [
  { id: 'event-hubs-connection', rules: ['event-hubs-access-key'], name: 'event hub connection', value: v => `Endpoint=sb://telemetry.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.identifiableKey('eventHubs')}»;EntityPath=readings` },
  { id: 'event-hubs-key', rules: ['event-hubs-access-key'], name: 'telemetry key', value: v => `«${v.standIns.identifiableKey('eventHubs', 'Send0000')}»` },
  { id: 'event-hubs-legacy', rules: namespaceRules('event-hubs-access-key'), name: 'event hub connection string', value: v => `Endpoint=sb://telemetry.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=«${v.standIns.legacyKey32()}»;EntityPath=readings` },
  { id: 'event-hubs-sas', rules: ['event-hubs-sas-token', 'service-bus-sas-token'], name: 'event hub token', not: percent, value: v => `SharedAccessSignature «sr=https%3A%2F%2Ftelemetry.servicebus.windows.net%2Freadings&sig=${v.standIns.sasSignature()}&se=4102444800&skn=send»` },
  { id: 'relay-connection', rules: ['relay-access-key'], name: 'relay connection', value: v => `Endpoint=sb://branch.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=«${v.standIns.identifiableKey('relay', 'Listen00')}»;EntityPath=hc1` },
  { id: 'relay-key', rules: ['relay-access-key'], name: 'hybrid connection key', value: v => `«${v.standIns.identifiableKey('relay')}»` },
  { id: 'notification-hubs', rules: namespaceRules('notification-hubs-access-key'), name: 'notification hub connection', value: v => `Endpoint=sb://push.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=«${v.standIns.legacyKey32()}»` },
  { id: 'iot-hub', rules: ['iot-hub-access-key'], name: 'iot hub connection string', value: v => `HostName=plant.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey=«${v.standIns.identifiableKey('iotHub')}»` },
  { id: 'iot-hub-legacy', rules: ['iot-hub-access-key'], name: 'hub connection', value: v => `SharedAccessKeyName=service;SharedAccessKey=«${v.standIns.legacyKey32()}»;HostName=plant.azure-devices.net` },
  { id: 'iot-dps', rules: ['iot-hub-access-key'], name: 'dps connection', value: v => `HostName=plant.azure-devices-provisioning.net;SharedAccessKeyName=provisioningserviceowner;SharedAccessKey=«${v.standIns.identifiableKey('iotHub', 'DpsKey00')}»` },
  { id: 'iot-device', rules: ['iot-device-key'], name: 'device connection string', value: v => `HostName=plant.azure-devices.net;DeviceId=press-${v.digits(2)};SharedAccessKey=«${v.standIns.identifiableKey('iotDevice')}»` },
  { id: 'iot-device-legacy', rules: ['iot-device-key'], name: 'device connection', value: v => `HostName=plant.azure-devices.net;DeviceId=d1;ModuleId=filter;SharedAccessKey=«${v.standIns.legacyKey32()}»` },
  { id: 'iot-sas', rules: ['iot-hub-sas-token'], name: 'device token', not: percent, value: v => `SharedAccessSignature «sr=plant.azure-devices.net%2Fdevices%2Fpress&sig=${v.standIns.sasSignature()}&se=4102444800»` },
  { id: 'app-configuration', rules: ['app-configuration-access-key'], name: 'app config', value: v => `Endpoint=https://orders.azconfig.io;Id=${v.alphanumeric(4)}-l9-s0:${v.alphanumeric(20)};Secret=«${v.standIns.annotatedKey('AZAC')}»` },
  { id: 'app-configuration-legacy', rules: ['app-configuration-access-key'], name: 'app configuration connection string', value: v => `Endpoint=https://orders.azconfig.io;Id=${v.alphanumeric(4)};Secret=«${v.standIns.legacyKey32()}»` },
  { id: 'registry-password', rules: ['container-registry-password'], name: 'registry password', value: v => `«${v.standIns.identifiableKey('containerRegistry')}»` },
  { id: 'registry-password-annotated', rules: ['container-registry-password'], name: 'acr password', value: v => `«${v.standIns.annotatedKey('AZCR')}»` },
  { id: 'redis-connection', rules: ['redis-access-key'], name: 'redis connection string', value: v => `orders.redis.cache.windows.net:6380,password=«${v.standIns.identifiableKey('redis')}»,ssl=True,abortConnect=False` },
  { id: 'redis-connection-legacy', rules: ['redis-access-key'], name: 'cache connection', value: v => `ssl=True,password=«${v.standIns.legacyKey32()}»,orders.redis.cache.windows.net:6380` },
  { id: 'redis-url', rules: ['redis-access-key'], name: 'redis url', not: percent, value: v => `rediss://:«${encodeURIComponent(v.standIns.legacyKey32())}»@orders.redis.cache.windows.net:6380/0` },
  { id: 'redis-key', rules: ['redis-access-key'], name: 'cache key value', value: v => `«${v.standIns.identifiableKey('redis')}»` },
  { id: 'search-admin-key', rules: ['ai-search-key'], name: 'search admin key', value: v => `«${v.standIns.identifiableKey('search', 'PAdmin00')}»` },
  { id: 'search-query-key', rules: ['ai-search-key'], name: 'query key', value: v => `«${v.standIns.identifiableKey('search')}»` },
  { id: 'search-legacy', rules: ['ai-search-key'], name: 'azure search api key', value: v => `«${v.hex(32).toUpperCase()}»` },
  { id: 'signalr', rules: ['signalr-access-key'], name: 'azure signalr connection string', value: v => `Endpoint=https://orders.service.signalr.net;AccessKey=«${v.standIns.legacyKey32()}»;Version=1.0;` },
  { id: 'web-pubsub', rules: ['web-pubsub-access-key'], name: 'web pub sub connection string', value: v => `Endpoint=https://orders.webpubsub.azure.com;AccessKey=«${v.standIns.legacyKey32()}»;Version=1.0;` },
  { id: 'functions-key', rules: ['functions-key'], name: 'orders function key', value: v => `«${v.standIns.identifiableKey('functions')}»` },
  { id: 'functions-url', rules: ['functions-key'], name: 'webhook url', value: v => `https://orders.azurewebsites.net/api/webhook?clientId=default&code=«${v.standIns.identifiableKey('functions', 'Master00')}»` },
  { id: 'functions-url-legacy', rules: ['functions-key'], name: 'callback url', value: v => `https://orders.azurewebsites.net/api/orders?code=«${v.alphanumeric(54)}==»` },
  { id: 'apim-key', rules: ['api-management-key'], name: 'apim key', value: v => `«${v.standIns.identifiableKey('apiManagement', 'IoTHub00')}»` },
  { id: 'apim-url', rules: ['api-management-key'], name: 'orders api', value: v => `https://contoso.azure-api.net/orders/v1?subscription-key=«${v.hex(32)}»` },
  { id: 'batch-key', rules: ['batch-account-key'], name: 'batch account key', value: v => `«${v.standIns.identifiableKey('batch')}»` },
  { id: 'batch-key-legacy', rules: ['batch-account-key'], name: 'azure batch account key', value: v => `«${v.standIns.legacyKey64()}»` },
  { id: 'maps-key', rules: ['maps-key'], name: 'atlas key', value: v => `«${v.standIns.annotatedKey('AZMP')}»` },
  { id: 'maps-url', rules: ['maps-key'], name: 'tile url', value: v => `https://atlas.microsoft.com/map/tile?api-version=2.1&zoom=3&subscription-key=«${v.base64Url(31)}7»` },
  { id: 'event-grid-key', rules: ['event-grid-access-key'], name: 'topic key', value: v => `«${v.standIns.identifiableKey('eventGrid')}»` },
  { id: 'event-grid-annotated', rules: ['event-grid-access-key'], name: 'event grid key', value: v => `«${v.standIns.annotatedKey('AZEG')}»` },
  { id: 'machine-learning-key', rules: ['machine-learning-endpoint-key'], name: 'scoring key', value: v => `«${v.standIns.identifiableKey('machineLearning')}»` },
  { id: 'devops-pat', rules: ['devops-personal-access-token'], name: 'azure devops pat', value: v => `«${v.standIns.devOpsToken()}»` },
  { id: 'devops-pat-annotated', rules: ['devops-personal-access-token'], name: 'build token', value: v => `«${v.standIns.annotatedKey('AZDO')}»` },
  { id: 'devops-url', rules: ['devops-personal-access-token'], name: 'git remote', value: v => `https://build:«${v.standIns.devOpsToken()}»@dev.azure.com/contoso/orders/_git/api` },
  { id: 'communication-connection', rules: ['communication-services-key'], name: 'communication connection string', value: v => `endpoint=https://mail.europe.communication.azure.com/;accesskey=«${v.standIns.annotatedKey('AZCS')}»` },
  { id: 'communication-legacy', rules: ['communication-services-key'], name: 'acs connection', value: v => `accesskey=«${v.standIns.legacyKey64()}»;endpoint=https://mail.communication.azure.com` },
];

const texts: readonly (readonly [path: string, rule: string, template: Template])[] = [
  ['login.sh', 'container-registry-password', v => `docker login orders.azurecr.io -u orders -p «${v.standIns.identifiableKey('containerRegistry')}»\n`],
  ['login.sh', 'container-registry-password', v => `echo login && docker login --username orders --password «${v.alphanumeric(32)}» orders.azurecr.io\n`],
  ['login.sh', 'container-registry-password', v => `az acr login --name orders --username orders --password «${v.standIns.annotatedKey('AZCR')}»\n`],
  ['app.tf', 'container-registry-password', v => joinLines('  app_settings = {', '    DOCKER_REGISTRY_SERVER_URL      = "https://orders.azurecr.io"', `    DOCKER_REGISTRY_SERVER_PASSWORD = "«${v.alphanumeric(32)}»"`, '  }')],
  ['Search.cs', 'ai-search-key', v => `var client = new SearchClient(new Uri("https://orders.search.windows.net"), "products", new AzureKeyCredential("«${v.hex(32).toUpperCase()}»"));\n`],
  ['search.py', 'ai-search-key', v => `SearchClient("https://orders.search.windows.net", "products", AzureKeyCredential("«${v.standIns.identifiableKey('search')}»"))\n`],
  ['search.http', 'ai-search-key', v => joinLines('GET https://orders.search.windows.net/indexes?api-version=2024-07-01', `api-key: «${v.standIns.identifiableKey('search', 'PAdmin00')}»`)],
  ['call.http', 'functions-key', v => joinLines('POST https://orders.azurewebsites.net/api/orders', `x-functions-key: «${v.standIns.identifiableKey('functions')}»`)],
  ['call.ts', 'functions-key', v => `await fetch(url, { headers: { 'x-functions-key': '«${v.alphanumeric(54)}==»' } });\n`],
  ['call.http', 'api-management-key', v => joinLines('GET https://contoso.azure-api.net/orders', `Ocp-Apim-Subscription-Key: «${v.hex(32)}»`)],
  ['call.py', 'api-management-key', v => `headers = {"Ocp-Apim-Subscription-Key": "«${v.hex(32)}»"}\n`],
  ['Call.cs', 'api-management-key', v => `client.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", "«${v.hex(32)}»");\n`],
  ['manage.http', 'api-management-sas-token', v => `Authorization: SharedAccessSignature «integration&209912312359&${v.standIns.legacyKey64()}»\n`],
  ['gateway.yaml', 'api-management-sas-token', v => `  config.service.auth: "GatewayKey «west&209912312359&${v.standIns.legacyKey64()}»"\n`],
  ['gateway.env', 'api-management-sas-token', v => `config.service.auth=GatewayKey «east&209912312359&${v.standIns.legacyKey64()}»\n`],
  ['Batch.cs', 'batch-account-key', v => `var credentials = new BatchSharedKeyCredentials("https://jobs.westeurope.batch.azure.com", "jobs", "«${v.standIns.legacyKey64()}»");\n`],
  ['batch.py', 'batch-account-key', v => `credentials = SharedKeyCredentials("jobs", "«${v.standIns.identifiableKey('batch')}»")\n`],
  ['map.html', 'maps-key', v => `<script>new atlas.Map('map', { authOptions: { authType: 'subscriptionKey', subscriptionKey: '«${v.standIns.annotatedKey('AZMP')}»' } });</script>\n`],
  ['publish.ts', 'event-grid-access-key', v => `const client = new EventGridPublisherClient("https://orders.westeurope-1.eventgrid.azure.net/api/events", "EventGrid", new AzureKeyCredential("«${v.standIns.legacyKey32()}»"));\n`],
  ['publish.http', 'event-grid-access-key', v => joinLines('POST https://orders.westeurope-1.eventgrid.azure.net/api/events', `aeg-sas-key: «${v.standIns.legacyKey32()}»`)],
  ['publish.http', 'event-grid-sas-token', v => joinLines('POST https://orders.westeurope-1.eventgrid.azure.net/api/events', `aeg-sas-token: «r=https%3A%2F%2Forders.westeurope-1.eventgrid.azure.net%2Fapi%2Fevents&e=1%2F1%2F2099+12%3A00%3A00+AM&s=${v.standIns.sasSignature()}»`)],
  ['publish.py', 'event-grid-sas-token', v => `headers = {"aeg-sas-token": "«r=https%3A%2F%2Forders.westeurope-1.eventgrid.azure.net&e=2099-01-01T00%3A00%3A00Z&s=${v.standIns.sasSignature()}»"}\n`],
  ['score.py', 'machine-learning-endpoint-key', v => joinLines("url = 'https://price.westeurope.inference.ml.azure.com/score'", `api_key = '«${v.alphanumeric(32)}»'`)],
  ['score.py', 'machine-learning-endpoint-key', v => `headers = {'Authorization': 'Bearer «${v.standIns.identifiableKey('machineLearning')}»'}\n`],
  ['.npmrc', 'devops-feed-password', v => joinLines('always-auth=true', '//pkgs.dev.azure.com/contoso/_packaging/feed/npm/registry/:username=contoso', `//pkgs.dev.azure.com/contoso/_packaging/feed/npm/registry/:_password=«${Buffer.from(v.standIns.devOpsToken()).toString('base64')}»`)],
  ['.npmrc', 'devops-feed-password', v => `//contoso.pkgs.visualstudio.com/_packaging/feed/npm/registry/:_authToken=«${v.base64Url(60)}»\n`],
  ['NuGet.config', 'devops-feed-password', v => joinLines('<packageSourceCredentials>', '  <Contoso>', '    <add key="Username" value="build" />', `    <add key="ClearTextPassword" value="«${v.standIns.devOpsToken()}»" />`, '  </Contoso>', '</packageSourceCredentials>')],
  ['settings.xml', 'devops-personal-access-token', v => joinLines('<server>', '  <id>contoso-feed</id>', '  <username>contoso</username>', `  <password>«${v.standIns.annotatedKey('AZDO')}»</password>`, '</server>')],
  ['clone.sh', 'devops-personal-access-token', v => `git clone https://«${v.standIns.devOpsToken()}»@dev.azure.com/contoso/orders/_git/api\n`],
  ['pipeline.yml', 'devops-personal-access-token', v => joinLines('      - script: az devops login', '        env:', `          AZURE_DEVOPS_EXT_PAT: «${v.standIns.devOpsToken()}»`)],
  ['Relay.cs', 'relay-access-key', v => `var listener = new HybridConnectionListener("Endpoint=sb://branch.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=«${v.standIns.legacyKey32()}»;EntityPath=hc1");\n`],
  ['Push.cs', 'notification-hubs-access-key', v => `NotificationHubClient.CreateClientFromConnectionString("Endpoint=sb://push.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=«${v.standIns.legacyKey32()}»", "app");\n`],
  ['read.ts', 'event-hubs-access-key', v => `new EventHubConsumerClient("$Default", "Endpoint=sb://telemetry.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=«${v.standIns.legacyKey32()}»", "readings");\n`],
  ['device.c', 'iot-device-key', v => `static const char *connection = "HostName=plant.azure-devices.net;DeviceId=press;SharedAccessKey=«${v.standIns.identifiableKey('iotDevice')}»";\n`],
  ['cache.py', 'redis-access-key', v => `cache = redis.Redis(host='orders.redis.cache.windows.net', port=6380, password='«${v.standIns.legacyKey32()}»', ssl=True)\n`],
  ['cache.ts', 'redis-access-key', v => `createClient({ url: 'rediss://orders.redis.cache.windows.net:6380', password: '«${v.standIns.identifiableKey('redis')}»' });\n`],
];

export function azureServices(): CorpusEntry[] {
  return [...spread(forms, 8), ...texts.map(([path, rule, template], i) => positive(`service/${rule}/${i}-${path}`, path, [rule], template))];
}
