import type { GuidedClient } from '../service.ts';

const gremlin = {
  secret: { capture: 'KEY', form: 'key' },
  why: 'Gremlin drivers take a password and no token credential.',
  documentation: 'https://learn.microsoft.com/cli/azure/cosmosdb/gremlin/role',
} as const;

const steps = [
  'Move the key to Key Vault and read it with the identity of the app when the program starts: that works with every driver.',
  'The account has data roles of its own for Gremlin, assigned with az cosmosdb gremlin role assignment create; no driver asks for a token by itself, so the program has to fetch and renew it.',
  'A new graph is better kept where clients sign in themselves, such as Cosmos DB for NoSQL.',
];

/** APIs of Cosmos DB whose drivers know nothing of tokens. */
export const cosmosDbGuides: readonly GuidedClient[] = [
  {
    ...gremlin,
    language: 'python',
    module: 'gremlin_python.driver.client',
    package: 'gremlinpython',
    before: 'Client($URL, $TRAVERSAL, $$$OPTIONS, password=$KEY)',
    steps,
    snippet: `import os

from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient
from gremlin_python.driver import client, serializer

vault = SecretClient(os.environ["KEY_VAULT_URL"], DefaultAzureCredential())

graph = client.Client(
    "wss://contoso-graph.gremlin.cosmos.azure.com:443/",
    "g",
    username="/dbs/people/colls/relations",
    password=vault.get_secret("cosmos-graph-key").value,
    message_serializer=serializer.GraphSONSerializersV2d0(),
)
`,
    examples: [
      {
        before: standIns => `from gremlin_python.driver.client import Client

graph = Client(
    "wss://contoso-graph.gremlin.cosmos.azure.com:443/",
    "g",
    username="/dbs/people/colls/relations",
    password="${standIns.cosmosAccountKey()}",
)
`,
      },
    ],
  },
  {
    ...gremlin,
    language: 'csharp',
    module: 'Gremlin.Net.Driver',
    package: 'Gremlin.Net',
    before: 'new GremlinServer(hostname: $HOST, $$$OPTIONS, password: $KEY)',
    steps,
    snippet: `using System;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Gremlin.Net.Driver;

var vault = new SecretClient(new Uri("https://contoso.vault.azure.net"), new DefaultAzureCredential());
var key = (await vault.GetSecretAsync("cosmos-graph-key")).Value.Value;
var server = new GremlinServer("contoso-graph.gremlin.cosmos.azure.com", 443, enableSsl: true, username: "/dbs/people/colls/relations", password: key);
`,
    examples: [
      {
        before: standIns => `using Gremlin.Net.Driver;

var server = new GremlinServer(
    "contoso-graph.gremlin.cosmos.azure.com", 443, enableSsl: true,
    username: "/dbs/people/colls/relations",
    password: "${standIns.cosmosAccountKey()}");
`,
      },
    ],
  },
];
