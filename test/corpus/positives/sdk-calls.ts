import { type CorpusEntry, positive, type Template } from '../entry.ts';
import { joinLines } from '../names.ts';

const storage = ['storage-account-key'];
const bus = ['service-bus-access-key'];
const cosmos = ['cosmos-account-key'];
const sql = ['azure-sql-password'];
const openAi = ['azure-openai-key'];
const entra = ['entra-client-secret'];
const principal = ['service-principal-credentials'];
const person = ['entra-user-password'];
const platform = ['azure-identifiable-key'];

/** Secrets as arguments of clients and command lines, in configuration objects, and beside the endpoint they are for. */
const texts: readonly (readonly [path: string, rules: readonly string[], template: Template])[] = [
  // People
  ['signin.ts', person, v => joinLines('import { UsernamePasswordCredential } from "@azure/identity";', `export const credential = new UsernamePasswordCredential(tenantId, clientId, "kim@contoso.com", "«${v.standIns.password()}»");`)],
  // keyless-ignore entra-user-password -- the password is put in when the text is made
  ['signin.py', person, v => joinLines('credential = UsernamePasswordCredential(', '    client_id=CLIENT,', '    username="kim@contoso.com",', `    password="«${v.standIns.password()}»",`, ')')],
  ['SignIn.cs', person, v => `var credential = new UsernamePasswordCredential("kim@contoso.com", "«${v.standIns.password()}»", tenantId, clientId);\n`],
  ['SignIn.java', person, v => `TokenCredential credential = new UsernamePasswordCredentialBuilder().clientId(client).username(user).password("«${v.standIns.password()}»").build();\n`],
  ['signin.go', person, v => `cred, err := azidentity.NewUsernamePasswordCredential(tenant, client, user, "«${v.standIns.password()}»", nil)\n`],
  // Storage
  ['upload.ts', storage, v => joinLines('import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";', `const credential = new StorageSharedKeyCredential("orders", "«${v.standIns.legacyKey64()}»");`, 'export const client = new BlobServiceClient("https://orders.blob.core.windows.net", credential);')],
  ['upload.ts', storage, v => joinLines('const credential = new StorageSharedKeyCredential(', '  account,', `  '«${v.standIns.storageAccountKey()}»',`, ');')],
  ['Upload.cs', storage, v => `var client = new BlobServiceClient(new Uri(endpoint), new StorageSharedKeyCredential("orders", "«${v.standIns.legacyKey64()}»"));\n`],
  ['Upload.cs', storage, v => joinLines('var cs = "DefaultEndpointsProtocol=https;AccountName=orders;" +', `         "AccountKey=«${v.standIns.storageAccountKey()}»;" +`, '         "EndpointSuffix=core.windows.net";')],
  ['Upload.cs', storage, v => `var cs = $"DefaultEndpointsProtocol=https;AccountName={name};AccountKey=«${v.standIns.storageAccountKey()}»";\n`],
  ['upload.py', storage, v => `service = BlobServiceClient(account_url="https://orders.blob.core.windows.net", credential="«${v.standIns.storageAccountKey()}»")\n`],
  ['upload.py', storage, v => joinLines('conn = (', "    'DefaultEndpointsProtocol=https;'", "    'AccountName=orders;'", `    'AccountKey=«${v.standIns.legacyKey64()}»'`, ')')],
  ['upload.py', storage, v => `BlobServiceClient(url, credential={"account_name": "orders", "account_key": "«${v.standIns.legacyKey64()}»"})\n`],
  ['Upload.java', storage, v => `StorageSharedKeyCredential credential = new StorageSharedKeyCredential("orders", "«${v.standIns.legacyKey64()}»");\n`],
  ['Upload.java', storage, v => `builder.connectionString("DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=«${v.standIns.storageAccountKey()}»");\n`],
  ['upload.go', storage, v => `cred, err := azblob.NewSharedKeyCredential(account, "«${v.standIns.legacyKey64()}»")\n`],
  ['upload.ps1', storage, v => `$context = New-AzStorageContext -StorageAccountName orders -StorageAccountKey '«${v.standIns.storageAccountKey()}»'\n`],
  ['upload.ps1', storage, v => `New-AzStorageContext -StorageAccountName orders -StorageAccountKey "«${v.standIns.legacyKey64()}»"\n`],
  ['upload.sh', storage, v => `az storage blob upload --account-name orders --account-key «${v.standIns.storageAccountKey()}» -f a.txt -c in\n`],
  ['upload.sh', storage, v => `az storage container list --account-name orders --account-key "«${v.standIns.legacyKey64()}»"\n`],
  ['upload.sh', storage, v => `azcopy copy a.txt "https://orders.blob.core.windows.net/in" && export AZURE_STORAGE_KEY=«${v.standIns.legacyKey64()}»\n`],
  ['main.tf', storage, v => joinLines('terraform {', '  backend "azurerm" {', '    storage_account_name = "tfstate"', `    access_key           = "«${v.standIns.storageAccountKey()}»"`, '  }', '}')],
  ['volume.yaml', storage, v => joinLines('apiVersion: v1', 'kind: Secret', 'stringData:', '  azurestorageaccountname: orders', `  azurestorageaccountkey: «${v.standIns.legacyKey64()}»`)],
  ['compose.yml', storage, v => joinLines('volumes:', '  share:', '    driver_opts:', `      o: "vers=3.0,username=orders,password=«${v.standIns.storageAccountKey()}»,dir_mode=0777"`)],
  ['spark.py', storage, v => `spark.conf.set("fs.azure.account.key.lake.dfs.core.windows.net", "«${v.standIns.storageAccountKey()}»")\n`],
  ['spark.py', storage, v => `spark.conf.set("fs.azure.account.key.lake.dfs.core.windows.net", "«${v.standIns.legacyKey64()}»")\n`],
  ['core-site.xml', storage, v => `<property><name>fs.azure.account.key.lake.blob.core.windows.net</name><value>«${v.standIns.storageAccountKey()}»</value></property>\n`],
  ['old.config', storage, v => `<add name="Storage" connectionString="DefaultEndpointsProtocol=http;AccountName=orders;AccountKey=«${v.standIns.legacyKey64().replaceAll('+', '&#x2B;')}»" />\n`],
  ['two.ts', storage, v => `copy("AccountName=a;AccountKey=«${v.standIns.storageAccountKey()}»", "AccountName=b;AccountKey=«${v.standIns.legacyKey64()}»");\n`],
  ['sas.ts', ['storage-sas-token'], v => joinLines('const client = new BlobClient(', `  "https://orders.blob.core.windows.net/in/a.txt?«sp=r&st=2025-01-01T00:00:00Z&se=2088-01-01T00:00:00Z&spr=https&sv=2022-11-02&sr=b&sig=${v.standIns.sasSignature()}»"`, ');')],
  ['sas.py', ['storage-sas-token'], v => `container = ContainerClient.from_container_url('https://orders.blob.core.windows.net/in?«sig=${v.standIns.sasSignature()}&sv=2020-08-04&sp=rl&sr=c&se=2087-05-06»')\n`],
  ['sas.sh', ['storage-sas-token'], v => `azcopy sync ./out 'https://orders.file.core.windows.net/share?«sv=2022-11-02&ss=f&srt=sco&sp=rwdlc&se=2086-02-03T04:05:06Z&sig=${v.standIns.sasSignature()}»' --recursive\n`],
  ['sas.md', ['storage-sas-token'], v => `![diagram](https://orders.blob.core.windows.net/docs/a.png?«sp=r&se=2085-01-01&sv=2023-11-03&sr=b&sig=${v.standIns.sasSignature()}»)\n`],
  ['sas.xml', ['storage-sas-token'], v => `<Package url="https://orders.blob.core.windows.net/pkg/a.zip?«sv=2021-08-06&amp;st=2024-01-01&amp;se=2084-01-01&amp;sr=b&amp;sp=r&amp;sig=${v.standIns.sasSignature()}»"/>\n`],
  ['sas-old.log', ['storage-sas-token'], v => `GET https://orders.table.core.windows.net/Orders()?«sv=2019-02-02&tn=Orders&sp=r&se=2020-01-01T00%3A00%3A00Z&sig=${v.standIns.sasSignature()}» 403\n`],
  ['old.d.ts', storage, v => `/** @example connect("AccountName=orders;AccountKey=«${v.standIns.storageAccountKey()}»") */\n`],
  // Service Bus
  ['Send.cs', bus, v => `await using var client = new ServiceBusClient("Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.serviceBusKey()}»");\n`],
  ['Send.cs', bus, v => joinLines('using Azure.Messaging.ServiceBus;', `var credential = new AzureNamedKeyCredential("send", "«${v.standIns.legacyKey32()}»");`)],
  ['send.py', bus, v => joinLines('from azure.servicebus import ServiceBusClient, ServiceBusSharedKeyCredential', `credential = ServiceBusSharedKeyCredential("send", "«${v.standIns.legacyKey32()}»")`)],
  ['send.py', bus, v => joinLines('CONNECTION = (', '    "Endpoint=sb://orders.servicebus.windows.net/;"', '    "SharedAccessKeyName=send;"', `    "SharedAccessKey=«${v.standIns.serviceBusKey()}»"`, ')')],
  ['Send.java', bus, v => `new ServiceBusClientBuilder().connectionString("Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.serviceBusKey()}»").buildClient();\n`],
  ['send.go', bus, v => `client, err := azservicebus.NewClientFromConnectionString("Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.serviceBusKey()}»", nil)\n`],
  ['sign.ts', ['service-bus-sas-token'], v => `headers.set('Authorization', 'SharedAccessSignature «sr=sb%3a%2f%2forders.servicebus.windows.net%2fq&sig=${v.standIns.sasSignature()}&se=4070908800&skn=RootManageSharedAccessKey»');\n`],
  ['sign.http', ['service-bus-sas-token'], v => joinLines('POST https://orders.servicebus.windows.net/q/messages', `Authorization: SharedAccessSignature «sig=${v.standIns.sasSignature()}&se=4070908800&skn=send&sr=https%3A%2F%2Forders.servicebus.windows.net%2Fq»`)],
  ['sign.sh', ['service-bus-sas-token'], v => `curl -H "Authorization: SharedAccessSignature «sr=orders.servicebus.windows.net&sig=${v.standIns.sasSignature()}&se=1600000000&skn=send»" https://orders.servicebus.windows.net/q\n`],
  // Cosmos DB
  ['db.ts', cosmos, v => `const client = new CosmosClient({ endpoint: 'https://orders.documents.azure.com:443/', key: '«${v.standIns.legacyKey64()}»' });\n`],
  ['db.ts', cosmos, v => joinLines("const endpoint = 'https://orders.documents.azure.com';", 'const client = new CosmosClient({', '  endpoint,', `  key: "«${v.standIns.cosmosAccountKey()}»",`, '});')],
  ['Db.cs', cosmos, v => `var client = new CosmosClient("https://orders.documents.azure.com", "«${v.standIns.legacyKey64()}»", options);\n`],
  ['Db.cs', cosmos, v => joinLines('private const string EndpointUri = "https://orders.documents.azure.com:443/";', `private const string PrimaryKey = "«${v.standIns.legacyKey64()}»";`)],
  ['db.py', cosmos, v => `client = CosmosClient('https://orders.documents.azure.com', '«${v.standIns.legacyKey64()}»')\n`],
  ['db.py', cosmos, v => joinLines('HOST = "https://orders.documents.azure.com:443/"', `MASTER_KEY = "«${v.standIns.legacyKey64()}»"`)],
  ['Db.java', cosmos, v => joinLines('CosmosClient client = new CosmosClientBuilder()', '  .endpoint("https://orders.documents.azure.com")', `  .key("«${v.standIns.legacyKey64()}»")`, '  .buildClient();')],
  ['db.go', cosmos, v => `cred, err := azcosmos.NewKeyCredential("«${v.standIns.legacyKey64()}»")\n`],
  ['cosmos.ps1', cosmos, v => `$masterKey = '«${v.standIns.cosmosAccountKey()}»'\n`],
  // SQL
  ['Sql.cs', sql, v => `using var connection = new SqlConnection("Server=tcp:orders.database.windows.net;Database=orders;User ID=app;Password=«${v.strongPassword()}»;");\n`],
  ['Sql.cs', sql, v => joinLines('var builder = new SqlConnectionStringBuilder', '{', '    DataSource = "orders.database.windows.net",', '    UserID = "app",', `    Password = "«${v.strongPassword()}»",`, '};')],
  ['Sql.cs', sql, v => joinLines('services.AddDbContext<Orders>(o => o.UseSqlServer(', `    @"Data Source=orders.database.windows.net;Initial Catalog=orders;User ID=app;Password=""«${v.strongPassword()};b»""")); `)],
  ['sql.ts', sql, v => `await sql.connect({ server: 'orders.database.windows.net', user: 'app', password: '«${v.humanPassword()}»', options: { encrypt: true } });\n`],
  ['sql.ts', sql, v => joinLines('const config = {', "  server: 'orders.database.windows.net',", '  authentication: {', "    type: 'default',", `    options: { userName: 'app', password: "«${v.strongPassword()}»" },`, '  },', '};')],
  ['sql.py', sql, v => `conn = pyodbc.connect('DRIVER={ODBC Driver 17 for SQL Server};SERVER=orders.database.windows.net;DATABASE=orders;UID=app;PWD=«${v.strongPassword()}»')\n`],
  ['sql.py', sql, v => `conn = pymssql.connect(server='orders.database.windows.net', user='app@orders', password='«${v.strongPassword()}»', database='orders')\n`],
  ['sql.py', sql, v => `engine = create_engine("mssql+pymssql://app:«${v.strongPassword()}»@orders.database.windows.net/orders")\n`],
  ['Sql.java', sql, v => `DriverManager.getConnection("jdbc:sqlserver://orders.database.windows.net;database=orders;user=app;password=«${v.strongPassword()}»");\n`],
  ['application.properties', sql, v => joinLines('spring.datasource.url=jdbc:sqlserver://orders.database.windows.net:1433;database=orders', 'spring.datasource.username=app', `spring.datasource.password=«${v.strongPassword()}»`)],
  ['application.yml', sql, v => joinLines('spring:', '  datasource:', '    url: jdbc:sqlserver://orders.database.windows.net:1433;database=orders', '    username: app', `    password: «${v.strongPassword()}»`)],
  ['sql.go', sql, v => `db, err := sql.Open("sqlserver", "server=orders.database.windows.net;user id=app;password=«${v.strongPassword()}»;database=orders")\n`],
  ['sql.ps1', sql, v => `$cs = "Server=tcp:orders.database.windows.net,1433;Database=orders;User ID=app;Password=«${v.strongPassword()}»;Encrypt=True"\n`],
  ['sql.sh', sql, v => `sqlpackage /Action:Publish /TargetConnectionString:"Server=orders.database.windows.net;Database=orders;User ID=app;Password=«${v.strongPassword()}»"\n`],
  ['server.bicep', sql, v => joinLines("resource server 'Microsoft.Sql/servers@2023-08-01' = {", '  properties: {', "    administratorLogin: 'ordersadmin'", `    administratorLoginPassword: '«${v.strongPassword()}»'`, '  }', '}')],
  ['server.tf', sql, v => joinLines('resource "azurerm_mssql_server" "orders" {', '  administrator_login          = "ordersadmin"', `  administrator_login_password = "«${v.strongPassword()}»"`, '}')],
  ['server.json', sql, v => `{ "properties": { "administratorLogin": "ordersadmin", "administratorLoginPassword": "«${v.strongPassword()}»" } }\n`],
  ['compose.yml', sql, v => joinLines('services:', '  sql:', '    image: mcr.microsoft.com/mssql/server:2022-latest', '    environment:', '      ACCEPT_EULA: "Y"', `      MSSQL_SA_PASSWORD: "«${v.strongPassword()}»"`)],
  ['run.sh', sql, v => `docker run -e ACCEPT_EULA=Y -e SA_PASSWORD=«${v.strongPassword()}» mcr.microsoft.com/mssql/server\n`],
  ['web.config', sql, v => `<add name="Orders" connectionString="metadata=res://*/Orders.csdl;provider=System.Data.SqlClient;provider connection string=&quot;data source=orders.database.windows.net;initial catalog=orders;user id=app;password=«${v.strongPassword()}»;App=EntityFramework&quot;" providerName="System.Data.EntityClient" />\n`],
  ['report.rds', sql, v => `<ConnectString>Data Source=orders.database.windows.net;Initial Catalog=orders;User ID=app;Password=«${v.humanPassword()}»</ConnectString>\n`],
  // Azure OpenAI
  ['chat.ts', openAi, v => `const client = new AzureOpenAI({ endpoint: 'https://orders.openai.azure.com', apiKey: '«${v.standIns.legacyHexKey()}»', apiVersion: '2024-10-21' });\n`],
  ['chat.py', openAi, v => joinLines('client = AzureOpenAI(', '    azure_endpoint="https://orders.openai.azure.com/",', `    api_key="«${v.standIns.azureOpenAIKey()}»",`, '    api_version="2024-10-21",', ')')],
  ['chat.py', openAi, v => joinLines('os.environ["AZURE_OPENAI_ENDPOINT"] = "https://orders.openai.azure.com"', `os.environ["AZURE_OPENAI_API_KEY"] = "«${v.standIns.legacyHexKey()}»"`)],
  ['Chat.cs', openAi, v => `var client = new AzureOpenAIClient(new Uri("https://orders.openai.azure.com"), new AzureKeyCredential("«${v.standIns.legacyHexKey()}»"));\n`],
  ['Chat.cs', openAi, v => `var client = new OpenAIClient(new Uri("https://orders.openai.azure.com"), new ApiKeyCredential("«${v.standIns.azureOpenAIKey()}»"));\n`],
  ['Chat.java', openAi, v => `new OpenAIClientBuilder().endpoint("https://orders.openai.azure.com").credential(new AzureKeyCredential("«${v.standIns.legacyHexKey()}»"))\n`],
  ['chat.go', openAi, v => joinLines('keyCredential := azcore.NewKeyCredential("«' + v.standIns.legacyHexKey() + '»")', 'client, err := azopenai.NewClientWithKeyCredential("https://orders.openai.azure.com", keyCredential, nil)')],
  ['.env', openAi, v => joinLines('AZURE_OPENAI_ENDPOINT=https://orders.openai.azure.com/', `AZURE_OPENAI_API_KEY=«${v.standIns.legacyHexKey()}»`, 'AZURE_OPENAI_DEPLOYMENT=gpt-4o')],
  ['appsettings.json', openAi, v => JSON.stringify({ AzureOpenAI: { Endpoint: 'https://orders.openai.azure.com/', ApiKey: `«${v.standIns.legacyHexKey()}»` } }, null, 2)],
  ['chat.sh', openAi, v => `curl "$ENDPOINT/openai/deployments/gpt/chat/completions?api-version=2024-10-21" -H "api-key: «${v.standIns.azureOpenAIKey()}»"\n`],
  // Entra ID
  ['sign-in.ts', entra, v => `const credential = new ClientSecretCredential("${v.guid()}", "${v.guid()}", "«${v.standIns.entraClientSecret()}»");\n`],
  ['sign-in.ts', entra, v => joinLines('const msal = new ConfidentialClientApplication({', '  auth: {', `    clientId: "${v.guid()}",`, `    authority: "https://login.microsoftonline.com/${v.guid()}",`, `    clientSecret: "«${v.standIns.entraClientSecret()}»",`, '  },', '});')],
  ['sign_in.py', entra, v => `credential = ClientSecretCredential(tenant_id="${v.guid()}", client_id="${v.guid()}", client_secret="«${v.standIns.entraClientSecret()}»")\n`],
  ['SignIn.cs', entra, v => joinLines('var app = ConfidentialClientApplicationBuilder', '    .Create(clientId)', `    .WithClientSecret("«${v.standIns.entraClientSecret()}»")`, '    .Build();')],
  ['SignIn.cs', entra, v => `var credential = new ClientSecretCredential(tenantId, clientId, "«${v.standIns.password()}${v.standIns.password()}»");\n`],
  ['SignIn.java', entra, v => `new ClientSecretCredentialBuilder().clientId(id).clientSecret("«${v.standIns.entraClientSecret()}»").tenantId(tenant).build();\n`],
  ['sign_in.go', entra, v => `cred, err := azidentity.NewClientSecretCredential(tenantID, clientID, "«${v.standIns.entraClientSecret()}»", nil)\n`],
  ['sign-in.sh', entra, v => `az login --service-principal --username ${v.guid()} --password «${v.standIns.entraClientSecret()}» --tenant ${v.guid()}\n`],
  ['sign-in.ps1', entra, v => `$secret = ConvertTo-SecureString '«${v.standIns.entraClientSecret()}»' -AsPlainText -Force\n`],
  ['provider.tf', entra, v => joinLines('provider "azurerm" {', '  features {}', `  client_id     = "${v.guid()}"`, `  client_secret = "«${v.standIns.entraClientSecret()}»"`, `  tenant_id     = "${v.guid()}"`, '}')],
  ['token.http', entra, v => joinLines('POST https://login.microsoftonline.com/contoso/oauth2/v2.0/token', 'Content-Type: application/x-www-form-urlencoded', '', `grant_type=client_credentials&client_id=${v.guid()}&client_secret=«${v.standIns.entraClientSecret()}»`)],
  ['token.sh', entra, v => `curl -d 'grant_type=client_credentials' -d 'client_secret=«${v.standIns.entraClientSecret()}»' https://login.microsoftonline.com/contoso/oauth2/v2.0/token\n`],
  [
    'appsettings.json',
    entra,
    v =>
      JSON.stringify(
        {
          AzureAd: {
            Instance: 'https://login.microsoftonline.com/',
            TenantId: v.guid(),
            ClientId: v.guid(),
            ClientSecret: `«${v.standIns.entraClientSecret7()}»`,
          },
        },
        null,
        2,
      ),
  ],
  ['bot.env', entra, v => joinLines(`MicrosoftAppId=${v.guid()}`, `MicrosoftAppPassword=«${v.standIns.entraClientSecret()}»`)],
  [
    'credentials.json',
    principal,
    v =>
      JSON.stringify(
        {
          clientId: v.guid(),
          clientSecret: `«${v.standIns.entraClientSecret()}»`,
          subscriptionId: v.guid(),
          tenantId: v.guid(),
          activeDirectoryEndpointUrl: 'https://login.microsoftonline.com',
        },
        null,
        2,
      ),
  ],
  ['credentials-old.json', principal, v => JSON.stringify({ tenantId: v.guid(), clientSecret: `«${v.guid().replace('-', 'x')}~Q»`, clientId: v.guid() })],
  ['.github/workflows/deploy.yml', principal, v => joinLines('      - uses: azure/login@v2', '        with:', `          creds: '{"clientId":"${v.guid()}","clientSecret":"«${v.standIns.entraClientSecret()}»","subscriptionId":"${v.guid()}","tenantId":"${v.guid()}"}'`)],
  ['deploy.sh', principal, v => `export AZURE_CREDENTIALS='{ "clientId": "${v.guid()}", "clientSecret": "«${v.standIns.entraClientSecret7()}»", "subscriptionId": "${v.guid()}", "tenantId": "${v.guid()}" }'\n`],
  ['creds.py', principal, v => `credentials = {"clientId": "${v.guid()}", "tenantId": "${v.guid()}", "clientSecret": "«${v.standIns.entraClientSecret()}»"}\n`],
  ['.env', principal, v => `AZURE_CREDENTIALS={"clientId":"${v.guid()}","clientSecret":"«${v.standIns.entraClientSecret()}»","tenantId":"${v.guid()}"}\n`],
  ['compose.yaml', principal, v => `      AZURE_CREDENTIALS: '{"clientId":"${v.guid()}","clientSecret":"«${v.standIns.entraClientSecret7()}»","tenantId":"${v.guid()}"}'\n`],
  ['creds.ts', principal, v => `const credentials = { "clientId": "${v.guid()}", "clientSecret": "«${v.standIns.entraClientSecret()}»", "tenantId": "${v.guid()}" };\n`],
  [
    'nested.json',
    [...principal, ...entra],
    v =>
      JSON.stringify({
        AZURE_CREDENTIALS: JSON.stringify({
          clientId: v.guid(),
          clientSecret: `«${v.standIns.entraClientSecret()}»`,
          tenantId: v.guid(),
        }),
      }),
  ],
  ['README.md', principal, v => joinLines('```json', '{', `  "clientId": "${v.guid()}",`, `  "clientSecret": "«${v.standIns.entraClientSecret()}»",`, `  "tenantId": "${v.guid()}"`, '}', '```')],
  // Other identifiable keys
  ['unknown.cs', platform, v => `var key = "«${v.standIns.annotatedKey('QQQQ')}»";\n`],
];

export function sdkCalls(): CorpusEntry[] {
  return texts.map(([path, rules, template], i) => positive(`sdk/${rules[0] ?? ''}/${i}-${path}`, path, rules, template));
}
