import type { ClientMigration } from '../service.ts';

/** One kind of client of the vault, which goes by almost the same name in every language. */
export interface KeyVaultClient {
  /** `KeyClient` */
  readonly client: string;
  /** `vault_url` in Python, `vaultUri` in C#, unless the client is for one object of the vault. */
  readonly python: { readonly module: string; readonly package: string; readonly address?: string };
  readonly csharp: { readonly module: string; readonly address?: string };
  readonly typescript: string;
  readonly java: { readonly module: string; readonly package: string; readonly address?: string };
  readonly go?: string;
}

const shared = { secret: { capture: 'KEY', form: 'key' }, endpoint: { from: 'capture' } } as const;

/** The vault takes tokens alone: what is embedded is the client secret that gets them. */
export function keyVaultClients({ client, typescript, python, csharp, java, go }: KeyVaultClient): ClientMigration[] {
  const { address: pythonAddress = 'vault_url' } = python;
  const { address: csharpAddress = 'vaultUri' } = csharp;
  const { address: javaAddress = 'vaultUrl' } = java;
  const isType = client.includes('Cryptography') ? 'key' : 'vault';
  const migrations: ClientMigration[] = [
    {
      ...shared,
      language: 'typescript',
      module: typescript,
      package: typescript,
      before: `new ${client}($URL, new ClientSecretCredential($TENANT, $CLIENT, $KEY, $$$REST), $$$OPTIONS)`,
      after: `new ${client}($URL, $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `import { ClientSecretCredential } from '@azure/identity';
import { ${client} } from '${typescript}';

const { AZURE_TENANT_ID = '', AZURE_CLIENT_ID = '' } = process.env;
export const ${isType} = new ${client}(
  process.env['VAULT_ADDRESS'] ?? '',
  new ClientSecretCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, '${standIns.entraClientSecret()}'),
);
`,
          after: `import { DefaultAzureCredential } from '@azure/identity';
import { ${client} } from '${typescript}';

const { AZURE_TENANT_ID = '', AZURE_CLIENT_ID = '' } = process.env;
export const ${isType} = new ${client}(
  process.env['VAULT_ADDRESS'] ?? '',
  new DefaultAzureCredential(),
);
`,
        },
      ],
    },
    {
      ...shared,
      language: 'python',
      module: python.module,
      package: python.package,
      before: `${client}(${pythonAddress}=$URL, credential=ClientSecretCredential(tenant_id=$TENANT, client_id=$CLIENT, client_secret=$KEY, $$$REST), $$$OPTIONS)`,
      after: `${client}(${pythonAddress}=$URL, credential=$CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `import os

from azure.identity.aio import ClientSecretCredential
from ${python.module}.aio import ${client}

credential = ClientSecretCredential(
    tenant_id=os.environ["TENANT"],
    client_id=os.environ["CLIENT"],
    client_secret="${standIns.entraClientSecret()}",
)
${isType} = ${client}(os.environ["VAULT_ADDRESS"], credential)
`,
          after: `import os

from azure.identity.aio import DefaultAzureCredential
from ${python.module}.aio import ${client}

credential = DefaultAzureCredential()
${isType} = ${client}(os.environ["VAULT_ADDRESS"], credential)
`,
        },
      ],
    },
    {
      ...shared,
      language: 'csharp',
      module: csharp.module,
      package: csharp.module.replace('.Cryptography', ''),
      before: `new ${client}(${csharpAddress}: $URI, credential: new ClientSecretCredential(tenantId: $TENANT, clientId: $CLIENT, clientSecret: $KEY, $$$REST), $$$OPTIONS)`,
      after: `new ${client}(${csharpAddress}: $URI, credential: $CREDENTIAL, $$$OPTIONS)`,
      examples: [
        {
          before: standIns => `using System;
using Azure.Identity;
using ${csharp.module};

var ${isType} = new ${client}(new Uri(args[0]), new ClientSecretCredential(args[1], args[2], "${standIns.entraClientSecret()}"));
`,
          after: `using System;
using Azure.Identity;
using ${csharp.module};

var ${isType} = new ${client}(new Uri(args[0]), new DefaultAzureCredential());
`,
        },
      ],
    },
    {
      ...shared,
      language: 'java',
      module: java.module,
      package: java.package,
      before: `new ${client}Builder().credential(new ClientSecretCredentialBuilder().tenantId($TENANT).clientId($CLIENT).clientSecret($KEY).$$$OPTIONS().build()).$$$CALLS()`,
      after: `new ${client}Builder().credential($CREDENTIAL).$$$CALLS()`,
      examples: [
        {
          before: standIns => `import com.azure.identity.ClientSecretCredentialBuilder;
import ${java.module}.${client};
import ${java.module}.${client}Builder;

record Vault(${client} client) {
    Vault(String address, String tenant, String app) {
        this(new ${client}Builder()
            .${javaAddress}(address)
            .credential(new ClientSecretCredentialBuilder().tenantId(tenant).clientId(app).clientSecret("${standIns.entraClientSecret()}").build())
            .buildClient());
    }
}
`,
          after: `import com.azure.identity.DefaultAzureCredentialBuilder;
import ${java.module}.${client};
import ${java.module}.${client}Builder;

record Vault(${client} client) {
    Vault(String address, String tenant, String app) {
        this(new ${client}Builder()
            .${javaAddress}(address)
            .credential(new DefaultAzureCredentialBuilder().build())
            .buildClient());
    }
}
`,
        },
      ],
    },
  ];
  if (go === undefined) return migrations;
  const name = go.slice(go.lastIndexOf('/') + 1);
  migrations.push({
    ...shared,
    language: 'go',
    module: go,
    package: go,
    before: `${name}.NewClient($URL, azidentity.NewClientSecretCredential($TENANT, $CLIENT, $KEY, nil), $$$OPTIONS)`,
    after: `${name}.NewClient($URL, $CREDENTIAL, $$$OPTIONS)`,
    examples: [
      {
        before: standIns => `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${go}"
)

func main() {
	signIn, err := azidentity.NewClientSecretCredential(os.Getenv("TENANT"), os.Getenv("CLIENT"), "${standIns.entraClientSecret()}", nil)
	if err != nil {
		log.Fatal(err)
	}
	vault, err := ${name}.NewClient(os.Getenv("VAULT_ADDRESS"), signIn, nil)
	if err != nil {
		log.Fatal(err)
	}
	serve(vault)
}
`,
        after: `package main

import (
	"log"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${go}"
)

func main() {
	signIn, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		log.Fatal(err)
	}
	vault, err := ${name}.NewClient(os.Getenv("VAULT_ADDRESS"), signIn, nil)
	if err != nil {
		log.Fatal(err)
	}
	serve(vault)
}
`,
      },
    ],
  });
  return migrations;
}
