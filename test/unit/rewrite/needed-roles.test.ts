import { describe, expect, test } from 'vitest';
import type { FollowUp } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { nextStepsOf } from '../../harness/next-steps.ts';

const key = createStandIns(41).storageAccountKey();
const storage = `AccountName=contosophotos;AccountKey=${key};EndpointSuffix=core.windows.net`;

async function roles(languageId: string, text: string): Promise<readonly FollowUp[]> {
  return (await nextStepsOf(languageId, text, key)).filter(({ kind }) => kind === 'grantRole');
}

const blobs = `import { BlobServiceClient } from '@azure/storage-blob';\n\nconst s = BlobServiceClient.fromConnectionString('${storage}').getContainerClient('a');\n`;

describe('the role that is asked for', () => {
  test.each([
    ['reads', 'typescript', `${blobs}await s.getBlobClient('b').download();\n`, 'Storage Blob Data Reader'],
    [
      'writes',
      'typescript',
      `${blobs}await s.getBlockBlobClient('b').uploadData(x);\n`,
      'Storage Blob Data Contributor',
    ],
    [
      'reads in Python',
      'python',
      `from azure.storage.blob import BlobServiceClient\n\ns = BlobServiceClient.from_connection_string("${storage}")\ns.get_blob_client("a", "b").download_blob()\n`,
      'Storage Blob Data Reader',
    ],
    [
      'deletes in C#',
      'csharp',
      `using Azure.Storage.Blobs;\n\nvar s = new BlobServiceClient("${storage}");\nawait s.GetBlobContainerClient("a").DeleteBlobAsync("b");\n`,
      'Storage Blob Data Contributor',
    ],
  ])('follows from what the code %s', async (_what, languageId, text, role) => {
    const [step, ...more] = await roles(languageId, text);
    expect(more).toEqual([]);
    expect(step?.message).toContain(`"${role}"`);
    expect(step?.message).toMatch(/: \w+ needs it\.$/u);
    expect(step?.copyable).toBe(
      `az role assignment create --role "${role}" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope "$(az resource list --name contosophotos --resource-type Microsoft.Storage/storageAccounts --query "[0].id" --output tsv)"`,
    );
    expect(step?.forms?.map(({ title }) => title)).toEqual(['Bicep', 'Terraform']);
  });

  test('is the least one where no call tells', async () => {
    const [step] = await roles('typescript', `${blobs}export { s };\n`);
    expect(step?.message).toContain('"Storage Blob Data Reader" reads and lists blobs; choose a wider one only');
  });

  test('is written for templates with its id, its name and the service’s resource', async () => {
    const [step] = await roles('typescript', `${blobs}await s.getBlobClient('b').download();\n`);
    const [bicep, terraform] = step?.forms ?? [];
    expect(bicep?.text).toContain("'2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'");
    expect(bicep?.text).toContain("principalType: 'ServicePrincipal'");
    expect(bicep?.text).toContain(
      "resource target 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {\n  name: 'contosophotos'\n}",
    );
    expect(terraform?.text).toContain('azurerm_storage_account.target.id');
    expect(terraform?.text).toContain('role_definition_name = "Storage Blob Data Reader"');
  });
});

test('the least role for chat is not the one that also deploys models', async () => {
  const apiKey = createStandIns(43).azureOpenAIKey();
  const text = `import { AzureOpenAI } from 'openai';\n\nconst ai = new AzureOpenAI({ apiKey: '${apiKey}', endpoint: 'https://contoso.openai.azure.com', apiVersion: '2024-10-21' });\nawait ai.chat.completions.create({ model: 'gpt-4o', messages: [] });\n`;
  const steps = await nextStepsOf('typescript', text, apiKey);
  expect(steps.find(({ kind }) => kind === 'grantRole')?.message).toContain('"Cognitive Services OpenAI User"');
});

test('rotation and the switch that turns keys off are commands for the resource that the code names', async () => {
  const steps = await nextStepsOf('typescript', `${blobs}export { s };\n`, key);
  expect(steps.find(({ kind }) => kind === 'rotateSecret')?.copyable).toBe(
    'az storage account keys renew --resource-group <resource-group> --account-name contosophotos --key primary',
  );
  expect(steps.find(({ kind }) => kind === 'turnKeysOff')?.copyable).toBe(
    'az resource update --ids "$(az resource list --name contosophotos --resource-type Microsoft.Storage/storageAccounts --query "[0].id" --output tsv)" --set properties.allowSharedKeyAccess=false',
  );
});
