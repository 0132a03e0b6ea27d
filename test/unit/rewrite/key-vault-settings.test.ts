import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../../src/core/engine/finding.ts';
import { fixesFor } from '../../../src/core/engine/fixes.ts';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { isRefusal, type WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';

const standIns = createStandIns(91);
const key = standIns.characters(40, 'abcdefghijkmnopqrstuvwxyz23456789');
const mongo = `mongodb://contoso:${encodeURIComponent(standIns.cosmosAccountKey())}@contoso.mongo.cosmos.azure.com:10255/?ssl=true`;

function documentsOf(files: Readonly<Record<string, string>>): readonly SourceDocument[] {
  return Object.entries(files).map(([path, text]) => ({ uri: `shop/${path}`, languageId: languageOfPath(path), text }));
}

/** What one offer makes of the files, and what it says. */
async function offered(path: string, files: Readonly<Record<string, string>>, title: RegExp) {
  const documents = documentsOf(files);
  const document = documents.find(({ uri }) => uri === `shop/${path}`)!;
  const workspace: WorkspaceView = {
    findUp: (_from, names) =>
      Promise.resolve(documents.find(({ uri }) => names.some(name => name.test(uri.split('/').at(-1) ?? '')))),
    mentioning: (_from, name) =>
      Promise.resolve(documents.filter(({ languageId, text }) => languageId === 'csharp' && text.includes(name))),
  };
  const [finding] = scan(document);
  if (finding === undefined) throw new Error('nothing found');
  const offers = await fixesFor(document, finding, { languages, workspace });
  const offer = offers.find(one => title.test(one.title));
  if (offer === undefined) throw new Error(`not among: ${offers.map(one => one.title).join(', ')}`);
  const result = await offer.build();
  const secret = document.text.slice(finding.span.start, finding.span.end);
  expect(JSON.stringify(result)).not.toContain(secret);
  if (isRefusal(result)) return { offer, refusal: result };
  const after = Object.fromEntries(
    result.files.map(({ uri, edits }) => [
      uri.replace('shop/', ''),
      applyEdits(documents.find(one => one.uri === uri)!.text, edits),
    ]),
  );
  expect(Object.values(after).join('\n')).not.toContain(secret);
  return { offer, after, followUps: result.followUps };
}

const appSettings = `{\n  // what differs\n  "Payments": {\n    "ApiKey": "${key}", // live\n    "Url": "https://pay.contoso.com"\n  }\n}\n`;
const project = (more: string): string =>
  `<Project Sdk="Microsoft.NET.Sdk.Web">\n  <PropertyGroup>\n    <TargetFramework>net8.0</TargetFramework>${more}\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageReference Include="Dapper" Version="2.1.35" />\n  </ItemGroup>\n</Project>\n`;

describe('appsettings.json', () => {
  it('loses the secret where the program reads Key Vault already', async () => {
    const { after, followUps } = await offered(
      'appsettings.json',
      {
        'appsettings.json': appSettings,
        'Program.cs': 'builder.Configuration\n    .AddAzureKeyVault(uri, credential);\n',
      },
      /^Move to Key Vault/u,
    );
    expect(after).toEqual({
      'appsettings.json': '{\n  // what differs\n  "Payments": {\n    "Url": "https://pay.contoso.com"\n  }\n}\n',
    });
    expect(followUps?.[0]?.copyable).toContain('--name Payments--ApiKey ');
  });

  it('gets Key Vault as a source where the program makes its builder in plain sight', async () => {
    const program =
      'using Contoso.Shop;\n\nvar builder = WebApplication.CreateBuilder(args);\nbuilder.Services.AddPayments();\nbuilder.Build().Run();\n';
    const { after, followUps } = await offered(
      'appsettings.json',
      {
        'appsettings.json': appSettings,
        'Program.cs': program,
        'shop.csproj': project('\n    <ImplicitUsings>enable</ImplicitUsings>'),
      },
      /^Move to Key Vault/u,
    );
    expect(after?.['Program.cs']).toBe(
      'using Azure.Identity;\nusing Contoso.Shop;\n\nvar builder = WebApplication.CreateBuilder(args);\nbuilder.Configuration.AddAzureKeyVault(\n    new Uri(builder.Configuration["AZURE_KEY_VAULT_ENDPOINT"]!),\n    new DefaultAzureCredential());\nbuilder.Services.AddPayments();\nbuilder.Build().Run();\n',
    );
    expect(after?.['shop.csproj']).toContain('Azure.Extensions.AspNetCore.Configuration.Secrets');
    expect(after?.['shop.csproj']).toContain('Azure.Identity');
    expect(after?.['appsettings.json']).not.toContain('ApiKey');
    expect(followUps?.map(({ kind }) => kind)).toEqual([
      'setSetting',
      'setSetting',
      'installPackage',
      'installPackage',
      'grantRole',
      'rotateSecret',
    ]);
  });

  it('comes with steps where the program is not in plain sight, or is another one', async () => {
    for (const files of [
      { 'appsettings.json': appSettings },
      {
        'appsettings.json': appSettings,
        'Program.cs': 'class Program { static void Main() => Host.CreateDefaultBuilder().Build(); }\n',
      },
      { 'api/appsettings.json': appSettings, 'web/Program.cs': 'var builder = WebApplication.CreateBuilder(args);\n' },
    ]) {
      const path = Object.keys(files)[0]!;
      const { refusal } = await offered(path, files, /^Move to Key Vault/u);
      expect(refusal?.guide?.snippet?.text).toContain('AddAzureKeyVault');
    }
  });

  it('keeps a development value in user secrets', async () => {
    const files = { 'appsettings.Development.json': appSettings, 'shop.csproj': project('') };
    const { after, followUps, offer } = await offered('appsettings.Development.json', files, /user secrets/u);
    expect(offer.isPreferred).toBe(false);
    expect(after?.['appsettings.Development.json']).not.toContain('ApiKey');
    expect(followUps?.map(({ copyable }) => copyable)).toEqual([
      'dotnet user-secrets init',
      'dotnet user-secrets set < secrets.json',
      undefined,
    ]);
    await expect(offered('appsettings.json', { 'appsettings.json': appSettings }, /user secrets/u)).rejects.toThrow();
  });

  it('does so as the fix where nothing better exists', async () => {
    const text = `{ "Mongo": { "Url": "${mongo}" } }\n`;
    const files = { 'appsettings.json': text, 'Program.cs': 'config.AddAzureKeyVault(uri, credential);\n' };
    expect((await offered('appsettings.json', files, /^Move to Key Vault/u)).offer.isPreferred).toBe(true);
  });
});

describe('local.settings.json', () => {
  const text = (more: string): string => `{\n  "Values": {${more}\n    "Payments__ApiKey": "${key}"\n  }\n}\n`;
  it('refers to the vault that other settings refer to', async () => {
    const other = '\n    "Mail": "@Microsoft.KeyVault(SecretUri=https://kv-shop.vault.azure.net/secrets/mail/)",';
    const { after } = await offered(
      'local.settings.json',
      { 'local.settings.json': text(other) },
      /^Move to Key Vault/u,
    );
    expect(after?.['local.settings.json']).toBe(
      text(other).replace(key, '@Microsoft.KeyVault(VaultName=kv-shop;SecretName=payments-apikey)'),
    );
  });
  it('comes with the reference to write otherwise', async () => {
    const { refusal } = await offered(
      'local.settings.json',
      { 'local.settings.json': text('') },
      /^Move to Key Vault/u,
    );
    expect(refusal?.guide?.snippet?.text).toBe(
      '"Payments__ApiKey": "@Microsoft.KeyVault(VaultName=<vault-name>;SecretName=payments-apikey)"\n',
    );
  });
});

describe('web.config', () => {
  const text = (on: string, section: string): string =>
    `<configuration>\n  <configBuilders>\n    <builders>\n      <add name="Vault" vaultName="kv-shop" type="Microsoft.Configuration.ConfigurationBuilders.AzureKeyVaultConfigBuilder, Microsoft.Configuration.ConfigurationBuilders.Azure" />\n    </builders>\n  </configBuilders>\n  <appSettings${on}>\n    ${section}\n  </appSettings>\n</configuration>\n`;
  const entry = (value: string, name = 'PaymentsApiKey'): string => `<add key="${name}" value="${value}" />`;

  it('leaves the value to the configuration builder of the section', async () => {
    const before = text(' configBuilders="Vault"', entry(key));
    const { after, followUps } = await offered('Web.config', { 'Web.config': before }, /^Move to Key Vault/u);
    expect(after?.['Web.config']).toBe(text(' configBuilders="Vault"', entry('')));
    expect(followUps?.[0]?.copyable).toContain('--name PaymentsApiKey ');
  });

  it('comes with the builder to declare where there is none, or the name cannot be a secret’s', async () => {
    for (const before of [text('', entry(key)), text(' configBuilders="Vault"', entry(key, 'Payments:ApiKey'))]) {
      const { refusal } = await offered('Web.config', { 'Web.config': before }, /^Move to Key Vault/u);
      expect(refusal?.guide?.snippet?.text).toContain('AzureKeyVaultConfigBuilder');
    }
  });
});

describe('other files', () => {
  it('Spring: a property that the property source of Key Vault reads goes', async () => {
    const source = 'spring.cloud.azure.keyvault.secret.property-sources[0].endpoint=https://kv-shop.vault.azure.net/\n';
    const text = `${source}# live\npayments.api-key=${key}\nserver.port=8080\n`;
    const { after, followUps } = await offered(
      'application.properties',
      { 'application.properties': text },
      /^Move to/u,
    );
    expect(after?.['application.properties']).toBe(`${source}# live\nserver.port=8080\n`);
    expect(followUps?.[0]?.copyable).toContain('--name payments-api-key ');
    const { refusal } = await offered(
      'application.properties',
      { 'application.properties': text.replace(source, '') },
      /^Move to/u,
    );
    expect(refusal?.guide?.snippet?.text).toContain('property-sources[0].endpoint');
  });

  it('Compose: the value comes from the environment of whoever starts it', async () => {
    const text = `services:\n  api:\n    environment:\n      - PAYMENTS_API_KEY=${key} # live\n      - MODE=on\n`;
    const { after } = await offered('compose.yaml', { 'compose.yaml': text }, /environment/u);
    expect(after?.['compose.yaml']).toBe(
      'services:\n  api:\n    environment:\n      - "PAYMENTS_API_KEY=${PAYMENTS_API_KEY:?}" # live\n      - MODE=on\n',
    );
    const map = `x-shared: &shared\n  PAYMENTS_API_KEY: ${key}\nservices:\n  api:\n    environment:\n      <<: *shared\n`;
    const other = await offered('compose.yaml', { 'compose.yaml': map }, /environment/u);
    expect(other.after?.['compose.yaml']).toBe(map.replace(key, '"${PAYMENTS_API_KEY:?}"'));
  });

  it('Kubernetes and dotenv: steps with what to write, under the setting’s own name', async () => {
    const manifest = `apiVersion: v1\nkind: ConfigMap\ndata:\n  PAYMENTS_API_KEY: ${key}\n`;
    const cluster = await offered('deploy/api.yaml', { 'deploy/api.yaml': manifest }, /^Move to Key Vault/u);
    expect(cluster.refusal?.guide?.snippet?.text).toContain('objectName: payments-api-key');
    const env = await offered('.env', { '.env': `PAYMENTS_API_KEY=${key}\n` }, /^Move to Key Vault/u);
    expect(env.refusal?.guide?.snippet?.text).toContain('SecretName=payments-api-key)');
  });

  it('Parameters of deployments: the reference to write', async () => {
    const named = `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",\n  "parameters": {\n    "paymentsApiKey": { "value": "${key}" }\n  }\n}\n`;
    for (const [path, text, written] of [
      ['main.parameters.json', named, '"secretName": "payments-api-key"'],
      [
        'main.bicepparam',
        `using 'main.bicep'\n\nparam paymentsApiKey = '${key}'\n`,
        "'<vault-name>', 'payments-api-key')",
      ],
      ['terraform.tfvars', `payments_api_key = "${key}"\n`, 'data "azurerm_key_vault_secret" "payments_api_key"'],
    ] as const) {
      const { refusal } = await offered(path, { [path]: text }, /^Move to Key Vault/u);
      expect(refusal?.guide?.snippet?.text).toContain(written);
    }
  });
});
