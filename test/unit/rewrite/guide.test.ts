import { expect, it } from 'vitest';
import { fixSession } from '../../../src/core/engine/fix-session.ts';
import { fixesFor } from '../../../src/core/engine/fixes.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { clientRewrites } from '../../../src/core/rewrite/client-rewrites.ts';
import { guideLines, guidePage } from '../../../src/core/rewrite/guide.ts';
import { isRefusal } from '../../../src/core/rewrite/fix.ts';
import { rewriteAt } from '../../../src/core/rewrite/lookup-rewrites.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import type { Service } from '../../../src/core/services/service.ts';
import { languages } from '../../harness/client-examples.ts';

const [first] = services;
if (first === undefined) throw new Error('The catalogue is empty');
const parcels: Service = {
  ...first,
  id: 'parcels',
  name: 'Parcels',
  documentation: 'https://example.com/parcels',
  clients: [],
  guided: [
    {
      language: 'typescript',
      before: 'new ParcelClient($URL, $KEY, $$$OPTIONS)',
      module: 'parcels',
      package: 'parcels',
      secret: { capture: 'KEY', form: 'key' },
      why: 'This client takes no token credential.',
      steps: ['Use the other client.', 'Give it a token.'],
      snippet: "import { OtherClient } from 'parcels';\n",
      examples: [],
    },
  ],
};
const key = createStandIns(4).password();
const file = (secret: string) =>
  `import { ParcelClient } from 'parcels';\n\nconst client = new ParcelClient('https://p.example.com', ${secret});\n`;

it('says the steps and shows the snippet where no edit is safe', async () => {
  const text = file(`'${key}'`);
  const start = text.indexOf(key);
  const document = { uri: 'a.ts', languageId: 'typescript', text };
  const offers = await clientRewrites(document, { span: { start, end: start + key.length } }, [parcels], { languages });
  expect(offers.map(({ title, isPreferred }) => ({ title, isPreferred }))).toEqual([
    { title: 'How to make this keyless…', isPreferred: false },
  ]);
  const result = await offers[0]?.build();
  if (result === undefined || !isRefusal(result) || result.guide === undefined) throw new Error('no guide');
  const { refusal, guide } = result;
  expect(refusal).toBe('Line 3: This client takes no token credential.');
  const page = guidePage({ refusal, guide });
  expect(page).toContain('1. Use the other client.\n2. Give it a token.');
  expect(page).toContain("```typescript\nimport { OtherClient } from 'parcels';\n```");
  expect(page).toContain('https://example.com/parcels');
  expect(page).not.toContain(key);
  expect(guideLines(guide)).toContain("   import { OtherClient } from 'parcels';");
});

it('is offered at a cursor where the client reads a setting', async () => {
  const text = file('process.env.PARCEL_KEY!');
  const start = text.indexOf('new ParcelClient');
  const document = { uri: 'a.ts', languageId: 'typescript', text };
  const offers = await rewriteAt(document, { start, end: start }, [parcels], { languages });
  expect(offers.map(({ id }) => id)).toEqual(['guide']);
});

it('moves what has no keyless form to Key Vault, in code and elsewhere', async () => {
  const connection = `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=${createStandIns(2).serviceBusKey()}`;
  for (const [languageId, text] of [
    ['python', `hub = "${connection}"\n`],
    ['dotenv', `HUB=${connection}\n`],
  ] as const) {
    const document = { uri: `a.${languageId}`, languageId, text };
    const [finding] = scan(document);
    if (finding === undefined) throw new Error('nothing found');
    const offers = await fixesFor(document, finding, { languages });
    const vault = offers.find(({ title }) => title.startsWith('Move to Key Vault'));
    const result = await vault?.build();
    if (result === undefined || !isRefusal(result) || result.guide === undefined) throw new Error('no guide');
    expect(result.guide.followUps[0]?.message).toContain('Key Vault Secrets User');
    expect(JSON.stringify(result)).not.toContain(connection.slice(-20));
    const session = await fixSession({ languages }).fixDocument(document);
    expect(session.unfixed).toHaveLength(1);
  }
});

it('tells step by step how to sign in without the client secret that settings hold', async () => {
  const secret = createStandIns(3).entraClientSecret();
  const id = '11111111-2222-4333-8444-555555555555';
  for (const [uri, languageId, text] of [
    ['.env', 'dotenv', `AZURE_CLIENT_ID=${id}\nAZURE_CLIENT_SECRET=${secret}\n`],
    ['appsettings.json', 'json', `{ "AzureAd": { "ClientId": "${id}", "ClientSecret": "${secret}" } }\n`],
  ] as const) {
    const document = { uri, languageId, text };
    const [finding] = scan(document);
    if (finding === undefined) throw new Error('nothing found');
    const workspace = { findUp: () => Promise.resolve(document), mentioning: () => Promise.resolve([]) };
    const guide = (await fixesFor(document, finding, { languages, workspace })).find(offer => offer.id === 'guide');
    expect(guide?.title).toBe('How to make this keyless…');
    const result = await guide?.build();
    if (result === undefined || !isRefusal(result) || result.guide === undefined) throw new Error('no guide');
    const steps = result.guide.steps.join('\n');
    for (const way of ['managed identity', 'federated', 'az login', 'AZURE_CLIENT_SECRET'])
      expect(steps).toContain(way);
    expect(result.guide.followUps.map(({ kind }) => kind)).toEqual(['grantRole', 'rotateSecret']);
    expect(JSON.stringify(result)).not.toContain(secret);
    const { unfixed } = await fixSession({ languages, workspace }).fixDocument(document);
    expect(unfixed[0]?.guide?.title).toBe('Sign in without a client secret');
  }
});
