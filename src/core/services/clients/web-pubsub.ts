import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientMigration, SettingName } from '../service.ts';
import { withSample, type Sample } from './sample-file.ts';

const setting: SettingName = {
  name: 'AZURE_WEBPUBSUB_ENDPOINT',
  shortName: 'WebPubSubEndpoint',
  holds: 'https://<resource>.webpubsub.azure.com',
};

/** The address with the port, which connection strings state apart, and without a `/` at the end. */
function addressOf(fields: ReadonlyMap<string, string>): string | undefined {
  const address = fields.get('endpoint')?.replace(/\/$/u, '');
  const port = fields.get('port');
  return address === undefined || port === undefined ? address : `${address.replace(/:\d+$/u, '')}:${port}`;
}

const fromString = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: { from: 'connectionString', derive: addressOf, setting },
} as const satisfies Partial<ClientMigration>;

const fromKey = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

const endpoint = 'https://contoso-live.webpubsub.azure.com';

const connectionString = (standIns: StandIns): string =>
  `Endpoint=${endpoint};AccessKey=${standIns.legacyKey32()};Version=1.0;`;

const sample: Sample = { secret: connectionString, endpoint, values: { HUB: `'stock'` } };
const doubleQuoted: Sample = { ...sample, values: { HUB: '"stock"', URL: `"${endpoint}"`, OPTIONS: 'nil' } };
const key = (standIns: StandIns): string => standIns.legacyKey32();

const go = 'github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub';

export const webPubSubClients: readonly ClientMigration[] = [
  withSample(
    {
      ...fromString,
      language: 'typescript',
      module: '@azure/web-pubsub',
      package: '@azure/web-pubsub',
      before: 'new WebPubSubServiceClient($CS, $HUB, $$$OPTIONS)',
      after: 'new WebPubSubServiceClient($ENDPOINT, $CREDENTIAL, $HUB, $$$OPTIONS)',
    },
    sample,
    [
      {
        languageId: 'javascript',
        cursor: 'WebPubSubConnectionString',
        before: () => `import { WebPubSubServiceClient } from "@azure/web-pubsub";

const hubName = "stock";
const service = new WebPubSubServiceClient(process.env.WebPubSubConnectionString ?? "", hubName, { allowInsecureConnection: false });

export const negotiate = () => service.getClientAccessToken();
`,
        after: `import { DefaultAzureCredential } from "@azure/identity";
import { WebPubSubServiceClient } from "@azure/web-pubsub";

const hubName = "stock";
const service = new WebPubSubServiceClient(process.env.AZURE_WEBPUBSUB_ENDPOINT ?? "", new DefaultAzureCredential(), hubName, { allowInsecureConnection: false });

export const negotiate = () => service.getClientAccessToken();
`,
      },
    ],
  ),
  withSample(
    {
      ...fromKey,
      language: 'typescript',
      module: '@azure/web-pubsub',
      package: '@azure/web-pubsub',
      before: 'new WebPubSubServiceClient($URL, new AzureKeyCredential($KEY), $HUB, $$$OPTIONS)',
      after: 'new WebPubSubServiceClient($URL, $CREDENTIAL, $HUB, $$$OPTIONS)',
    },
    { secret: key, values: { HUB: `'stock'`, URL: `'${endpoint}'` } },
  ),
  withSample(
    {
      ...fromString,
      language: 'python',
      module: 'azure.messaging.webpubsubservice',
      package: 'azure-messaging-webpubsubservice',
      before: 'WebPubSubServiceClient.from_connection_string(connection_string=$CS, hub=$HUB, $$$OPTIONS)',
      after: 'WebPubSubServiceClient(endpoint=$ENDPOINT, hub=$HUB, $$$OPTIONS, credential=$CREDENTIAL)',
    },
    doubleQuoted,
    [
      {
        before: standIns => `from azure.messaging.webpubsubservice.aio import WebPubSubServiceClient


async def broadcast(message: str) -> None:
    service = WebPubSubServiceClient.from_connection_string("${connectionString(standIns)}", hub="stock")
    async with service:
        await service.send_to_all(message, content_type="text/plain")
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.messaging.webpubsubservice.aio import WebPubSubServiceClient


async def broadcast(message: str) -> None:
    service = WebPubSubServiceClient("${endpoint}", hub="stock", credential=DefaultAzureCredential())
    async with service:
        await service.send_to_all(message, content_type="text/plain")
`,
      },
    ],
  ),
  withSample(
    {
      ...fromKey,
      language: 'python',
      module: 'azure.messaging.webpubsubservice',
      package: 'azure-messaging-webpubsubservice',
      before: 'WebPubSubServiceClient(endpoint=$URL, hub=$HUB, credential=AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'WebPubSubServiceClient(endpoint=$URL, hub=$HUB, credential=$CREDENTIAL, $$$OPTIONS)',
    },
    { ...doubleQuoted, secret: key },
  ),
  withSample(
    {
      ...fromString,
      language: 'csharp',
      module: 'Azure.Messaging.WebPubSub',
      package: 'Azure.Messaging.WebPubSub',
      before: 'new WebPubSubServiceClient(connectionString: $CS, hub: $HUB, $$$OPTIONS)',
      after: 'new WebPubSubServiceClient(endpoint: new Uri($ENDPOINT), hub: $HUB, credential: $CREDENTIAL, $$$OPTIONS)',
      imports: { Uri: 'System' },
    },
    doubleQuoted,
  ),
  withSample(
    {
      ...fromKey,
      language: 'csharp',
      module: 'Azure.Messaging.WebPubSub',
      package: 'Azure.Messaging.WebPubSub',
      before:
        'new WebPubSubServiceClient(endpoint: $URL, hub: $HUB, credential: new AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'new WebPubSubServiceClient(endpoint: $URL, hub: $HUB, credential: $CREDENTIAL, $$$OPTIONS)',
    },
    { secret: key, values: { HUB: '"stock"', URL: `new Uri("${endpoint}")` } },
  ),
  // The builder's own credential reaches no client of this kind: it is passed along.
  ...(
    [
      [fromString, '$CS, $HUB', 'new Uri($ENDPOINT), $HUB, $CREDENTIAL', connectionString, { Uri: 'System' }],
      [fromKey, '$URL, $HUB, new AzureKeyCredential($KEY)', '$URL, $HUB, $CREDENTIAL', key, {}],
    ] as const
  ).map(([from, before, after, secret, imports]): ClientMigration => ({
    ...from,
    language: 'csharp',
    module: 'Microsoft.Extensions.Azure',
    package: 'Azure.Messaging.WebPubSub',
    before: `$CLIENTS.AddWebPubSubServiceClient(${before})`,
    after: `$CLIENTS.AddWebPubSubServiceClient(${after})`,
    imports,
    examples: [
      {
        before: standIns => {
          const given = before
            .replace(/\$(?:CS|KEY)/u, `"${secret(standIns)}"`)
            .replace('$URL', `new Uri("${endpoint}")`)
            .replace('$HUB', '"stock"');
          const usings = from === fromKey ? 'using System;\nusing Azure;\n' : 'using System;\n';
          return `${usings}using Microsoft.Extensions.Azure;

services.AddAzureClients(clients => clients.AddWebPubSubServiceClient(${given}));
`;
        },
        after: `using System;
${from === fromKey ? 'using Azure;\n' : ''}using Azure.Identity;
using Microsoft.Extensions.Azure;

services.AddAzureClients(clients => clients.AddWebPubSubServiceClient(new Uri("${endpoint}"), "stock", new DefaultAzureCredential()));
`,
      },
    ],
  })),
  {
    ...fromString,
    language: 'csharp',
    module: 'Microsoft.Azure.WebPubSub.AspNetCore',
    package: 'Microsoft.Azure.WebPubSub.AspNetCore',
    before: 'new WebPubSubServiceEndpoint(connectionString: $CS)',
    after: 'new WebPubSubServiceEndpoint(endpoint: new Uri($ENDPOINT), credential: $CREDENTIAL)',
    imports: { Uri: 'System' },
    examples: [
      {
        before: standIns => `using Microsoft.Azure.WebPubSub.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddWebPubSub(o => o.ServiceEndpoint = new WebPubSubServiceEndpoint("${connectionString(standIns)}"))
    .AddWebPubSubServiceClient<StockHub>();

var app = builder.Build();
Console.WriteLine("listening");
app.Run();
`,
        after: `using Azure.Identity;
using Microsoft.Azure.WebPubSub.AspNetCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddWebPubSub(o => o.ServiceEndpoint = new WebPubSubServiceEndpoint(new Uri("${endpoint}"), new DefaultAzureCredential()))
    .AddWebPubSubServiceClient<StockHub>();

var app = builder.Build();
Console.WriteLine("listening");
app.Run();
`,
      },
    ],
  },
  withSample(
    {
      ...fromString,
      language: 'java',
      module: 'com.azure.messaging.webpubsub',
      package: 'com.azure:azure-messaging-webpubsub',
      before: 'new WebPubSubServiceClientBuilder().connectionString($CS).$$$CALLS()',
      after: 'new WebPubSubServiceClientBuilder().endpoint($ENDPOINT).credential($CREDENTIAL).$$$CALLS()',
    },
    { ...sample, build: 'hub("stock").buildClient' },
  ),
  withSample(
    {
      ...fromKey,
      language: 'java',
      module: 'com.azure.messaging.webpubsub',
      package: 'com.azure:azure-messaging-webpubsub',
      before: 'new WebPubSubServiceClientBuilder().credential(new AzureKeyCredential($KEY)).$$$CALLS()',
      after: 'new WebPubSubServiceClientBuilder().credential($CREDENTIAL).$$$CALLS()',
    },
    { secret: key, build: `endpoint("${endpoint}").hub("stock").buildClient` },
  ),
  {
    ...fromString,
    language: 'go',
    module: go,
    package: go,
    before: 'azwebpubsub.NewClientFromConnectionString($CS, $OPTIONS)',
    // Paths are put behind the address as it is: the slash that the connection string's reader adds must be there.
    after: 'azwebpubsub.NewClient("$ENDPOINT/", $CREDENTIAL, $OPTIONS)',
    examples: [
      {
        before: standIns => `package live

import "github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub"

func Open() (*azwebpubsub.Client, error) {
	return azwebpubsub.NewClientFromConnectionString("${connectionString(standIns)}", nil)
}
`,
        after: `package live

import "github.com/Azure/azure-sdk-for-go/sdk/azidentity"
import "github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub"

func Open() (*azwebpubsub.Client, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return azwebpubsub.NewClient("${endpoint}/", cred, nil)
}
`,
      },
      {
        cursor: 'WEBPUBSUB_CONNECTION',
        before: () => `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub"
)

func main() {
	client, err := azwebpubsub.NewClientFromConnectionString(os.Getenv("WEBPUBSUB_CONNECTION"), nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(client)
}
`,
        after: `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azwebpubsub"
)

func main() {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	client, err := azwebpubsub.NewClient(os.Getenv("AZURE_WEBPUBSUB_ENDPOINT") + "/", cred, nil)
	if err != nil {
		log.Fatal(err)
	}
	log.Println(client)
}
`,
      },
    ],
  },
];
