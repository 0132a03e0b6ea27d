import type { ClientMigration } from '../service.ts';
import { keyRegistration } from './azure-clients.ts';
import { refuseSovereign } from './sovereign-clouds.ts';
import { withSample, type Sample } from './sample-file.ts';

const fromKey = {
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  refuse: refuseSovereign,
} as const satisfies Partial<ClientMigration>;

const sample: Sample = {
  secret: standIns => standIns.identifiableKey('search', 'PAdmin00'),
  values: { URL: `'https://contoso-shop.search.windows.net'`, INDEX: `'hotels'` },
};
const doubleQuoted: Sample = {
  ...sample,
  values: { URL: '"https://contoso-shop.search.windows.net"', INDEX: '"hotels"' },
};
const withUri: Sample = {
  ...sample,
  values: { URL: 'new Uri("https://contoso-shop.search.windows.net")', INDEX: '"hotels"' },
};
const withBuilder: Sample = {
  ...doubleQuoted,
  build: 'endpoint("https://contoso-shop.search.windows.net").buildClient',
};

const typescript = {
  ...fromKey,
  language: 'typescript',
  module: '@azure/search-documents',
  package: '@azure/search-documents',
} as const;
const python = { ...fromKey, language: 'python', package: 'azure-search-documents', since: '11.3.0' } as const;
const csharp = { ...fromKey, language: 'csharp', package: 'Azure.Search.Documents', since: '11.4.0' } as const;
const java = { ...fromKey, language: 'java', package: 'com.azure:azure-search-documents', since: '11.5.0' } as const;

export const aiSearchClients: readonly ClientMigration[] = [
  withSample(
    {
      ...typescript,
      before: 'new SearchClient($URL, $INDEX, new AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'new SearchClient($URL, $INDEX, $CREDENTIAL, $$$OPTIONS)',
    },
    sample,
    [
      {
        languageId: 'javascript',
        cursor: 'SEARCH_API_KEY',
        before: () => `const { SearchClient, AzureKeyCredential } = require("@azure/search-documents");

const apiKey = process.env.SEARCH_API_KEY || "";
const client = new SearchClient(process.env.SEARCH_ENDPOINT || "", "hotels", new AzureKeyCredential(apiKey), {
  // The index was made by an older service.
  serviceVersion: "2023-11-01",
});

module.exports = { client };
`,
        after: `const { DefaultAzureCredential } = require("@azure/identity");
const { SearchClient } = require("@azure/search-documents");

const client = new SearchClient(process.env.SEARCH_ENDPOINT || "", "hotels", new DefaultAzureCredential(), {
  // The index was made by an older service.
  serviceVersion: "2023-11-01",
});

module.exports = { client };
`,
      },
      {
        before:
          standIns => `import { SearchClient, SearchIndexClient, AzureKeyCredential } from '@azure/search-documents';

interface Hotel {
  id: string;
  name: string;
}

const endpoint = 'https://contoso-shop.search.windows.net';
const credential = new AzureKeyCredential('${standIns.identifiableKey('search', 'PAdmin00')}');

export const indexes = new SearchIndexClient(endpoint, credential);
export const hotels = new SearchClient<Hotel>(endpoint, 'hotels', credential);
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { SearchClient, SearchIndexClient } from '@azure/search-documents';

interface Hotel {
  id: string;
  name: string;
}

const endpoint = 'https://contoso-shop.search.windows.net';
const credential = new DefaultAzureCredential();

export const indexes = new SearchIndexClient(endpoint, credential);
export const hotels = new SearchClient<Hotel>(endpoint, 'hotels', credential);
`,
      },
    ],
  ),
  ...['SearchIndexClient', 'SearchIndexerClient'].map(client =>
    withSample(
      {
        ...typescript,
        before: `new ${client}($URL, new AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
      },
      sample,
    ),
  ),
  withSample(
    {
      ...python,
      module: 'azure.search.documents',
      before: 'SearchClient(endpoint=$URL, index_name=$INDEX, credential=AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'SearchClient(endpoint=$URL, index_name=$INDEX, credential=$CREDENTIAL, $$$OPTIONS)',
    },
    doubleQuoted,
    [
      {
        before: standIns => `from azure.core.credentials import AzureKeyCredential
from azure.search.documents.aio import SearchClient

SEARCH_KEY = "${standIns.identifiableKey('search')}"


async def find(endpoint: str, text: str) -> list:
    async with SearchClient(endpoint, "hotels", AzureKeyCredential(SEARCH_KEY)) as client:
        return [hotel async for hotel in await client.search(text)]
`,
        after: `from azure.identity.aio import DefaultAzureCredential
from azure.search.documents.aio import SearchClient


async def find(endpoint: str, text: str) -> list:
    async with SearchClient(endpoint, "hotels", DefaultAzureCredential()) as client:
        return [hotel async for hotel in await client.search(text)]
`,
      },
    ],
  ),
  ...['SearchIndexClient', 'SearchIndexerClient'].map(client =>
    withSample(
      {
        ...python,
        module: 'azure.search.documents.indexes',
        before: `${client}(endpoint=$URL, credential=AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `${client}(endpoint=$URL, credential=$CREDENTIAL, $$$OPTIONS)`,
      },
      doubleQuoted,
    ),
  ),
  withSample(
    {
      ...csharp,
      module: 'Azure.Search.Documents',
      before:
        'new SearchClient(endpoint: $URL, indexName: $INDEX, credential: new AzureKeyCredential($KEY), $$$OPTIONS)',
      after: 'new SearchClient(endpoint: $URL, indexName: $INDEX, tokenCredential: $CREDENTIAL, $$$OPTIONS)',
    },
    withUri,
    [
      {
        cursor: 'Search:ApiKey',
        before: () => `using Azure;
using Azure.Search.Documents;

var builder = WebApplication.CreateBuilder(args);
var configuration = builder.Configuration;

builder.Services.AddSingleton(_ => new SearchClient(
    new Uri(configuration["Search:Endpoint"]!),
    "hotels",
    new AzureKeyCredential(configuration["Search:ApiKey"]!)));

var app = builder.Build();
app.Run();
`,
        after: `using Azure;
using Azure.Identity;
using Azure.Search.Documents;

var builder = WebApplication.CreateBuilder(args);
var configuration = builder.Configuration;

builder.Services.AddSingleton(_ => new SearchClient(
    new Uri(configuration["Search:Endpoint"]!),
    "hotels",
    new DefaultAzureCredential()));

var app = builder.Build();
app.Run();
`,
      },
    ],
  ),
  keyRegistration(fromKey, {
    package: csharp.package,
    method: 'AddSearchClient',
    endpoint: 'https://contoso-shop.search.windows.net',
    place: ['$INDEX', '"hotels"'],
    key: sample.secret,
  }),
  keyRegistration(fromKey, {
    package: csharp.package,
    method: 'AddSearchIndexClient',
    endpoint: 'https://contoso-shop.search.windows.net',
    key: sample.secret,
  }),
  ...['SearchIndexClient', 'SearchIndexerClient'].map(client =>
    withSample(
      {
        ...csharp,
        module: 'Azure.Search.Documents.Indexes',
        before: `new ${client}(endpoint: $URL, credential: new AzureKeyCredential($KEY), $$$OPTIONS)`,
        after: `new ${client}(endpoint: $URL, tokenCredential: $CREDENTIAL, $$$OPTIONS)`,
      },
      withUri,
    ),
  ),
  ...(
    [
      ['SearchClientBuilder', 'com.azure.search.documents'],
      ['SearchIndexClientBuilder', 'com.azure.search.documents.indexes'],
      ['SearchIndexerClientBuilder', 'com.azure.search.documents.indexes'],
    ] as const
  ).map(([builder, module]) =>
    withSample(
      {
        ...java,
        module,
        before: `new ${builder}().credential(new AzureKeyCredential($KEY)).$$$CALLS()`,
        after: `new ${builder}().credential($CREDENTIAL).$$$CALLS()`,
      },
      withBuilder,
    ),
  ),
];
