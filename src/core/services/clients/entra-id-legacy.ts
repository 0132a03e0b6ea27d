import type { ClientMigration } from '../service.ts';

const shared = {
  language: 'typescript',
  module: '@azure/ms-rest-nodeauth',
  package: '@azure/ms-rest-nodeauth',
  secret: { capture: 'KEY', form: 'key' },
  endpoint: { from: 'capture' },
  title: 'Sign in with DefaultAzureCredential instead of the client secret',
  after: 'new AzureIdentityCredentialAdapter($CREDENTIAL)',
  imports: { AzureIdentityCredentialAdapter: '@azure/ms-rest-js' },
  packages: [{ name: '@azure/ms-rest-js', version: '2.6.0' }],
} as const satisfies Partial<ClientMigration>;

/** Clients of the older generation of packages take the credential through an adapter. */
export const entraIdLegacy: readonly ClientMigration[] = [
  {
    ...shared,
    before: 'await loginWithServicePrincipalSecret($CLIENT, $KEY, $TENANT, $$$OPTIONS)',
    examples: [
      {
        languageId: 'javascript',
        before: s => `const msRestNodeAuth = require('@azure/ms-rest-nodeauth');

const client = 'b331f0df-8cd2-4a27-acc3-a2655a936b14';

async function signIn() {
  const credentials = await msRestNodeAuth.loginWithServicePrincipalSecret(client, '${s.entraClientSecret()}', 'contoso.com');
  return credentials;
}
module.exports = { signIn };
`,
        after: `const { DefaultAzureCredential } = require('@azure/identity');
const { AzureIdentityCredentialAdapter } = require('@azure/ms-rest-js');
const msRestNodeAuth = require('@azure/ms-rest-nodeauth');

const credential = new DefaultAzureCredential();

async function signIn() {
  const credentials = new AzureIdentityCredentialAdapter(credential);
  return credentials;
}
module.exports = { signIn };
`,
      },
    ],
  },
  {
    ...shared,
    before: 'new ApplicationTokenCredentials($CLIENT, $TENANT, $KEY, $$$OPTIONS)',
    examples: [
      {
        before: s => `import { ApplicationTokenCredentials } from '@azure/ms-rest-nodeauth';

const client = 'b331f0df-8cd2-4a27-acc3-a2655a936b14';

export const credentials = new ApplicationTokenCredentials(client, 'contoso.com', '${s.entraClientSecret()}');
`,
        after: `import { DefaultAzureCredential } from '@azure/identity';
import { AzureIdentityCredentialAdapter } from '@azure/ms-rest-js';

export const credentials = new AzureIdentityCredentialAdapter(new DefaultAzureCredential());
`,
      },
    ],
  },
];
