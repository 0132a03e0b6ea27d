import type { GuidedClient } from '../service.ts';

/** Configuration from a vault, in the package before the one of today. */
export const keyVaultGuides: readonly GuidedClient[] = [
  {
    language: 'csharp',
    module: 'Microsoft.Extensions.Configuration',
    package: 'Microsoft.Extensions.Configuration.AzureKeyVault',
    secret: { capture: 'KEY', form: 'key' },
    before: '$CONFIGURATION.AddAzureKeyVault($VAULT, $CLIENT, $KEY)',
    why: 'Microsoft.Extensions.Configuration.AzureKeyVault is retired and signs in with a secret; its successor takes a token credential.',
    steps: [
      'Replace the package by `Azure.Extensions.AspNetCore.Configuration.Secrets`, and add `Azure.Identity`.',
      'Pass the address of the vault as a `Uri`, and `DefaultAzureCredential` in the place of client id and secret.',
      'A `KeyVaultSecretManager` of your own derives from the class of that name in `Azure.Extensions.AspNetCore.Configuration.Secrets`.',
    ],
    snippet: `using System;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

var configuration = new ConfigurationBuilder()
    .AddAzureKeyVault(new Uri("https://contoso.vault.azure.net"), new DefaultAzureCredential())
    .Build();
`,
    documentation: 'https://learn.microsoft.com/aspnet/core/security/key-vault-configuration',
    examples: [
      {
        before: standIns => `using Microsoft.Extensions.Configuration;

var configuration = new ConfigurationBuilder()
    .AddJsonFile("appsettings.json")
    .AddAzureKeyVault("https://contoso.vault.azure.net", "11111111-2222-3333-4444-555555555555", "${standIns.entraClientSecret()}")
    .Build();
`,
      },
    ],
  },
];
