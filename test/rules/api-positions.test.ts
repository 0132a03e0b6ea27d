import { describe, expect, it } from 'vitest';
import { rescanJoined } from '../../src/core/engine/split-secrets.ts';
import { createStandIns, type SimpleStandIn } from '../../src/core/secrets/stand-ins.ts';
import { readMarks } from '../harness/marked-text.ts';
import { languages } from '../harness/client-examples.ts';

/**
 * Positions of SDK calls that say by themselves that a secret stands there: language, the call with `§` for the literal
 * between its quotes, the stand-in to fill in, and rules that may report it (any, when none are named).
 */
const positions: readonly (readonly [languageId: string, call: string, kind: SimpleStandIn, ...rules: string[]])[] = [
  // Keys
  ['typescript', 'new SearchClient(endpoint, "orders", new AzureKeyCredential("§"));', 'legacyHexKey'],
  ['typescript', "new AzureKeyCredential('§')", 'legacyHexKey'],
  ['python', 'SearchClient(endpoint, "orders", AzureKeyCredential("§"))', 'legacyHexKey'],
  ['python', "AzureKeyCredential(key='§')", 'legacyHexKey'],
  ['csharp', 'new SearchClient(endpoint, "orders", new AzureKeyCredential("§"));', 'legacyHexKey'],
  ['csharp', 'new OpenAIClient(new ApiKeyCredential("§"));', 'legacyHexKey'],
  ['java', 'builder.credential(new AzureKeyCredential("§")).buildClient();', 'legacyHexKey'],
  ['go', 'client, err := azopenai.NewClientWithKeyCredential(endpoint, azcore.NewKeyCredential("§"), nil)', 'legacyHexKey'],
  // Named keys
  ['typescript', 'new TableClient(url, "orders", new AzureNamedKeyCredential("contoso", "§"));', 'legacyKey64'],
  ['python', 'TableServiceClient(endpoint=url, credential=AzureNamedKeyCredential("contoso", "§"))', 'legacyKey64'],
  ['csharp', 'new ServiceBusClient("contoso.servicebus.windows.net", new AzureNamedKeyCredential("send", "§"));', 'legacyKey32'],
  ['java', 'builder.credential(new AzureNamedKeyCredential("contoso", "§"));', 'legacyKey64'],
  // Shared keys
  ['typescript', 'new StorageSharedKeyCredential("contoso", "§")', 'legacyKey64', 'storage-account-key'],
  ['csharp', 'new StorageSharedKeyCredential("contoso", "§")', 'legacyKey64', 'storage-account-key'],
  ['java', 'new StorageSharedKeyCredential("contoso", "§")', 'legacyKey64', 'storage-account-key'],
  ['go', 'azblob.NewSharedKeyCredential("contoso", "§")', 'legacyKey64', 'storage-account-key'],
  ['go', 'aztables.NewSharedKeyCredential("contoso", "§")', 'legacyKey64', 'storage-account-key'],
  ['csharp', 'new TableSharedKeyCredential("contoso", "§")', 'legacyKey64', 'storage-account-key'],
  // Signatures
  ['typescript', 'new AzureSASCredential("§")', 'sasToken' as SimpleStandIn],
  ['python', 'BlobClient(url, "c", "b", credential=AzureSasCredential("§"))', 'sasToken' as SimpleStandIn],
  ['csharp', 'new BlobClient(uri, new AzureSasCredential("§"))', 'sasToken' as SimpleStandIn],
  ['java', 'builder.credential(new AzureSasCredential("§"))', 'sasToken' as SimpleStandIn],
  // Client secrets
  ['typescript', 'new ClientSecretCredential(tenantId, clientId, "§")', 'entraClientSecret7', 'entra-client-secret'],
  ['typescript', 'new ClientSecretCredential(tenantId, clientId, "§")', 'password20' as SimpleStandIn, 'entra-client-secret'],
  ['python', 'ClientSecretCredential(tenant_id, client_id, "§")', 'password20' as SimpleStandIn, 'entra-client-secret'],
  ['python', 'ClientSecretCredential(tenant_id=t, client_id=c, client_secret="§")', 'password20' as SimpleStandIn, 'entra-client-secret', 'generic-api-key'],
  ['csharp', 'new ClientSecretCredential(tenantId, clientId, "§")', 'password20' as SimpleStandIn, 'entra-client-secret'],
  ['csharp', 'ConfidentialClientApplicationBuilder.Create(id).WithClientSecret("§").Build();', 'password20' as SimpleStandIn, 'entra-client-secret'],
  ['java', 'new ClientSecretCredentialBuilder().clientId(id).clientSecret("§").build();', 'password20' as SimpleStandIn, 'entra-client-secret'],
  ['java', 'ClientCredentialFactory.createFromSecret("§")', 'password20' as SimpleStandIn],
  ['go', 'azidentity.NewClientSecretCredential(tenantID, clientID, "§", nil)', 'password20' as SimpleStandIn, 'entra-client-secret'],
  ['go', 'confidential.NewCredFromSecret("§")', 'password20' as SimpleStandIn],
  ['python', 'msal.ConfidentialClientApplication(client_id, authority=authority, client_credential="§")', 'password20' as SimpleStandIn],
  ['typescript', 'new ConfidentialClientApplication({ auth: { clientId, authority, clientSecret: "§" } });', 'password20' as SimpleStandIn],
  // Passwords
  ['typescript', 'new UsernamePasswordCredential(tenantId, clientId, "app@contoso.com", "§")', 'password'],
  ['python', 'UsernamePasswordCredential(client_id, "app@contoso.com", "§")', 'password'],
  ['python', 'UsernamePasswordCredential(client_id=c, username="app@contoso.com", password="§")', 'password'],
  ['csharp', 'new UsernamePasswordCredential("app@contoso.com", "§", tenantId, clientId)', 'password'],
  ['java', 'new UsernamePasswordCredentialBuilder().username("app").password("§").build();', 'password'],
  ['go', 'azidentity.NewUsernamePasswordCredential(tenantID, clientID, "app@contoso.com", "§", nil)', 'password'],
  ['csharp', 'new NetworkCredential("app", "§", "CORP")', 'password'],
  ['csharp', 'new X509Certificate2(path, "§")', 'password'],
  ['csharp', 'new X509Certificate2(bytes, "§", X509KeyStorageFlags.EphemeralKeySet)', 'password'],
  ['csharp', 'X509CertificateLoader.LoadPkcs12FromFile("app.pfx", "§")', 'password'],
  ['csharp', 'new ClientCertificateCredential(t, c, new X509Certificate2("app.pfx", "§"));', 'password'],
  ['java', 'keyStore.load(stream, "§".toCharArray());', 'password'],
  ['powershell', '$p = ConvertTo-SecureString "§" -AsPlainText -Force', 'password'],
  ['powershell', "$p = ConvertTo-SecureString -String '§' -AsPlainText -Force", 'password'],
  ['powershell', "$p = '§' | ConvertTo-SecureString -AsPlainText -Force", 'password'],
  ['powershell', "[System.Security.Cryptography.X509Certificates.X509Certificate2]::new($path, '§')", 'password'],
  // The keyword that clients of Python and builders of Java take
  ['python', 'BlobServiceClient(account_url=url, credential="§")', 'legacyKey64'],
  ['python', "CosmosClient(url, credential='§')", 'legacyKey64'],
  ['python', 'QueueServiceClient(url, credential="§")', 'storageAccountKey', 'storage-account-key'],
  ['python', 'EventGridPublisherClient(endpoint, credential="§")', 'legacyKey32'],
  ['java', 'new CosmosClientBuilder().endpoint(url).key("§").buildClient();', 'legacyKey64'],
  ['typescript', 'new CosmosClient({ endpoint, key: "§" });', 'legacyKey64'],
  ['csharp', 'new CosmosClient("https://contoso.documents.azure.com:443/", "§")', 'legacyKey64'],
  ['go', 'azcosmos.NewKeyCredential("§")', 'legacyKey64'],
];

const standIns = createStandIns(21);
const value = (kind: string): string => {
  if (kind === 'password20') return `${standIns.password()}${standIns.password()}`;
  if (kind === 'sasToken') return `sv=2023-11-03&ss=b&srt=sco&sp=rl&se=2999-01-01T00:00:00Z&sig=${standIns.sasSignature()}`;
  return standIns[kind as SimpleStandIn]();
};
const find = async (languageId: string, text: string) =>
  (await rescanJoined({ uri: 'file', languageId, text }, undefined, () => languages))!.findings;

describe('a literal at a position of an SDK', () => {
  it.each(positions)('%s: %s (%s)', async (languageId, call, kind, ...rules) => {
    const { text, spans } = readMarks(call.replace('§', () => `«${value(kind)}»`));
    const found = await find(languageId, text);
    expect(found.map(({ span }) => span), JSON.stringify(found.map(({ ruleId }) => ruleId))).toEqual(spans);
    expect(['error', 'warning']).toContain(found[0]?.severity);
    if (rules.length > 0) expect(rules).toContain(found[0]?.ruleId);
  });

  it.each(positions)('%s: %s (%s): a constant of the file', async (languageId, call, kind) => {
    const constant: Readonly<Record<string, readonly [string, string]>> = {
      typescript: ['const part = "', '";\n'],
      python: ['PART = "', '"\n'],
      csharp: ['const string Part = "', '";\n'],
      java: ['class A { static final String PART = "', '"; Object o() { return '],
      go: ['package main\nconst part = "', '"\nfunc f() { '],
    };
    const [before, after] = constant[languageId] ?? [];
    // What a key without signature is for shows at the call alone; PowerShell is not parsed.
    if (before === undefined || after === undefined || /toCharArray/u.test(call)) return;
    const name = /(?:const |static final |const string |String )?(?:String |string )?(?<name>\w+) = "$/u.exec(before)!.groups!['name']!;
    const close = languageId === 'java' ? '; } }\n' : languageId === 'go' ? ' }\n' : '\n';
    const use = call.replace(/["']§["']/u, name).replace(/;$/u, languageId === 'java' ? '' : ';');
    const { text, spans } = readMarks(`${before}«${value(kind)}»${after}${use}${close}`);
    const found = await find(languageId, text);
    expect(found.map(({ span }) => span), text.replace(/"[^"]{12,}"/gu, '"…"')).toEqual(spans);
  });
});

describe('what is no literal, or no secret', () => {
  const fillers: Readonly<Record<string, readonly string[]>> = {
    typescript: ['process.env.KEY!', 'key', 'await readKey()', '"<your-key>"', '"YOUR_API_KEY"', '`${key}`'],
    python: ['os.environ["KEY"]', 'key', 'os.getenv("KEY")', '"<your-key>"', '"YOUR_API_KEY"', 'f"{key}"'],
    csharp: ['Environment.GetEnvironmentVariable("KEY")', 'key', 'configuration["Key"]', '"<your-key>"', '"YOUR_API_KEY"', '$"{key}"'],
    java: ['System.getenv("KEY")', 'key', 'config.get("key")', '"<your-key>"', '"YOUR_API_KEY"', 'args[0]'],
    go: ['os.Getenv("KEY")', 'key', 'cfg.Key', '"<your-key>"', '"YOUR_API_KEY"', 'flag.Arg(0)'],
    powershell: ['$env:KEY', '$key', '(Read-Host)', '"<your-password>"', '"$env:PW"', '"$(Get-Secret)"'],
  };
  it.each(positions)('%s: %s', async (languageId, call) => {
    for (const filler of fillers[languageId] ?? []) {
      const text = call.replace(/["']§["']/u, () => filler);
      expect(await find(languageId, text), text).toEqual([]);
    }
  });
});
