import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../src/core/engine/finding.ts';
import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { type Fix, isRefusal, type Refusal } from '../../src/core/rewrite/fix.ts';
import { settingRewrites } from '../../src/core/rewrite/settings.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import { applyEdits } from '../../src/core/text/text-edit.ts';
import { readMarks } from '../harness/marked-text.ts';

const examples = services.flatMap(service =>
  service.settings.flatMap(migration => migration.examples.map((example, i) => ({ service, migration, example, i }))),
);

async function fixOnly(document: SourceDocument): Promise<{ result: Fix | Refusal; ruleId: string }> {
  const findings = scan(document);
  expect(findings).toHaveLength(1);
  const offers = settingRewrites(document, findings[0]!, services);
  expect(offers).toHaveLength(1);
  return { result: await offers[0]!.build(), ruleId: findings[0]!.ruleId };
}

describe.each(examples.map(example => [`${example.service.id} ${example.i}: ${example.example.path}`, example] as const))(
  '%s',
  (_name, { example, migration }) => {
    const { text, spans } = readMarks(example.before(createStandIns(5)));
    const secret = text.slice(spans[0]!.start, spans[0]!.end);
    const document = { uri: example.path, languageId: languageOfPath(example.path), text };
    const { after } = example;
    if (typeof after !== 'string') {
      it('refuses with a reason', async () => {
        const { result } = await fixOnly(document);
        expect(isRefusal(result) && result.refusal).toMatch(after.refusal);
        expect(JSON.stringify(result)).not.toContain(secret);
      });
      return;
    }
    it('fixes before to after, leaves no secret, and has nothing left to fix', async () => {
      const { result, ruleId } = await fixOnly(document);
      if (isRefusal(result)) throw new Error(result.refusal);
      expect(migration.cures).toContain(ruleId);
      expect(result.files.map(({ uri }) => uri)).toEqual([example.path]);
      const fixed = applyEdits(text, result.files[0]!.edits);
      expect(fixed).toBe(after);
      expect(scan({ ...document, text: fixed })).toEqual([]);
      expect(JSON.stringify(result)).not.toContain(secret);
      expect(result.followUps.map(({ kind }) => kind)).toContain('rotateSecret');
    });
    it('keeps CRLF line ends', async () => {
      const { result } = await fixOnly({ ...document, text: text.replaceAll('\n', '\r\n') });
      if (isRefusal(result)) throw new Error(result.refusal);
      expect(applyEdits(text.replaceAll('\n', '\r\n'), result.files[0]!.edits)).toBe(after.replaceAll('\n', '\r\n'));
    });
  },
);

describe('Functions settings', () => {
  const standIns = createStandIns(9);
  it('keep comments, order and the other settings', async () => {
    const text = `{\r\n  // local\r\n  "Values": {\r\n\t"A": "1", // one\r\n\t"Bus" : "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=${standIns.serviceBusKey()}", // two\r\n\t"B": "2"\r\n  }\r\n}`;
    const { result } = await fixOnly({ uri: 'app/local.settings.json', languageId: 'json', text });
    if (isRefusal(result)) throw new Error(result.refusal);
    expect(applyEdits(text, result.files[0]!.edits)).toBe(
      `{\r\n  // local\r\n  "Values": {\r\n\t"A": "1", // one\r\n\t"Bus__fullyQualifiedNamespace" : "contoso.servicebus.windows.net", // two\r\n\t"B": "2"\r\n  }\r\n}`,
    );
  });
  it('refuse when the new setting is there already', async () => {
    const text = `{"Values":{"S__accountName":"x","S":"AccountName=x;AccountKey=${standIns.storageAccountKey()}"}}`;
    const { result } = await fixOnly({ uri: 'local.settings.json', languageId: 'json', text });
    expect(isRefusal(result) && result.refusal).toMatch(/already set/u);
  });
  it('are not touched outside of Values', async () => {
    const text = `{"ConnectionStrings":{"S":"AccountName=x;AccountKey=${standIns.storageAccountKey()}"}}`;
    const { result } = await fixOnly({ uri: 'local.settings.json', languageId: 'json', text });
    expect(isRefusal(result) && result.refusal).toMatch(/code that reads/u);
  });
});

it('code is left to the client rewrites', () => {
  const text = `const cs = "AccountName=x;AccountKey=${createStandIns(2).storageAccountKey()}";`;
  const document = { uri: 'a.ts', languageId: 'typescript', text };
  expect(settingRewrites(document, scan(document)[0]!, services)).toEqual([]);
});

describe('other settings', () => {
  const standIns = createStandIns(3);
  it.each([
    ['.github/workflows/a.yml', `# azure\nAZURE_CLIENT_SECRET: ${standIns.entraClientSecret()}`, /federated credential/u],
    ['main.tf', `client_secret = "${standIns.entraClientSecret()}"`, /use_oidc/u],
    ['.env', `AZURE_CLIENT_SECRET=${standIns.entraClientSecret()}`, /managed identity/u],
    ['main.bicep', `administratorLoginPassword: '${standIns.password()}'`, /Entra administrator/u],
    ['docker-compose.yml', `MSSQL_SA_PASSWORD: ${standIns.password()}`, /container/u],
    ['.env', `HOST=x.database.windows.net\nDB_PASSWORD=${standIns.password()}`, /setting of its own/u],
    ['.env', `URL=https://a.blob.core.windows.net/c?sv=2023-01-01&sr=c&sp=r&se=2999-01-01&sig=${standIns.sasSignature()}`, /user delegation/u],
    ['.env', `KEY=${standIns.cosmosAccountKey()}`, /Azure Cosmos DB for NoSQL with its endpoint/u],
  ])('%s: %s: says what must change', async (path, text, reason) => {
    const { result } = await fixOnly({ uri: path, languageId: languageOfPath(path), text });
    expect(isRefusal(result) && result.refusal).toMatch(reason);
  });
});
