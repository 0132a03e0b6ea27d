import type { CorpusEntry } from '../entry.ts';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { thirdPartyTokens } from '../../../src/core/secrets/third-party/third-party-tokens.ts';
import { readMarks } from '../../harness/marked-text.ts';
import { joinLines } from '../names.ts';
import { valuesFor, type Values } from '../values.ts';

/** Whole files as they are found in repositories: several secrets of several kinds among what is none. */
const documents: readonly (readonly [path: string, rules: readonly (readonly string[])[], write: (v: Values) => string])[] = [
  [
    'appsettings.Production.json',
    [['azure-sql-password'], ['storage-account-key'], ['service-bus-access-key'], ['entra-client-secret', 'service-principal-credentials']],
    v =>
      JSON.stringify(
        {
          Logging: { LogLevel: { Default: 'Information' } },
          ApplicationInsights: { ConnectionString: `InstrumentationKey=${v.guid()};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/` },
          ConnectionStrings: {
            Orders: `Server=tcp:orders.database.windows.net,1433;Database=orders;User ID=app;Password=«${v.strongPassword()}»;Encrypt=True`,
            Audit: 'Server=tcp:orders.database.windows.net;Database=audit;Authentication=Active Directory Default',
            Storage: `DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=«${v.standIns.storageAccountKey()}»;EndpointSuffix=core.windows.net`,
          },
          Bus: `Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.serviceBusKey()}»`,
          AzureAd: { TenantId: v.guid(), ClientId: v.guid(), ClientSecret: `«${v.standIns.entraClientSecret()}»`, CallbackPath: '/signin-oidc' },
          KeyVault: { Uri: 'https://orders.vault.azure.net/', SecretName: 'orders-db-password' },
        },
        null,
        2,
      ),
  ],
  [
    'docker-compose.override.yml',
    [['azure-sql-password'], ['cosmos-account-key'], ['redis-access-key']],
    v =>
      joinLines(
        'services:',
        '  sql:',
        '    image: mcr.microsoft.com/mssql/server:2022-latest',
        '    environment:',
        '      ACCEPT_EULA: "Y"',
        `      MSSQL_SA_PASSWORD: «${v.standIns.password()}»`,
        '  api:',
        '    image: orders/api@sha256:' + v.hex(64),
        '    environment:',
        '      - AzureWebJobsStorage=UseDevelopmentStorage=true',
        `      - COSMOS=AccountEndpoint=https://orders.documents.azure.com:443/;AccountKey=«${v.standIns.cosmosAccountKey()}»;`,
        `      - REDIS=orders.redis.cache.windows.net:6380,password=«${v.standIns.identifiableKey('redis')}»,ssl=True`,
        '      - DB_PASSWORD=${DB_PASSWORD}',
      ),
  ],
  [
    'terraform.tfstate',
    [['storage-account-key'], ['storage-account-key'], ['storage-account-key']],
    v => {
      const key = v.standIns.storageAccountKey();
      return JSON.stringify(
        {
          version: 4,
          lineage: v.guid(),
          resources: [
            {
              type: 'azurerm_storage_account',
              instances: [
                {
                  attributes: {
                    id: `/subscriptions/${v.guid()}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/orders`,
                    primary_access_key: `«${key}»`,
                    primary_connection_string: `DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=«${key}»;EndpointSuffix=core.windows.net`,
                    secondary_access_key: `«${v.standIns.storageAccountKey()}»`,
                    primary_blob_endpoint: 'https://orders.blob.core.windows.net/',
                  },
                },
              ],
            },
          ],
        },
        null,
        2,
      );
    },
  ],
  [
    'deploy/release.sh',
    [['entra-client-secret'], ['container-registry-password'], ['storage-sas-token'], ['github-personal-access-token']],
    v =>
      joinLines(
        '#!/usr/bin/env bash',
        'set -euo pipefail',
        `SUBSCRIPTION=${v.guid()}`,
        `az login --service-principal -u ${v.guid()} -p '«${v.standIns.entraClientSecret()}»' --tenant ${v.guid()}`,
        'az account set --subscription "$SUBSCRIPTION"',
        `docker login orders.azurecr.io -u orders -p «${v.standIns.identifiableKey('containerRegistry')}»`,
        `docker build -t orders.azurecr.io/api:${v.hex(7)} .`,
        `azcopy copy out.zip "https://orders.blob.core.windows.net/drops/${v.hex(40)}.zip?«sv=2024-11-04&sr=c&sp=cw&se=2099-01-01T00:00:00Z&sig=${v.standIns.sasSignature()}»"`,
        `git push "https://bot:«${githubToken(v)}»@github.com/contoso/orders.git" HEAD:release`,
        'curl -fsS -H "Authorization: Bearer $TOKEN" https://orders.contoso.com/deployed',
      ),
  ],
  [
    'notebooks/explore.ipynb',
    [['azure-openai-key'], ['storage-account-key']],
    v =>
      JSON.stringify(
        {
          cells: [
            { cell_type: 'markdown', source: ['# Orders\n', 'Set your key before you run this.\n'] },
            { cell_type: 'code', source: ['from openai import AzureOpenAI\n', `client = AzureOpenAI(azure_endpoint="https://orders.openai.azure.com", api_key="«${v.standIns.azureOpenAIKey()}»", api_version="2024-10-21")\n`], outputs: [] },
            { cell_type: 'code', source: [`conn = 'DefaultEndpointsProtocol=https;AccountName=orders;AccountKey=«${v.standIns.legacyKey64()}»'\n`], outputs: [{ output_type: 'display_data', data: { 'image/png': `iVBORw0KGgo${v.base64(900)}` } }] },
          ],
          nbformat: 4,
        },
        null,
        1,
      ),
  ],
  [
    'web.config',
    [['azure-sql-password'], ['service-bus-access-key']],
    v =>
      joinLines(
        '<?xml version="1.0"?>',
        '<configuration>',
        '  <connectionStrings>',
        `    <add name="Orders" connectionString="Data Source=orders.database.windows.net;Initial Catalog=orders;User ID=app;Password=&quot;«${v.strongPassword()};x»&quot;;Encrypt=True" providerName="System.Data.SqlClient" />`,
        '    <add name="Local" connectionString="Data Source=(localdb)\\MSSQLLocalDB;Integrated Security=True" />',
        '  </connectionStrings>',
        '  <appSettings>',
        `    <!-- <add key="Bus" value="Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.serviceBusKey()}»" /> -->`,
        '    <add key="Bus:Namespace" value="orders.servicebus.windows.net" />',
        `    <add key="ida:ClientId" value="${v.guid()}" />`,
        '  </appSettings>',
        `  <machineKeyHint thumbprint="${v.hex(40).toUpperCase()}" />`,
        '</configuration>',
      ),
  ],
  [
    '.github/workflows/deploy.yml',
    [['workflow-secret-login'], ['service-principal-credentials', 'entra-client-secret'], ['npm-access-token']],
    v =>
      joinLines(
        'name: deploy',
        'on: push',
        'jobs:',
        '  deploy:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        `      - uses: actions/checkout@${v.hex(40)}`,
        '      - uses: azure/login@v2',
        '        with:',
        `          «creds»: '{"clientId":"${v.guid()}","clientSecret":"«${v.standIns.entraClientSecret()}»","subscriptionId":"${v.guid()}","tenantId":"${v.guid()}"}'`,
        '      - run: npm publish',
        '        env:',
        `          NODE_AUTH_TOKEN: «${npmToken(v)}»`,
        '          OTHER: ${{ secrets.OTHER }}',
      ),
  ],
  [
    'src/main/resources/application.properties',
    [['azure-sql-password'], ['event-hubs-access-key'], ['azure-identifiable-key']],
    v =>
      joinLines(
        '# production',
        'spring.datasource.url=jdbc:sqlserver://orders.database.windows.net:1433;database=orders;encrypt=true',
        'spring.datasource.username=app@orders',
        `spring.datasource.password=«${v.strongPassword()}»`,
        `spring.cloud.azure.eventhubs.connection-string=Endpoint=sb://telemetry.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=«${v.standIns.identifiableKey('eventHubs')}»;EntityPath=readings`,
        `future.key=«${v.standIns.annotatedKey('ZZZZ')}»`,
        'management.endpoints.web.exposure.include=health',
        `build.commit=${v.hex(40)}`,
      ),
  ],
];

function githubToken(v: Values): string {
  return tokenOf('github-personal-access-token', v);
}

function npmToken(v: Values): string {
  return tokenOf('npm-access-token', v);
}

function tokenOf(rule: string, v: Values): string {
  return thirdPartyTokens.find(({ id }) => id === rule)!.standIn(v.standIns);
}

/** Each document in several fillings, line ends and with what else editors leave behind. */
export function wholeDocuments(): CorpusEntry[] {
  return documents.flatMap(([path, rules, write], n) =>
    [0, 1, 2].map(i => {
      const id = `document/${n}-${i}/${path}`;
      const plain = write(valuesFor(id));
      const { text, spans } = readMarks(i === 1 ? plain.replaceAll('\n', '\r\n') : i === 2 ? `\n\n${plain}\n\n` : plain);
      return { id, path, languageId: languageOfPath(path), text, expected: spans.map((span, k) => ({ rules: rules[k]!, span })) };
    }),
  );
}
