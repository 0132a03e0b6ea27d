import { expect, test } from 'vitest';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { fixSession } from '../../../src/core/engine/fix-session.ts';
import { languages } from '../../harness/client-examples.ts';

const standIns = createStandIns(61);
const storage = `AccountName=contosophotos;AccountKey=${standIns.storageAccountKey()};EndpointSuffix=core.windows.net`;
const bus = `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey=${standIns.serviceBusKey()}`;
const usings = 'using System;\nusing Microsoft.Extensions.Azure;\n\n';

async function fixed(text: string): Promise<string | undefined> {
  const session = fixSession({ languages });
  await session.fixDocument({ uri: 'a.cs', languageId: 'csharp', text });
  return session.changes()[0]?.after;
}

test('clients of one builder sign in once', async () => {
  const after = await fixed(
    `${usings}services.AddAzureClients(b =>\n{\n    // Photos.\n    b.AddBlobServiceClient("${storage}");\n    b.AddServiceBusClient("${bus}");\n});\n`,
  );
  expect(after).toBe(
    'using System;\nusing Azure.Identity;\nusing Microsoft.Extensions.Azure;\n\nservices.AddAzureClients(b =>\n{\n    // Photos.\n    b.AddBlobServiceClient(new Uri("https://contosophotos.blob.core.windows.net"));\n    b.UseCredential(new DefaultAzureCredential());\n    b.AddServiceBusClientWithNamespace("contoso.servicebus.windows.net");\n});\n',
  );
});

test('a function that is one expression becomes two statements', async () => {
  const after = await fixed(`${usings}services.AddAzureClients(b => b.AddBlobServiceClient("${storage}"));\n`);
  expect(after).toContain(
    'services.AddAzureClients(b => { b.AddBlobServiceClient(new Uri("https://contosophotos.blob.core.windows.net")); b.UseCredential(new DefaultAzureCredential()); });',
  );
});

test('a builder that signs in already is left as it is', async () => {
  const after = await fixed(
    `${usings}services.AddAzureClients(b =>\n{\n    b.UseCredential(credential);\n    b.AddBlobServiceClient("${storage}");\n});\n`,
  );
  expect(after?.split('UseCredential')).toHaveLength(2);
  expect(after).toContain('new Uri("https://contosophotos.blob.core.windows.net")');
});

test('a builder that came another way signs in by default', async () => {
  const after = await fixed(
    `${usings}static class A\n{\n    static void Add(AzureClientFactoryBuilder b)\n    {\n        b.AddBlobServiceClient("${storage}");\n    }\n}\n`,
  );
  expect(after).toContain('b.AddBlobServiceClient(new Uri(');
  expect(after).not.toContain('UseCredential');
});
