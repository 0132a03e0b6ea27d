import { expect, it } from 'vitest';
import { fixesFor, refactoringsAt } from '../../src/core/engine/fixes.ts';
import type { SourceDocument } from '../../src/core/engine/finding.ts';
import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { isRefusal, type Fix, type FixOffer, type Refusal } from '../../src/core/rewrite/fix.ts';
import { identityRules } from '../../src/core/rules/rules.generated.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import { languages, preparedExamples, preparedGuides } from '../harness/client-examples.ts';
import { readMarks } from '../harness/marked-text.ts';

/** Host names of the public cloud, and what stands for them in Azure Government and in Azure China. */
const hosts: readonly (readonly [string, string, string])[] = [
  ['core.windows.net', 'core.usgovcloudapi.net', 'core.chinacloudapi.cn'],
  ['servicebus.windows.net', 'servicebus.usgovcloudapi.net', 'servicebus.chinacloudapi.cn'],
  ['database.windows.net', 'database.usgovcloudapi.net', 'database.chinacloudapi.cn'],
  ['postgres.database.azure.com', 'postgres.database.usgovcloudapi.net', 'postgres.database.chinacloudapi.cn'],
  ['mysql.database.azure.com', 'mysql.database.usgovcloudapi.net', 'mysql.database.chinacloudapi.cn'],
  ['redis.cache.windows.net', 'redis.cache.usgovcloudapi.net', 'redis.cache.chinacloudapi.cn'],
  ['batch.azure.com', 'batch.usgovcloudapi.net', 'batch.chinacloudapi.cn'],
  ['vault.azure.net', 'vault.usgovcloudapi.net', 'vault.azure.cn'],
  ['documents.azure.com', 'documents.azure.us', 'documents.azure.cn'],
  ['azconfig.io', 'azconfig.azure.us', 'azconfig.azure.cn'],
  ['search.windows.net', 'search.azure.us', 'search.azure.cn'],
  ['cognitiveservices.azure.com', 'cognitiveservices.azure.us', 'cognitiveservices.azure.cn'],
  // Not to be had in China.
  ['openai.azure.com', 'openai.azure.us', 'openai.azure.com'],
  ['service.signalr.net', 'signalr.azure.us', 'signalr.azure.cn'],
  ['webpubsub.azure.com', 'webpubsub.azure.us', 'webpubsub.azure.cn'],
  ['azure-devices.net', 'azure-devices.us', 'azure-devices.cn'],
  ['azurecr.io', 'azurecr.us', 'azurecr.cn'],
  ['communication.azure.com', 'communication.azure.us', 'communication.azure.cn'],
  ['eventgrid.azure.net', 'eventgrid.azure.us', 'eventgrid.azure.cn'],
  ['azurewebsites.net', 'azurewebsites.us', 'chinacloudsites.cn'],
];

/** What an address in the public cloud ends with. */
const publicAddress =
  /[\w>}-]\.(?:[a-z-]+\.)*(?:windows\.net|azure\.com|azure\.net|azconfig\.io|azurecr\.io|azure-devices(?:-provisioning)?\.net|azurewebsites\.net|signalr\.net|microsoftonline\.com)(?![\w-])/giu;

/** Said of every cloud alike: an audience, and no address. */
const everywhere = /https:\/\/redis\.azure\.com\/\.default/gu;

const clouds = [
  ['Azure Government', 1, 'usgovernment'],
  ['Azure China', 2, 'china'],
] as const;

function moved(text: string, column: 1 | 2): string {
  return hosts.reduce((result, row) => result.replaceAll(row[0], row[column]), text);
}

interface Planted {
  readonly of: string;
  readonly document: SourceDocument;
  /** Where a fix is asked for when nothing is found there. */
  readonly cursor?: number;
}

function planted(column: 1 | 2, environment: string): Planted[] {
  const standIns = createStandIns(77);
  const all: Planted[] = [];
  const add = (of: string, uri: string, languageId: string, text: string, cursor?: number) => {
    const provider = languageId === 'terraform' ? `provider "azurerm" {\n  environment = "${environment}"\n  features {}\n}\n\n` : '';
    const own = text.replace(/provider "azurerm" \{\n(?: {2}environment = .*\n)? {2}features \{\}\n\}\n/u, '');
    const document = { uri, languageId, text: provider + moved(own, column) };
    all.push({ of, document, ...(cursor !== undefined && { cursor: moved(text.slice(0, cursor), column).length }) });
  };
  for (const { service, document, example, span } of preparedExamples()) {
    add(service.id, document.uri, document.languageId, document.text, example.cursor === undefined ? undefined : span.start);
  }
  for (const { service, document, atCursor, span } of preparedGuides()) {
    add(service.id, document.uri, document.languageId, document.text, atCursor ? span.start : undefined);
  }
  for (const service of services) {
    for (const { examples } of service.credentials) {
      for (const { languageId, text } of examples.found) {
        add(service.id, `example.${languageId}`, languageId, readMarks(text(standIns)).text);
      }
    }
    for (const { path, before } of service.settings.flatMap(({ examples }) => examples)) {
      add(service.id, path, languageOfPath(path), readMarks(before(standIns)).text);
    }
  }
  for (const rule of identityRules) {
    for (const { path, before } of rule.fixExamples) {
      add(rule.id, path, languageOfPath(path), readMarks(before(standIns)).text);
    }
    for (const { languageId, text } of rule.examples.found) {
      add(rule.id, `example.${languageId}`, languageId, readMarks(text(standIns)).text);
    }
  }
  // Others hold a bare key: nothing says which cloud it is for.
  return all.filter(({ document: { text } }) => hosts.some(row => row[0] !== row[column] && text.includes(row[column])) || text.includes(`"${environment}"`));
}

/** Everything that a fix writes or says, but for links to documentation. */
function said(result: Fix | Refusal): string {
  return JSON.stringify(result, (key, value: unknown) => (key === 'documentation' ? undefined : value)).replace(everywhere, '');
}

async function offersIn({ document, cursor }: Planted): Promise<readonly FixOffer[]> {
  const tools = { languages };
  const offers: FixOffer[] = [];
  for (const finding of scan(document)) offers.push(...(await fixesFor(document, finding, tools)));
  if (cursor !== undefined) offers.push(...(await refactoringsAt(document, { start: cursor, end: cursor }, tools)));
  return offers;
}

it.each(clouds)('%s: no fix writes or says an address of the public cloud', async (_name, column, environment) => {
  const wrong: string[] = [];
  const looked = new Map<string, number>();
  let fixes = 0;
  for (const one of planted(column, environment)) {
    for (const offer of await offersIn(one)) {
      const result = await offer.build();
      looked.set(one.of, (looked.get(one.of) ?? 0) + 1);
      if (!isRefusal(result)) fixes++;
      for (const [address] of said(result).matchAll(publicAddress)) {
        if (!one.document.text.includes(address.slice(1))) wrong.push(`${one.of} ${one.document.uri} ${offer.id}: ${address}`);
      }
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
  // Not for want of anything to look at.
  expect(fixes).toBeGreaterThan(300);
  expect(looked.size).toBeGreaterThan(25);
}, 300_000);
