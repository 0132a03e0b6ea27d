// keyless-ignore-file azure-sql-password,generic-password -- templates and made-up text that detection is tried on
import { describe, expect, it } from 'vitest';
import { scan } from '../../src/core/engine/scan.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { readFixture } from '../harness/caret-fixture.ts';

/** Carets mark the exact range of the secret: no quotes, no key name, escapes included. */
const fixtures: readonly (readonly [name: string, languageId: string, fixture: string])[] = [
  [
    'two secrets on one line',
    'csharp',
    `
Use("AccountName=a;AccountKey={{storageAccountKey}}", "AccountKey={{legacyKey64}};AccountName=b");
                              ^^^^^^^^^^^^^^^^^^^^^ storage-account-key error
                                                                  ^^^^^^^^^^^^^^^ storage-account-key error
`,
  ],
  [
    'keys in any order, letter case and spacing',
    'json',
    `
{ "a": "pwd = {{password}} ; UID = app ; INITIAL CATALOG = o ; server = tcp:contoso.database.windows.net" }
              ^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'quoted password with separators inside',
    'xml',
    `
<add connectionString='Server=contoso.database.windows.net;User ID=app;Password="a;b=c {{password}}";Encrypt=True'/>
                                                                                 ^^^^^^^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'escaped quotes of JSON around the password',
    'json',
    String.raw`
{"Db": "Server=contoso.database.windows.net;User ID=app;Password=\"{{password}};x\";Encrypt=True"}
                                                                   ^^^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'escapes inside the password belong to it',
    'json',
    String.raw`
{"Db": "Server=contoso.database.windows.net;User ID=app;Password=\u0041\\b\u0026{{password}}\u0021;Encrypt=True"}
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'verbatim strings of C# do not escape with backslashes',
    'csharp',
    String.raw`
var cs = @"Server=contoso.database.windows.net;User ID=app;Password=""a\b;{{password}}"";Encrypt=True";
                                                                      ^^^^^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'JSON inside of JSON',
    'json',
    String.raw`
{"env": "{\"CS\":\"AccountName=c;AccountKey={{legacyKey64}};EndpointSuffix=core.windows.net\"}"}
                                            ^^^^^^^^^^^^^^^ storage-account-key error
`,
  ],
  [
    'text after a literal on the same line',
    'python',
    `
connect("Server=contoso.database.windows.net;UID=app;PWD={{password}}")  # don't "Password=this;"
                                                         ^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'an apostrophe before the literal',
    'typescript',
    `
/* don't */ connect('Server=contoso.database.windows.net;Uid=app;Pwd={{password}};Encrypt=true');
                                                                     ^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'escaped properties',
    'properties',
    String.raw`
spring.datasource.url=jdbc\:sqlserver\://contoso.database.windows.net\:1433;user\=app;password\={{password}};encrypt\=true
                                                                                                ^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'element text of XML',
    'xml',
    `
<value>Server=contoso.database.windows.net;User ID=app;Password={{password}}</value>
                                                                ^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'several lines, CR alone as line end',
    'dotenv',
    `
A=1
AZURE_CLIENT_SECRET={{entraClientSecret}}
                    ^^^^^^^^^^^^^^^^^^^^^ entra-client-secret error
B=AccountName=c;AccountKey={{storageAccountKey}}
                           ^^^^^^^^^^^^^^^^^^^^^ storage-account-key error
C=2
`,
  ],
  [
    'a password of the same line as another database',
    'yaml',
    `
mysql: Server=db.contoso.com;Port=3306;Uid=root;Pwd=not-for-that-rule
                                                    ^^^^^^^^^^^^^^^^^ mysql-password warning
sql: Server=contoso.database.windows.net;Uid=root;Pwd={{password}}
                                                      ^^^^^^^^^^^^ azure-sql-password error
`,
  ],
  [
    'one report where several rules fit',
    'json',
    `
{"clientId":"b331f0df-8cd2-4a27-acc3-a2655a936b14","clientSecret":"{{entraClientSecret}}","tenantId":"cc387aa1-eeda-42eb-ab19-51f128843be2"}
                                                                   ^^^^^^^^^^^^^^^^^^^^^ service-principal-credentials error
`,
  ],
];

describe('exact ranges', () => {
  it.each(fixtures)('%s', (_name, languageId, fixture) => {
    for (const seed of [1, 2, 3]) {
      const { text, expected } = readFixture(fixture, createStandIns(seed));
      const found = scan({ uri: 'fixture', languageId, text });
      const show = (all: readonly { ruleId: string; severity: string; span: { start: number; end: number } }[]): string[] =>
        all.map(({ ruleId, severity, span }) => `${ruleId} ${severity} ${span.start} ${text.slice(span.start, span.end)}`);
      expect(expected.length).toBeGreaterThan(0);
      expect(show(found)).toEqual(show(expected));
    }
  });
});
