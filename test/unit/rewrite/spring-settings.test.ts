import { describe, expect, it } from 'vitest';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { settingRewrites } from '../../../src/core/rewrite/settings.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';

const standIns = createStandIns(41);
const key = standIns.storageAccountKey();
const password = standIns.password();

/** The text after the fix of the only finding, or why there is none. */
async function fixed(path: string, text: string): Promise<string> {
  const document = { uri: path, languageId: languageOfPath(path), text };
  const [finding] = scan(document);
  if (finding === undefined) throw new Error('nothing found');
  const result = await settingRewrites(document, finding, services)[0]!.build();
  expect(JSON.stringify(result)).not.toContain(key);
  return isRefusal(result) ? result.refusal : applyEdits(text, result.files[0]!.edits);
}

describe('properties', () => {
  it('are known by any spelling, with continued lines and other separators', async () => {
    const text = `# one\nspring.cloud.azure.storage.blob.accountName : contoso\nspring.cloud.azure.storage.blob.ACCOUNT_KEY \\\n    = ${key}\nlast=1`;
    expect(await fixed('application.properties', text)).toBe(
      `# one\nspring.cloud.azure.storage.blob.accountName : contoso\nlast=1`,
    );
  });
  it('of another document of the file do not count', async () => {
    const text = `spring.cloud.azure.storage.blob.account-name=contoso\n#---\nspring.config.activate.on-profile=prod\nspring.cloud.azure.storage.blob.account-key=${key}\n`;
    expect(await fixed('application.properties', text)).toMatch(/does not say which storage account/u);
  });
  it('in a file that is not read by Spring stay', async () => {
    const text = `spring.cloud.azure.storage.blob.account-name=contoso\nspring.cloud.azure.storage.blob.account-key=${key}\n`;
    expect(await fixed('other.properties', text)).toMatch(/code that reads/u);
  });
});

describe('YAML', () => {
  it('keeps a comment that stands on the line of what would go', async () => {
    const text = `spring:\n  cloud:\n    azure:\n      cosmos:\n        endpoint: https://contoso.documents.azure.com\n        key: ${standIns.cosmosAccountKey()} # ask Kim\n`;
    expect(await fixed('application.yml', text)).toMatch(/comment/u);
  });
  it('with mistakes in it is left as it is', async () => {
    const text = `spring:\n  cloud: {\n    azure.cosmos.key: ${standIns.cosmosAccountKey()}\n`;
    expect(await fixed('application.yml', text)).toMatch(/Azure Cosmos DB/u);
  });
  it('puts a new level beside what stands there already', async () => {
    const text = `spring:\n  datasource:\n    azure:\n      credential:\n        managed-identity-enabled: true\n    password: ${password}\n    url: jdbc:postgresql://contoso.postgres.database.azure.com/orders\n`;
    expect(await fixed('application.yml', text)).toBe(
      `spring:\n  datasource:\n    azure:\n      credential:\n        managed-identity-enabled: true\n    azure.passwordless-enabled: true\n    url: jdbc:postgresql://contoso.postgres.database.azure.com/orders\n`,
    );
  });
  it('of a database elsewhere stays', async () => {
    const text = `spring:\n  datasource:\n    url: jdbc:postgresql://db.contoso.com/orders?password=${password}&sslmode=require\n`;
    expect(await fixed('application.yml', text)).toMatch(/endpoint and DefaultAzureCredential|Azure/u);
  });
});
