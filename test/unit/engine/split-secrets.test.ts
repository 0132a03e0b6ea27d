import { describe, expect, it } from 'vitest';
import { mayBeSplit, rescanJoined } from '../../../src/core/engine/split-secrets.ts';
import type { SourceDocument } from '../../../src/core/engine/finding.ts';
import { rescan, scan } from '../../../src/core/engine/scan.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { readFixture } from '../../harness/caret-fixture.ts';
import { languages } from '../../harness/client-examples.ts';

/** Carets mark the literal that is the secret, wherever it goes from there. */
const split: readonly (readonly [languageId: string, name: string, fixture: string])[] = [
  [
    'typescript',
    'concatenation with a constant above',
    `
const key = "{{legacyKey64}}";
             ^^^^^^^^^^^^^^^ storage-account-key error
const cs = "DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=" + key + ";EndpointSuffix=core.windows.net";
`,
  ],
  [
    'typescript',
    'template string, another part of which is not known',
    `
const part = '{{legacyKey64}}';
              ^^^^^^^^^^^^^^^ storage-account-key error
export const cs = (name: string) => \`AccountName=\${name};AccountKey=\${part}\`;
`,
  ],
  [
    'typescript',
    'arguments by name: key and endpoint on lines of their own',
    `
const account = 'contoso';
const k = '{{legacyKey64}}';
           ^^^^^^^^^^^^^^^ storage-account-key error
new BlobServiceClient(url, new StorageSharedKeyCredential(account, k));
`,
  ],
  [
    'javascript',
    'member of a constant object',
    `
const settings = { user: 'app', value: '{{password}}' };
                                        ^^^^^^^^^^^^ azure-sql-password error
connect(\`Server=contoso.database.windows.net;User ID=app;Password=\${settings.value};\`);
`,
  ],
  [
    'python',
    'f-string',
    `
VALUE = "{{legacyKey64}}"
         ^^^^^^^^^^^^^^^ storage-account-key error
cs = f"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={VALUE};EndpointSuffix=core.windows.net"
`,
  ],
  [
    'python',
    'str.format, by place and by name',
    `
A = "{{legacyKey64}}"
     ^^^^^^^^^^^^^^^ storage-account-key error
B = "{{password}}"
     ^^^^^^^^^^^^ azure-sql-password error
first = "AccountName={};AccountKey={}".format(name, A)
second = "Server=contoso.database.windows.net;UID=app;PWD={value};".format(value=B)
`,
  ],
  [
    'python',
    'percent format',
    `
S = '{{legacyKey64}}'
     ^^^^^^^^^^^^^^^ storage-account-key error
cs = "AccountName=%s;AccountKey=%s" % (account, S)
`,
  ],
  [
    'csharp',
    'interpolation of a constant of the class',
    `
class Store
{
    private const string Value = "{{legacyKey64}}";
                                  ^^^^^^^^^^^^^^^ storage-account-key error
    string Cs(string name) => $"DefaultEndpointsProtocol=https;AccountName={name};AccountKey={Value}";
}
`,
  ],
  [
    'csharp',
    'string.Format',
    `
class Store
{
    const string Word = "{{password}}";
                         ^^^^^^^^^^^^ azure-sql-password error
    string Cs() => string.Format("Server={0};User ID=app;Password={1};Encrypt=True", "contoso.database.windows.net", Word);
}
`,
  ],
  [
    'java',
    'String.format',
    `
class Store {
    private static final String VALUE = "{{legacyKey64}}";
                                         ^^^^^^^^^^^^^^^ storage-account-key error
    String cs(String name) { return String.format("AccountName=%s;AccountKey=%s;EndpointSuffix=core.windows.net", name, VALUE); }
}
`,
  ],
  [
    'java',
    'concatenation',
    `
class Store {
    static final String WORD = "{{password}}";
                                ^^^^^^^^^^^^ azure-sql-password error
    String url = "jdbc:sqlserver://contoso.database.windows.net:1433;user=app;password=" + WORD + ";encrypt=true";
}
`,
  ],
  [
    'go',
    'fmt.Sprintf',
    `
package main
const value = "{{legacyKey64}}"
               ^^^^^^^^^^^^^^^ storage-account-key error
func cs(name string) string {
    return fmt.Sprintf("AccountName=%s;AccountKey=%s;EndpointSuffix=core.windows.net", name, value)
}
`,
  ],
  [
    'go',
    'argument by name',
    `
package main
func main() {
  k := "{{legacyKey64}}"
        ^^^^^^^^^^^^^^^ storage-account-key error
  cred, err := azblob.NewSharedKeyCredential("contoso", k)
}
`,
  ],
];

async function joined(languageId: string, text: string) {
  const document = { uri: 'file', languageId, text };
  return (await rescanJoined(document, undefined, () => Promise.resolve(languages)))!.findings;
}

describe('a secret in parts', () => {
  it.each(split)('%s: %s', async (languageId, _name, fixture) => {
    for (const seed of [1, 2, 3]) {
      const { text, expected } = readFixture(fixture, createStandIns(seed));
      const found = await joined(languageId, text);
      expect(found.map(({ ruleId, severity, span }) => ({ ruleId, severity, span }))).toEqual(expected);
      // The text alone says less: that is what the syntax tree is read for.
      expect(scan({ uri: 'file', languageId, text }).length, text).toBeLessThan(expected.length);
    }
  });
});

const standIns = createStandIns(9);

describe('what stays silent', () => {
  it.each([
    [
      'a value that is read at run time',
      'typescript',
      'const key = process.env.KEY9!; const n = "abcdefgh12345"; f("AccountName=a;AccountKey=" + key);',
    ],
    [
      'a value that may change',
      'typescript',
      `let key = "${standIns.legacyKey64()}"; key = read(); f("AccountName=a;AccountKey=" + key);`,
    ],
    [
      'a placeholder',
      'typescript',
      'const key = "<your-key-1>"; const n = "abcdefgh12345"; f("AccountName=a;AccountKey=" + key);',
    ],
    [
      'a hash',
      'typescript',
      `const integrity = "sha512-${standIns.legacyKey64()}"; check(integrity, "AccountKey=" + other);`,
    ],
    ['another name', 'python', `digest = "${standIns.legacyKey64()}"\ncs = f"AccountName=a;AccountKey={key}"\n`],
    [
      'a parameter of the same name',
      'go',
      `package main\nconst k = "${standIns.legacyKey64()}"\nfunc f(k string) { azblob.NewSharedKeyCredential("contoso", k) }\n`,
    ],
  ])('%s', async (_why, languageId, text) => {
    expect(await joined(languageId, text)).toEqual([]);
  });
});

describe('parsing', () => {
  const scanned = (document: SourceDocument) => [document, rescan(document, undefined)] as const;

  it('is asked for only where something may stand apart', async () => {
    const never = () => Promise.reject(new Error('parsed'));
    const plain = {
      uri: 'f',
      languageId: 'typescript',
      text: `const cs = "AccountName=a;AccountKey=${standIns.legacyKey64()}";`,
    };
    expect(mayBeSplit(plain, rescan(plain, undefined))).toBe(false);
    expect((await rescanJoined(plain, undefined, never))!.findings).toHaveLength(1);
    const open = { ...plain, text: `const k = "${standIns.legacyKey64()}"; f("AccountKey=" + k);` };
    expect(mayBeSplit(open, rescan(open, undefined))).toBe(true);
    await expect(rescanJoined(open, undefined, never)).rejects.toThrow('parsed');
    const guid = '1f6cc2c0-0b47-4f0b-9d54-0f0a3b6d1c11';
    for (const value of [`subscriptions/${guid}`, guid, '2024-05-01-preview', 'https://contoso1.example'])
      expect(mayBeSplit(...scanned({ ...open, text: `const k = "${value}"; f("AccountKey=" + k);` }))).toBe(false);
    const json = { ...open, languageId: 'json' };
    expect(mayBeSplit(json, rescan(json, undefined))).toBe(false);
  });

  it('keeps what was found where it stands, once', async () => {
    const key = standIns.storageAccountKey();
    const found = await joined('typescript', `const k = "${key}";\nf("AccountName=a;AccountKey=" + k);\ng(k, k);\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ ruleId: 'storage-account-key', severity: 'error', confidence: 'high' });
  });

  it('gives the same with what is known from before', async () => {
    const document = {
      uri: 'f',
      languageId: 'typescript',
      text: `const k = "${standIns.legacyKey64()}";\nf("AccountName=a;AccountKey=" + k);\n`,
    };
    const first = await rescanJoined(document, undefined, () => Promise.resolve(languages));
    const second = await rescanJoined(document, first, () => Promise.resolve(languages));
    expect(second!.findings).toEqual(first!.findings);
    expect(second!.findings).toHaveLength(1);
  });
});
