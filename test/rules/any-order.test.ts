import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describe as describeFinding } from '../../src/core/engine/rules.ts';
import { scan } from '../../src/core/engine/scan.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { escapeXml } from '../corpus/names.ts';
import { readMarks } from '../harness/marked-text.ts';

/** Connection strings and signatures are lists: order, spaces, letter case and quotes change nothing about what they hold. */

const seed = fc.integer({ min: 1, max: 1_000_000 });
const shuffled = <T>(all: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
const anyOf = <T>(all: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...all]);
const anyCase = (name: string): fc.Arbitrary<string> =>
  fc.constantFrom(name, name.toLowerCase(), name.toUpperCase(), name.replace(/^./u, first => first.toUpperCase()));
const space = fc.constantFrom('', '', '', ' ');

/** Where the text stands, in the syntax of the place. */
const carriers: readonly (readonly [languageId: string, write: (value: string) => string])[] = [
  ['dotenv', value => `A=1\nCS=${value}\nB=2\n`],
  ['json', value => JSON.stringify({ a: 1, cs: value })],
  ['csharp', value => `var cs = ${JSON.stringify(value)};\n`],
  ['python', value => `CS = ${JSON.stringify(value)}  # one\n`],
  ['yaml', value => `a: 1\ncs: '${value.replaceAll("'", "''")}'\n`],
  ['xml', value => `<add name="Orders" connectionString="${escapeXml(value)}" />\n`],
];
const carrier = fc.constantFrom(...carriers);

/** `Key = value` pairs in any order, one of which is the secret. */
function pairs(required: readonly (readonly [names: readonly string[], value: string])[], optional: readonly string[], { spaced = true, cased = true } = {}): fc.Arbitrary<string[]> {
  const gap = spaced ? space : fc.constant('');
  const needed = fc.tuple(
    ...required.map(([names, value]) => fc.tuple(fc.constantFrom(...names).chain(name => (cased ? anyCase(name) : fc.constant(name))), gap, gap).map(([name, left, right]) => `${name}${left}=${right}${value}`)),
  );
  return fc.tuple(needed, anyOf(optional)).chain(([all, more]) => shuffled([...all, ...more]));
}

/** Of a password with characters that need quotes, in the quotes of ADO.NET. */
const quotedPassword = (password: string): fc.Arbitrary<string> => fc.constantFrom(`«${password}»`, `"«${password};=x»"`, `'«${password}; y»'`);

type Dialect = (s: ReturnType<typeof createStandIns>) => fc.Arbitrary<string>;

const dialects: Readonly<Record<string, readonly [rules: readonly string[], make: Dialect, not?: readonly string[]]>> = {
  'ADO.NET': [
    ['azure-sql-password'],
    s =>
      quotedPassword(s.password())
        .chain(password =>
          pairs(
            [
              [['Server', 'Data Source', 'Address'], 'tcp:contoso.database.windows.net,1433'],
              [['User ID', 'UID', 'User'], 'app'],
              [['Password', 'PWD'], password],
            ],
            ['Initial Catalog=orders', 'Encrypt=True', 'TrustServerCertificate=False', 'Connection Timeout=30', 'MultipleActiveResultSets=False'],
          ),
        )
        .chain(all => fc.constantFrom(`${all.join(';')};`, all.join('; '))),
    // Two kinds of quotes inside of a third.
    ['yaml', 'dotenv'],
  ],
  'JDBC of SQL Server': [
    ['azure-sql-password'],
    s => pairs([[['user', 'userName'], 'app@contoso'], [['password'], `«${s.password()}»`]], ['database=orders', 'encrypt=true', 'loginTimeout=30', 'hostNameInCertificate=*.database.windows.net'], { spaced: false, cased: false }).map(all => `jdbc:sqlserver://contoso.database.windows.net:1433;${all.join(';')};`),
  ],
  ODBC: [
    ['azure-sql-password'],
    s =>
      fc.constantFrom(`«${s.password()}»`, `{«${s.password()};x»}`).chain(password =>
        pairs([[['Driver'], '{ODBC Driver 18 for SQL Server}'], [['Server'], 'contoso.database.windows.net'], [['Uid'], 'app'], [['Pwd'], password]], ['Database=orders', 'Encrypt=yes', 'TrustServerCertificate=no']),
      ).map(all => `${all.join(';')};`),
  ],
  Npgsql: [
    ['postgresql-password'],
    s => pairs([[['Host', 'Server'], 'contoso.postgres.database.azure.com'], [['Username', 'User Id'], 'app'], [['Password'], `«${s.password()}»`]], ['Database=orders', 'Port=5432', 'Ssl Mode=Require', 'Pooling=true']).map(all => all.join(';')),
  ],
  libpq: [
    ['postgresql-password'],
    s => fc.constantFrom(`«${s.password()}»`, `'«${s.password()}»'`, `'«${s.password()} ;x»'`).chain(password => pairs([[['host'], 'contoso.postgres.database.azure.com'], [['user'], 'app'], [['password'], password]], ['dbname=orders', 'port=5432', 'sslmode=require', 'connect_timeout=10'], { spaced: false, cased: false })).map(all => all.join(' ')),
    ['yaml'],
  ],
  'MySQL Connector': [
    ['mysql-password'],
    s => pairs([[['Server', 'Host'], 'contoso.mysql.database.azure.com'], [['Uid', 'User Id'], 'app'], [['Pwd', 'Password'], `«${s.password()}»`]], ['Database=orders', 'Port=3306', 'SslMode=Required']).map(all => `${all.join(';')};`),
  ],
  'JDBC of PostgreSQL': [
    ['postgresql-password'],
    s => shuffled(['user=app', `password=«${s.password()}»`, 'sslmode=require', 'connectTimeout=10']).map(all => `jdbc:postgresql://contoso.postgres.database.azure.com:5432/orders?${all.join('&')}`),
  ],
  'StackExchange.Redis': [
    ['redis-access-key'],
    s => fc.tuple(fc.constantFrom(s.identifiableKey('redis'), s.legacyKey32()), anyOf(['ssl=True', 'abortConnect=False', 'connectTimeout=5000', 'defaultDatabase=1', 'allowAdmin=true'])).chain(([key, more]) => shuffled(['contoso.redis.cache.windows.net:6380', `password=«${key}»`, ...more])).map(all => all.join(',')),
  ],
  AMQP: [
    ['generic-password', 'amqp-password', 'service-bus-access-key', 'azure-url-credentials'],
    s => fc.tuple(fc.constantFrom('amqp', 'amqps'), fc.constantFrom('', ':5671'), anyOf(['heartbeat=30', 'connection_timeout=5000'])).map(([scheme, port, options]) => `${scheme}://orders:«${s.password()}»@rabbit.contoso.com${port}/prod${options.length > 0 ? '?' : ''}${options.join('&')}`),
  ],
  MongoDB: [
    ['mongodb-password'],
    s => fc.tuple(fc.constantFrom('mongodb', 'mongodb+srv'), anyOf(['ssl=true', 'replicaSet=globaldb', 'retrywrites=false', 'maxIdleTimeMS=120000', 'appName=@contoso@'])).map(([scheme, options]) => `${scheme}://contoso:«${s.password()}»@contoso.mongo.cosmos.azure.com:10255/?${options.join('&')}`),
  ],
  Storage: [
    ['storage-account-key'],
    s => fc.constantFrom(s.storageAccountKey(), s.legacyKey64()).chain(key => pairs([[['AccountName'], 'contoso'], [['AccountKey'], `«${key}»`]], ['DefaultEndpointsProtocol=https', 'EndpointSuffix=core.windows.net'])).map(all => all.join(';')),
  ],
  'Service Bus': [
    ['service-bus-access-key'],
    s => fc.constantFrom(s.serviceBusKey(), s.legacyKey32()).chain(key => pairs([[['Endpoint'], 'sb://contoso.servicebus.windows.net/'], [['SharedAccessKeyName'], 'send'], [['SharedAccessKey'], `«${key}»`]], ['EntityPath=orders'])).map(all => all.join(';')),
  ],
  'Cosmos DB': [
    ['cosmos-account-key'],
    s => fc.constantFrom(s.cosmosAccountKey(), s.legacyKey64()).chain(key => pairs([[['AccountEndpoint'], 'https://contoso.documents.azure.com:443/'], [['AccountKey'], `«${key}»`]], ['Database=orders'])).map(all => `${all.join(';')};`),
  ],
};

describe.each(Object.entries(dialects))('%s', (_name, [rules, make, not = []]) => {
  it('in any order, with any spaces and quotes, in any file', () => {
    fc.assert(
      fc.property(seed.chain(number => make(createStandIns(number))), carrier, (marked, [languageId, write]) => {
        fc.pre(!not.includes(languageId) || !/["']«/u.test(marked));
        const { text, spans } = readMarks(write(marked));
        const found = scan({ uri: 'file', languageId, text });
        expect(found.map(({ span }) => text.slice(span.start, span.end)), text).toEqual(spans.map(({ start, end }) => text.slice(start, end)));
        expect(rules).toContain(found[0]!.ruleId);
      }),
      { numRuns: 150, seed: 17 },
    );
  });
});

const years = fc.integer({ min: 2015, max: 2099 });
const now = new Date('2026-06-30T12:00:00Z');
const day = (year: number): string => `${year}-03-01`;

interface Signature {
  readonly rules: readonly string[];
  readonly base: string;
  readonly parameters: (year: number, signature: string) => readonly string[];
}

const tenant = 'cc387aa1-eeda-42eb-ab19-51f128843be2';
const blob = 'https://contoso.blob.core.windows.net/photos/a.png?';
const signatures: Readonly<Record<string, Signature>> = {
  account: { rules: ['storage-sas-token'], base: 'https://contoso.blob.core.windows.net/?', parameters: (y, sig) => ['sv=2024-11-04', 'ss=bfqt', 'srt=sco', 'sp=rwdlacupiytfx', `se=${day(y)}T08:00:00Z`, 'st=2014-01-01T00:00:00Z', 'spr=https', `sig=${sig}`] },
  service: { rules: ['storage-sas-token'], base: blob, parameters: (y, sig) => ['sv=2023-11-03', 'sr=b', 'sp=r', `se=${day(y)}T08%3A00%3A00Z`, 'sip=168.1.5.60-168.1.5.70', `sig=${sig}`] },
  'user delegation': { rules: ['storage-sas-token'], base: blob, parameters: (y, sig) => ['sv=2023-11-03', 'sr=c', 'sp=rl', `se=${day(y)}T08:00:00Z`, `skoid=${tenant}`, `sktid=${tenant}`, 'skt=2014-01-01T00:00:00Z', `ske=${day(y)}T08:00:00Z`, 'sks=b', 'skv=2023-11-03', `sig=${sig}`] },
  'directory of Data Lake': { rules: ['storage-sas-token'], base: 'https://contoso.dfs.core.windows.net/lake/raw?', parameters: (y, sig) => ['sv=2023-11-03', 'sr=d', 'sdd=2', 'sp=racwdl', `se=${day(y)}T08:00:00Z`, `sig=${sig}`] },
  table: { rules: ['storage-sas-token'], base: 'https://contoso.table.core.windows.net/orders?', parameters: (y, sig) => ['sv=2019-02-02', 'tn=orders', 'sp=raud', `se=${day(y)}T08:00:00Z`, 'spk=a', 'epk=b', `sig=${sig}`] },
};

describe.each(Object.entries(signatures))('shared access signature: %s', (_name, { rules, base, parameters }) => {
  it('with its parameters in any order; one that is over says since when', () => {
    fc.assert(
      fc.property(seed, years, carrier, fc.boolean(), fc.infiniteStream(fc.nat()), (number, year, [languageId, write], bare, stream) => {
        const order = [...parameters(year, createStandIns(number).sasSignature())].map(one => ({ one, key: stream.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);
        const { text, spans } = readMarks(write(`${bare ? '' : base}«${order.join('&')}»`));
        const found = scan({ uri: 'file', languageId, text }, { now });
        expect(found.map(({ span }) => span), text).toEqual(spans);
        expect(rules).toContain(found[0]!.ruleId);
        const expired = year <= 2026;
        expect(found[0]!.severity).toBe(expired ? 'information' : 'error');
        const { message } = describeFinding(found[0]!);
        if (expired) expect(message).toContain(`expired on ${day(year)}`);
        else expect(message).not.toContain('expired');
      }),
      { numRuns: 120, seed: 23 },
    );
  });
});

it('a signature under a stored access policy has no end of its own', () => {
  fc.assert(
    fc.property(seed, shuffled(['sv=2023-11-03', 'si=readers', 'sr=c', 'sig=§']), carrier, (number, order, [languageId, write]) => {
      const { text, spans } = readMarks(write(`https://contoso.blob.core.windows.net/photos?«${order.join('&').replace('§', createStandIns(number).sasSignature())}»`));
      const found = scan({ uri: 'file', languageId, text }, { now });
      expect(found.map(({ ruleId, span, severity }) => ({ ruleId, span, severity })), text).toEqual([{ ruleId: 'storage-sas-token', span: spans[0], severity: 'error' }]);
    }),
    { numRuns: 100, seed: 29 },
  );
});

it('signatures of Service Bus and Event Hubs in any order, expired ones with their day', () => {
  fc.assert(
    fc.property(seed, years, shuffled(['sr=sb%3A%2F%2Fcontoso.servicebus.windows.net%2Forders', 'skn=send', 'se=', 'sig=']), carrier, (number, year, order, [languageId, write]) => {
      const seconds = Date.parse(`${day(year)}T08:00:00Z`) / 1000;
      const token = order.map(part => (part === 'se=' ? `se=${seconds}` : part === 'sig=' ? `sig=${createStandIns(number).sasSignature()}` : part)).join('&');
      const { text, spans } = readMarks(write(`SharedAccessSignature «${token}»`));
      const found = scan({ uri: 'file', languageId, text }, { now });
      expect(found.map(({ span }) => span), text).toEqual(spans);
      const expired = year <= 2026;
      expect(found[0]!.severity).toBe(expired ? 'information' : 'error');
      expect(describeFinding(found[0]!).message.includes(`expired on ${day(year)}`)).toBe(expired);
    }),
    { numRuns: 150, seed: 31 },
  );
});
