import type { FollowUp } from '../../rewrite/fix.ts';
import type { ClientMigration, FrameworkGuide, GuidedClient } from '../service.ts';
import { databaseScope as scope } from './postgresql-forms.ts';

/** Clusters on vCores, of one region or followed wherever the primary is. */
export const vCoreHost = /\.mongocluster\.cosmos\.azure\.com$/iu;

const address = /^(?<scheme>mongodb(?:\+srv)?:\/\/)(?:[^@/]*@)?(?<host>[^/?]+)(?<rest>(?:[/?].*)?)$/isu;

function isCluster(text: string | undefined): boolean {
  return vCoreHost.test(address.exec(text ?? '')?.groups?.['host'] ?? '');
}

/** `mongodb+srv://user:password@cluster/?authMechanism=SCRAM-SHA-256&…` without what says who signs in, and how. */
function withoutUser(_fields: ReadonlyMap<string, string>, text: string): string | undefined {
  const { scheme = '', host = '', rest = '' } = address.exec(text)?.groups ?? {};
  if (!vCoreHost.test(host)) return undefined;
  const [path = '', query = ''] = rest.split('?', 2);
  const kept = query
    .split('&')
    .filter(parameter => parameter !== '' && !/^auth(?:Mechanism|MechanismProperties|Source)=/iu.test(parameter));
  return scheme + host + path + (kept.length === 0 ? '' : `?${kept.join('&')}`);
}

const clusterUser: FollowUp = {
  kind: 'grantRole',
  message:
    'Allow Microsoft Entra ID among the authentication methods of the cluster, and add the identity to its users with the role that the code needs.',
};

const shared = {
  secret: { capture: 'CS', form: 'connectionString' },
  endpoint: {
    from: 'connectionString',
    derive: withoutUser,
    setting: {
      name: 'MONGODB_URI',
      shortName: 'MongoDb',
      holds: 'mongodb+srv://<cluster>.global.mongocluster.cosmos.azure.com/?tls=true&retrywrites=false',
      keepsName: true,
    },
  },
  onlyWhen: (constants: ReadonlyMap<string, string>) => isCluster(constants.get('CS')),
  credential: 'declared',
  followUps: [clusterUser],
} as const satisfies Partial<ClientMigration>;

const cluster = (user: string): string =>
  `mongodb+srv://${user}contoso.mongocluster.cosmos.azure.com/orders?tls=true${user === '' ? '' : '&authMechanism=SCRAM-SHA-256'}&retrywrites=false`;

const options = (credential: string): string =>
  `authMechanism: 'MONGODB-OIDC', authMechanismProperties: { OIDC_CALLBACK: async () => ({ accessToken: (await ${credential}.getToken('${scope}')).token }) }`;

/** The driver keeps the token, and asks for another one when the server takes it no more. */
const typescript = (
  [
    ['', '', '', ''],
    [', { $$$OPTIONS }', ', $$$OPTIONS', ', { appName: "orders" }', ', appName: "orders"'],
  ] as const
).map(([given, kept, writtenGiven, writtenKept]): ClientMigration => ({
  ...shared,
  language: 'typescript',
  module: 'mongodb',
  package: 'mongodb',
  since: '6.7.0',
  before: `new MongoClient($CS${given})`,
  after: `new MongoClient($ENDPOINT, { ${options('$CREDENTIAL')}${kept} })`,
  refuse: (_constants, names) =>
    names.has('auth') ? 'The options say with auth who signs in. Remove that, then run the fix again.' : undefined,
  examples: [
    {
      before: s => `import { MongoClient } from 'mongodb';

export const client = new MongoClient('${cluster(`app:${s.password()}@`)}'${writtenGiven});
`,
      after: `import { DefaultAzureCredential } from '@azure/identity';
import { MongoClient } from 'mongodb';

const credential = new DefaultAzureCredential();

export const client = new MongoClient('${cluster('')}', { ${options('credential')}${writtenKept} });
`,
    },
  ],
}));

const callback = (name: string, credential: string): string => `
class ${name}(OIDCCallback):
    def fetch(self, context):
        return OIDCCallbackResult(access_token=${credential}.get_token("${scope}").token)

`;
const signsIn = (name: string): string =>
  `authMechanism="MONGODB-OIDC", authMechanismProperties={"OIDC_CALLBACK": ${name}()}`;

const python: ClientMigration = {
  ...shared,
  language: 'python',
  module: 'pymongo',
  package: 'pymongo',
  since: '4.7.0',
  before: 'MongoClient(host=$CS, $$$OPTIONS)',
  ahead: [
    {
      as: 'CALLBACK',
      names: ['AzureToken', 'AzureTokenCallback', 'EntraToken'],
      declares: callback('$CALLBACK', '$CREDENTIAL'),
    },
  ],
  after: `MongoClient(host=$ENDPOINT, $$$OPTIONS, ${signsIn('$CALLBACK')})`,
  imports: { OIDCCallback: 'pymongo.auth_oidc', OIDCCallbackResult: 'pymongo.auth_oidc' },
  examples: [
    {
      before: s => `from pymongo import MongoClient

client = MongoClient("${cluster(`app:${s.password()}@`)}", appname="orders")


def read():
    return client.shop.orders.find_one()
`,
      after: `from azure.identity import DefaultAzureCredential
from pymongo import MongoClient
from pymongo.auth_oidc import OIDCCallback, OIDCCallbackResult

credential = DefaultAzureCredential()

${callback('AzureToken', 'credential')}
client = MongoClient("${cluster('')}", appname="orders", ${signsIn('AzureToken')})


def read():
    return client.shop.orders.find_one()
`,
    },
  ],
};

export const mongodbClients: readonly ClientMigration[] = [...typescript, python];

const steps = [
  'Take user, password and `authMechanism` out of the address.',
  'Sign in with MONGODB-OIDC and a callback that asks `DefaultAzureCredential` for a token, as below.',
  'Allow Microsoft Entra ID in the cluster, and add the identity to its users.',
];
const why = 'signing in takes settings and a callback, and not an address alone.';
const guided = {
  secret: shared.secret,
  when: /\.mongocluster\.cosmos\.azure\.com/iu,
  onlyWhen: shared.onlyWhen,
} as const;

export const mongodbGuides: readonly GuidedClient[] = [
  {
    ...guided,
    language: 'csharp',
    before: 'new MongoClient($CS)',
    module: 'MongoDB.Driver',
    package: 'MongoDB.Driver',
    why,
    steps,
    snippet: `using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Identity;
using MongoDB.Driver;
using MongoDB.Driver.Authentication.Oidc;

var settings = MongoClientSettings.FromConnectionString("mongodb+srv://<cluster>.global.mongocluster.cosmos.azure.com/?tls=true&retrywrites=false");
settings.Credential = MongoCredential.CreateOidcCredential(new AzureTokens(new DefaultAzureCredential()));
var client = new MongoClient(settings);

internal sealed class AzureTokens : IOidcCallback
{
    private static readonly TokenRequestContext Scope = new(new[] { "${scope}" });
    private readonly TokenCredential _credential;

    public AzureTokens(TokenCredential credential) => _credential = credential;

    public OidcAccessToken GetOidcAccessToken(OidcCallbackParameters parameters, CancellationToken cancellationToken) =>
        new(_credential.GetToken(Scope, cancellationToken).Token, expiresIn: null);

    public async Task<OidcAccessToken> GetOidcAccessTokenAsync(OidcCallbackParameters parameters, CancellationToken cancellationToken) =>
        new((await _credential.GetTokenAsync(Scope, cancellationToken)).Token, expiresIn: null);
}
`,
    examples: [
      {
        before: s => `using MongoDB.Driver;

var client = new MongoClient("${cluster(`app:${s.password()}@`)}");
`,
      },
    ],
  },
  {
    ...guided,
    language: 'java',
    before: 'MongoClients.create($CS)',
    module: 'com.mongodb.client',
    package: 'org.mongodb:mongodb-driver-sync',
    why,
    steps,
    snippet: `package com.contoso;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCredential.OidcCallback;
import com.mongodb.MongoCredential.OidcCallbackResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

class Orders {
    MongoClient open(String address) {
        TokenCredential credential = new DefaultAzureCredentialBuilder().build();
        TokenRequestContext scope = new TokenRequestContext().addScopes("${scope}");
        OidcCallback callback = context -> new OidcCallbackResult(credential.getTokenSync(scope).getToken());
        return MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(address))
            .credential(MongoCredential.createOidcCredential(null).withMechanismProperty("OIDC_CALLBACK", callback))
            .build());
    }
}
`,
    examples: [
      {
        before: s => `package com.contoso;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

class Orders {
    private final MongoClient client = MongoClients.create("${cluster(`app:${s.password()}@`)}");
}
`,
      },
    ],
  },
  ...['go.mongodb.org/mongo-driver/v2/mongo/options', 'go.mongodb.org/mongo-driver/mongo/options'].map(
    (module): GuidedClient => ({
      ...guided,
      language: 'go',
      before: 'options.Client().ApplyURI($CS)',
      module,
      package: module.replace('/mongo/options', ''),
      why,
      steps: module.includes('/v2/')
        ? steps
        : [...steps.slice(0, 1), 'Use version 2 of the driver.', ...steps.slice(1)],
      snippet: `package orders

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func Open(address string) (*mongo.Client, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return mongo.Connect(options.Client().ApplyURI(address).SetAuth(options.Credential{
		AuthMechanism: "MONGODB-OIDC",
		OIDCMachineCallback: func(ctx context.Context, _ *options.OIDCArgs) (*options.OIDCCredential, error) {
			token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{"${scope}"}})
			if err != nil {
				return nil, err
			}
			return &options.OIDCCredential{AccessToken: token.Token, ExpiresAt: &token.ExpiresOn}, nil
		},
	}))
}
`,
      examples: [
        {
          before: s => `package orders

import "${module}"

func clientOptions() *options.ClientOptions {
	return options.Client().ApplyURI("${cluster(`app:${s.password()}@`)}")
}
`,
        },
      ],
    }),
  ),
];

export const mongodbFrameworks: readonly FrameworkGuide[] = [
  {
    language: 'typescript',
    when: /\bmongoose\b/iu,
    why: 'Mongoose connects with the options of the driver, which say who signs in.',
    steps: [
      ...steps.slice(0, 1),
      'Use a version of Mongoose that brings version 6.7 or newer of the driver.',
      'Pass these options as the second argument of `connect`, with a callback that asks for a token.',
      ...steps.slice(2),
    ],
    snippet: `import { DefaultAzureCredential } from '@azure/identity';
import type { MongoClientOptions } from 'mongodb';

const credential = new DefaultAzureCredential();

export const options: MongoClientOptions = {
  authMechanism: 'MONGODB-OIDC',
  authMechanismProperties: {
    OIDC_CALLBACK: async () => ({ accessToken: (await credential.getToken('${scope}')).token }),
  },
};
`,
  },
];
