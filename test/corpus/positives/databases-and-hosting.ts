import { type CorpusEntry, positive, type Template } from '../entry.ts';
import { joinLines } from '../names.ts';
import { spread, type SecretForm } from '../spread.ts';
import type { Values } from '../values.ts';

const percent = ['bat-set'];
const pem = (label: string, body: string): string => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const escaped = (text: string): string => text.replaceAll('\n', '\\n');
const urlPassword = (v: Values): string => v.strongPassword().replaceAll(/[*~!]/gu, '-');

const forms: readonly SecretForm[] = [
  { id: 'postgresql-url', rules: ['postgresql-password'], name: 'database url', value: v => `postgresql://app:«${urlPassword(v)}»@orders.postgres.database.azure.com:5432/orders?sslmode=require` },
  { id: 'postgresql-npgsql', rules: ['postgresql-password'], name: 'orders db', value: v => `Host=orders.postgres.database.azure.com;Port=5432;Database=orders;Username=app;Password=«${v.strongPassword()}»;Ssl Mode=Require` },
  { id: 'postgresql-libpq', rules: ['postgresql-password'], name: 'pg dsn', not: ['ini', 'properties'], value: v => `host=orders.postgres.database.azure.com port=5432 dbname=orders user=app password=«${v.strongPassword()}» sslmode=require` },
  { id: 'mysql-url', rules: ['mysql-password'], name: 'mysql url', value: v => `mysql://app:«${urlPassword(v)}»@orders.mysql.database.azure.com:3306/orders` },
  { id: 'mysql-ado', rules: ['mysql-password'], name: 'shop database', value: v => `Server=orders.mysql.database.azure.com;Port=3306;Database=shop;Uid=app;Pwd=«${v.strongPassword()}»;SslMode=Required` },
  { id: 'mongodb-url', rules: ['mongodb-password'], name: 'mongo url', value: v => `mongodb+srv://app:«${urlPassword(v)}»@cluster0.ab1cd.mongodb.net/orders?retryWrites=true` },
  { id: 'databricks-token', rules: ['databricks-token'], name: 'databricks token', value: v => `«dapi${v.hex(32)}-2»` },
  { id: 'postgresql-jdbc', rules: ['postgresql-password'], name: 'jdbc url', value: v => `jdbc:postgresql://orders.postgres.database.azure.com:5432/orders?user=app&password=«${urlPassword(v)}»&sslmode=require` },
  { id: 'mongodb-cosmos', rules: ['mongodb-password'], name: 'mongo connection string', not: percent, value: v => `mongodb://orders:«${encodeURIComponent(v.standIns.legacyKey64())}»@orders.mongo.cosmos.azure.com:10255/?ssl=true&replicaSet=globaldb` },
  { id: 'amqp-url', rules: ['amqp-password'], name: 'broker url', value: v => `amqps://orders:«${urlPassword(v)}»@rabbit.contoso.com:5671/prod` },
  { id: 'amqp-bus', rules: ['amqp-password'], name: 'queue url', not: percent, value: v => `amqps://send:«${encodeURIComponent(v.standIns.legacyKey32())}»@orders.servicebus.windows.net/?verify=verify_peer` },
  { id: 'logic-apps-url', rules: ['logic-apps-callback-url'], name: 'workflow url', not: percent, value: v => `https://prod-01.westeurope.logic.azure.com:443/workflows/${v.hex(32)}/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=«${v.base64Url(32)}»` },
  { id: 'automation-url', rules: ['automation-webhook'], name: 'runbook webhook', not: percent, value: v => `https://${v.guid()}.webhook.we.azure-automation.net/webhooks?token=«${v.standIns.sasSignature()}»` },
  { id: 'static-web-apps', rules: ['static-web-apps-token'], name: 'swa cli deployment token', value: v => `«${v.hex(128)}»` },
  { id: 'bot-password', rules: ['bot-service-password', 'generic-password'], name: 'microsoft app password', value: v => `«${v.strongPassword()}${v.standIns.password()}»` },
  { id: 'direct-line', rules: ['direct-line-secret'], name: 'direct line secret', value: v => `«${v.base64Url(8)}.${v.base64Url(32)}»` },
  { id: 'log-analytics', rules: ['log-analytics-shared-key'], name: 'log analytics workspace key', value: v => `«${v.standIns.legacyKey64()}»` },
  { id: 'application-insights-key', rules: ['application-insights-api-key'], name: 'appinsights api key', value: v => `«q${v.lowerAlphanumeric(38)}7»` },
  { id: 'refresh-token', rules: ['entra-refresh-token'], name: 'refresh token', value: v => `«0.A${v.base64Url(52)}.AgA${v.base64Url(500)}»` },
  { id: 'jwt', rules: ['json-web-token'], name: 'service token', value: v => `«${v.standIns.jsonWebToken({ iss: 'https://id.contoso.com', sub: v.alphanumeric(6), exp: 32503680000 })}»` },
  { id: 'jwt-expired', rules: ['json-web-token'], name: 'old token', value: v => `«${v.standIns.jsonWebToken({ aud: 'https://management.azure.com', iss: `https://sts.windows.net/${v.guid()}/`, exp: 1500000000 })}»` },
  { id: 'private-key-base64', rules: ['private-key'], name: 'signing certificate key', value: v => `«${Buffer.from(pem('PRIVATE KEY', v.standIns.privateKeyBody())).toString('base64')}»` },
  { id: 'databricks-token-plain', rules: ['databricks-token'], name: 'workspace pat', value: v => `«dapi${v.hex(32)}»` },
];

const texts: readonly (readonly [path: string, rule: string, template: Template])[] = [
  ['db.py', 'postgresql-password', v => `conn = psycopg2.connect(host="orders.postgres.database.azure.com", user="app", password="«${v.strongPassword()}»", dbname="orders")\n`],
  ['db.sh', 'postgresql-password', v => joinLines('export PGHOST=orders.postgres.database.azure.com', `export PGPASSWORD='«${v.strongPassword()}»'`)],
  ['site.PublishSettings', 'app-service-publishing-password', v => `<publishData><publishProfile profileName="orders - Web Deploy" publishMethod="MSDeploy" publishUrl="orders.scm.azurewebsites.net:443" userName="$orders" userPWD="«${v.alphanumeric(60)}»" destinationAppUrl="https://orders.azurewebsites.net" /></publishData>\n`],
  ['site.publishsettings', 'app-service-publishing-password', v => joinLines('<publishProfile', '  publishMethod="FTP"', '  userName="orders\\$orders"', `  userPWD="«${v.alphanumeric(60)}»"`, '/>')],
  ['deploy.sh', 'app-service-publishing-password', v => `curl -X POST -u '$orders:«${v.alphanumeric(60)}»' --data-binary @app.zip https://orders.scm.azurewebsites.net/api/zipdeploy\n`],
  ['azure.publishsettings', 'azure-management-certificate', v => `<Subscription ServiceManagementUrl="https://management.core.windows.net" Id="${v.guid()}" Name="Orders" ManagementCertificate="«MIIK${v.alphanumeric(400)}=»" />\n`],
  ['.github/workflows/site.yml', 'static-web-apps-token', v => joinLines('      - uses: Azure/static-web-apps-deploy@v1', '        with:', `          azure_static_web_apps_api_token: «${v.hex(65)}-${v.guid()}${v.digits(12)}»`)],
  ['chat.html', 'direct-line-secret', v => `<script>WebChat.renderWebChat({ directLine: WebChat.createDirectLine({ secret: '«${v.base64Url(8)}.${v.base64Url(32)}»' }) });</script>\n`],
  ['query.sh', 'application-insights-api-key', v => `curl "https://api.applicationinsights.io/v1/apps/${v.guid()}/query" -H 'x-api-key: «q${v.lowerAlphanumeric(38)}7»'\n`],
  ['collect.py', 'log-analytics-shared-key', v => joinLines(`customer_id = "${v.guid()}"  # Log Analytics workspace`, `shared_key = "«${v.standIns.legacyKey64()}»"`)],
  ['speech.ts', 'ai-services-key', v => joinLines("import * as sdk from 'microsoft-cognitiveservices-speech-sdk';", `const config = sdk.SpeechConfig.fromSubscription('«${v.hex(32)}»', 'westeurope');`)],
  ['translate.env', 'ai-services-key', v => `AZURE_TRANSLATOR_KEY=«${v.hex(32)}»\n`],
  ['vision.http', 'ai-services-key', v => joinLines('POST https://westeurope.api.cognitive.microsoft.com/vision/v3.2/analyze', `Ocp-Apim-Subscription-Key: «${v.hex(32)}»`)],
  ['speech.env', 'ai-services-key', v => `SPEECH_KEY=«${v.standIns.annotatedKey('ACOG')}»\n`],
  ['app.bicep', 'emulator-in-production', () => "      { name: 'AzureWebJobsStorage', value: '«UseDevelopmentStorage=true»' }\n"],
  ['main.tf', 'emulator-in-production', () => '    BUS = "Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;«UseDevelopmentEmulator=true»;"\n'],
  ['google.json', 'gcp-service-account-key', v => JSON.stringify({ type: 'service_account', project_id: 'orders', private_key_id: v.hex(40), private_key: `«-----BEGIN PRIVATE KEY-----\n${v.standIns.privateKeyBody()}\n-----END PRIVATE KEY-----»\n`, client_email: 'orders@orders.iam.gserviceaccount.com' }, null, 2)],
  ['key.pem', 'private-key', v => pem('PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`)],
  ['id_rsa', 'private-key', v => pem('OPENSSH PRIVATE KEY', `«b3BlbnNzaC1rZXktdjEAAAAA${v.base64(600).replaceAll(/.{64}/gu, '$&\n').trimEnd()}»`)],
  ['server.pem', 'private-key', v => pem('CERTIFICATE', v.standIns.privateKeyBody()) + pem('RSA PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`)],
  ['key.json', 'private-key', v => JSON.stringify({ kid: v.guid(), key: pem('EC PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`) })],
  ['key.ts', 'private-key', v => `export const key = "${escaped(pem('PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`))}";\n`],
  ['key.py', 'private-key', v => `KEY = """${pem('RSA PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`)}"""\n`],
  ['key.yaml', 'private-key', v => `tls.key: |\n  ${pem('PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`).trimEnd().replaceAll('\n', '\n  ')}\n`],
  ['.env', 'private-key', v => `PRIVATE_KEY="${escaped(pem('PRIVATE KEY', `«${v.standIns.privateKeyBody()}»`))}"\n`],
  ['secret.yaml', 'private-key', v => joinLines('kind: Secret', 'data:', `  tls.key: «${Buffer.from(pem('PRIVATE KEY', v.standIns.privateKeyBody())).toString('base64')}»`)],
  ['Load.cs', 'pkcs12-certificate', v => `var pfx = Convert.FromBase64String("«MIIKAgIBAzCC${v.alphanumeric(172)}${v.base64(64)}»");\n`],
  ['kubeconfig', 'kubernetes-credential', v => joinLines('users:', '- name: clusterUser_rg_orders', '  user:', `    client-key-data: «${Buffer.from(pem('RSA PRIVATE KEY', v.standIns.privateKeyBody())).toString('base64')}»`)],
  ['kube.yaml', 'kubernetes-credential', v => joinLines('apiVersion: v1', 'kind: Config', 'clusters:', '- cluster:', '    server: https://orders-1a2b3c4d.hcp.westeurope.azmk8s.io:443', '  name: orders', 'users:', '- name: clusterAdmin', '  user:', `    token: «${v.lowerAlphanumeric(128)}»`)],
  ['call.http', 'json-web-token', v => joinLines('GET https://management.azure.com/subscriptions?api-version=2022-12-01', `Authorization: Bearer «${v.standIns.jsonWebToken({ aud: 'https://management.azure.com', iss: `https://sts.windows.net/${v.guid()}/`, exp: 32503680000 })}»`)],
  ['call.http', 'authorization-header', v => joinLines('GET https://orders.contoso.com/api', `Authorization: Basic «${Buffer.from(`orders:${v.standIns.password()}`).toString('base64')}»`)],
  ['call.sh', 'authorization-header', v => `curl -H "Authorization: Basic «${Buffer.from(`deploy:${v.strongPassword()}`).toString('base64')}»" https://erp.contoso.com\n`],
  ['call.ts', 'authorization-header', v => `const headers = { Authorization: 'Bearer «${v.base64Url(36)}»' };\n`],
  ['ftp.sh', 'azure-url-credentials', v => `curl -T site.zip ftps://deploy:«${v.standIns.password()}»@waws-prod-am2-001.ftp.azurewebsites.windows.net/site/wwwroot/\n`],
  ['hook.yml', 'azure-url-credentials', v => `  url: https://admin:«${v.standIns.password()}»@orders.azurewebsites.net/hook\n`],
  ['vm.bicep', 'virtual-machine-password', v => joinLines("resource vm 'Microsoft.Compute/virtualMachines@2024-03-01' = {", '  properties: { osProfile: {', "    adminUsername: 'azureuser'", `    adminPassword: '«${v.strongPassword()}»'`, '  } }', '}')],
  ['vm.tf', 'virtual-machine-password', v => joinLines('resource "azurerm_linux_virtual_machine" "vm" {', '  admin_username = "azureuser"', `  admin_password = "«${v.strongPassword()}»"`, '}')],
  ['vm.sh', 'virtual-machine-password', v => `az vm create --name vm1 --image Ubuntu2404 --admin-username azureuser --admin-password '«${v.strongPassword()}»'\n`],
];

/** Where a general rule says nothing wrong either. */
function instead(rule: string): string[] {
  if (rule === 'authorization-header') return ['generic-api-key', 'generic-password'];
  return /password$|credentials$/u.test(rule) ? ['generic-password'] : [];
}

export function databasesAndHosting(): CorpusEntry[] {
  return [...spread(forms, 6), ...texts.map(([path, rule, template], i) => positive(`hosting/${rule}/${i}-${path}`, path, [rule, ...instead(rule)], template))];
}
