import { expect, it } from 'vitest';
import type { SourceDocument } from '../../../src/core/engine/finding.ts';
import { fixesFor } from '../../../src/core/engine/fixes.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';
import { grammarErrors } from '../../harness/grammar-check.ts';

const standIns = createStandIns(8);

async function referenced(
  document: SourceDocument,
): Promise<{ text: string; followUps: string[]; preferred: boolean } | undefined> {
  const [finding] = scan(document);
  const offers = await fixesFor(document, finding!, { languages });
  const offer = offers.find(({ id }) => id === 'key-vault-reference');
  const result = await offer?.build();
  if (offer === undefined || result === undefined || isRefusal(result)) return undefined;
  const text = applyEdits(document.text, result.files[0]!.edits);
  return { text, followUps: result.followUps.map(({ message }) => message), preferred: offer.isPreferred };
}

const vault = "resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {\n  name: vaultName\n}\n";
const app = (setting: string): string =>
  `resource web 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'web'\n  identity: { type: 'SystemAssigned' }\n  properties: {\n    siteConfig: {\n      appSettings: [\n        ${setting} // mail\n      ]\n    }\n  }\n}\n`;

it('a secret that is written in a template gives way to a reference, with the role to read it', async () => {
  const secret = standIns.password();
  const text = `${vault}${app(`{ name: 'Smtp__Password', value: '${secret}' }`)}`;
  const result = await referenced({ uri: 'main.bicep', languageId: 'bicep', text });
  expect(result?.preferred).toBe(true);
  expect(result?.text).not.toContain(secret);
  expect(result?.text).toContain(
    "{ name: 'Smtp__Password', value: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=smtp-password)' } // mail",
  );
  expect(result?.text).toContain('principalId: web.identity.principalId');
  expect(result?.text).toContain('4633458b-17de-408a-b874-0445c86b69e6');
  expect(await grammarErrors('bicep', result!.text)).toEqual([]);
  expect(result?.followUps.join(' ')).toContain('smtp-password');
});

it('a key that the template asks for goes into the vault in the template itself', async () => {
  const cache = "resource cache 'Microsoft.Cache/redis@2023-08-01' existing = {\n  name: 'c'\n}\n";
  const text = `${vault}${cache}${app("{ name: 'REDIS_KEY', value: cache.listKeys().primaryKey }")}`;
  const result = await referenced({ uri: 'main.bicep', languageId: 'bicep', text });
  expect(result?.text).toContain("value: '@Microsoft.KeyVault(SecretUri=${redisKeySecret.properties.secretUri})'");
  expect(result?.text).toContain(
    "resource redisKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {\n  parent: vault\n  name: 'redis-key'\n  properties: {\n    value: cache.listKeys().primaryKey\n  }\n}",
  );
  expect(await grammarErrors('bicep', result!.text)).toEqual([]);
  const again = scan({ uri: 'main.bicep', languageId: 'bicep', text: result!.text });
  expect(again).toEqual([]);
});

it('the same in Terraform', async () => {
  const text =
    'resource "azurerm_key_vault" "main" {\n  name = "kv"\n}\nresource "azurerm_linux_web_app" "web" {\n  name = "web"\n  app_settings = {\n    REDIS_KEY = azurerm_redis_cache.main.primary_access_key\n  }\n}\n';
  const result = await referenced({ uri: 'main.tf', languageId: 'terraform', text });
  expect(result?.text).toContain(
    'REDIS_KEY = "@Microsoft.KeyVault(SecretUri=${azurerm_key_vault_secret.redis_key.versionless_id})"',
  );
  expect(result?.text).toContain('role_definition_name = "Key Vault Secrets User"');
  expect(result?.text).toContain('identity {\n    type = "SystemAssigned"\n  }');
  expect(await grammarErrors('terraform', result!.text)).toEqual([]);
});

it('is not offered without a vault, nor for an app that resolves no references', async () => {
  const setting = `{ name: 'Smtp__Password', value: '${standIns.password()}' }`;
  expect(await referenced({ uri: 'a.bicep', languageId: 'bicep', text: app(setting) })).toBeUndefined();
  const container = `${vault}resource job 'Microsoft.App/containerApps@2024-03-01' = {\n  name: 'job'\n  properties: { template: { containers: [ { name: 'a', env: [ ${setting} ] } ] } }\n}\n`;
  expect(await referenced({ uri: 'b.bicep', languageId: 'bicep', text: container })).toBeUndefined();
});
