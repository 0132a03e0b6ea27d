import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorCount } from '../../../src/core/rewrite/refusals.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { fixText, languages, preparedExamples } from '../../harness/client-examples.ts';

interface Shape {
  readonly languageId: string;
  readonly header: string;
  /** The statements that a fix changes, before and after, without indentation. */
  readonly before: (secret: string) => readonly string[];
  readonly after: readonly string[];
  readonly importBefore: string;
  readonly importAfter: readonly string[];
  readonly comment: (text: string) => string;
  readonly filler: readonly string[];
  readonly wrap: (body: readonly string[], indent: string, members: readonly string[]) => readonly string[];
  /** What a client in a function shares: its declaration, where it stands, and what names it. */
  readonly shared?: {
    readonly where: 'file' | 'type';
    readonly declaration: string;
    readonly creation: string;
    readonly name: string;
    readonly imports?: readonly string[];
  };
  readonly alwaysNested?: true;
}

const indented = (lines: readonly string[], indent: string): string[] => lines.map(line => indent + line);

const shapes: readonly Shape[] = [
  {
    languageId: 'typescript',
    header: '',
    importBefore: "import { BlobServiceClient } from '@azure/storage-blob';",
    importAfter: [
      "import { DefaultAzureCredential } from '@azure/identity';",
      "import { BlobServiceClient } from '@azure/storage-blob';",
    ],
    before: secret => [
      `const found = BlobServiceClient.fromConnectionString('AccountName=contoso1;AccountKey=${secret}');`,
    ],
    after: [
      `const found = new BlobServiceClient('https://contoso1.blob.core.windows.net', new DefaultAzureCredential());`,
    ],
    comment: text => `// ${text}`,
    filler: ['const täxt = `🎈 ${1 + 1}`;', 'export const other = { a: [1, 2], "b": null };', "let x = 'ü\\n\\u0041';"],
    shared: {
      where: 'file',
      declaration: 'const credential = new DefaultAzureCredential();',
      creation: 'new DefaultAzureCredential()',
      name: 'credential',
    },
    wrap: (body, indent) => ['export function nested() {', ...indented(body, indent), `${indent}return found;`, '}'],
  },
  {
    languageId: 'javascript',
    header: '#!/usr/bin/env node',
    importBefore: 'const { CosmosClient } = require("@azure/cosmos")',
    importAfter: [
      'const { CosmosClient } = require("@azure/cosmos")',
      'const { DefaultAzureCredential } = require("@azure/identity")',
    ],
    before: secret => [
      `const found = new CosmosClient({ endpoint: "https://c.documents.azure.com", key: "${secret}" })`,
    ],
    after: [
      'const found = new CosmosClient({ endpoint: "https://c.documents.azure.com", aadCredentials: new DefaultAzureCredential() })',
    ],
    comment: text => `/* ${text.replaceAll('*/', '')} */`,
    filler: ['var emoji = "👩‍💻";', 'exports.list = [1, , 3]', 'label: for (;;) break label'],
    shared: {
      where: 'file',
      declaration: 'const credential = new DefaultAzureCredential()',
      creation: 'new DefaultAzureCredential()',
      name: 'credential',
    },
    wrap: (body, indent) => [
      'class Holder {',
      `${indent}open() {`,
      ...indented(body, indent + indent),
      `${indent}}`,
      '}',
    ],
  },
  {
    languageId: 'python',
    header: '# -*- coding: utf-8 -*-',
    importBefore: 'from azure.servicebus import ServiceBusClient',
    importAfter: ['from azure.identity import DefaultAzureCredential', 'from azure.servicebus import ServiceBusClient'],
    before: secret => [
      `found = ServiceBusClient.from_connection_string("Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=${secret}")`,
    ],
    after: ['found = ServiceBusClient("contoso.servicebus.windows.net", credential=DefaultAzureCredential())'],
    comment: text => `# ${text}`,
    filler: ['größe = "🎈" + \'x\'', 'other = {"a": [1, 2]}', "text = r'\\d' f'{1}'"],
    shared: {
      where: 'file',
      declaration: 'credential = DefaultAzureCredential()',
      creation: 'DefaultAzureCredential()',
      name: 'credential',
    },
    wrap: (body, indent) => ['async def nested():', ...indented(body, indent), `${indent}return found`],
  },
  {
    languageId: 'csharp',
    header: '// <auto-copyright/>',
    importBefore: 'using Azure.Messaging.ServiceBus;',
    importAfter: ['using Azure.Identity;', 'using Azure.Messaging.ServiceBus;'],
    before: secret => [
      `var found = new ServiceBusClient("Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=${secret}");`,
    ],
    after: ['var found = new ServiceBusClient("contoso.servicebus.windows.net", new DefaultAzureCredential());'],
    comment: text => `// ${text}`,
    filler: [],
    shared: {
      where: 'type',
      declaration: 'private static readonly DefaultAzureCredential Credential = new DefaultAzureCredential();',
      creation: 'new DefaultAzureCredential()',
      name: 'Credential',
    },
    wrap: (body, indent, members) => [
      'class Nested',
      '{',
      ...members,
      `${indent}object Open()`,
      `${indent}{`,
      ...indented(body, indent + indent),
      `${indent}${indent}return found;`,
      `${indent}}`,
      '}',
    ],
  },
  {
    languageId: 'java',
    header: 'package a;',
    importBefore: 'import com.azure.storage.blob.BlobServiceClientBuilder;',
    importAfter: [
      'import com.azure.identity.DefaultAzureCredentialBuilder;',
      'import com.azure.storage.blob.BlobServiceClientBuilder;',
    ],
    before: secret => [
      `var found = new BlobServiceClientBuilder().connectionString("AccountName=contoso1;AccountKey=${secret}").buildClient();`,
    ],
    after: [
      'var found = new BlobServiceClientBuilder().endpoint("https://contoso1.blob.core.windows.net").credential(new DefaultAzureCredentialBuilder().build()).buildClient();',
    ],
    comment: text => `// ${text}`,
    filler: ['String täxt = "🎈" + 1;', 'int[] other = { 1, 2 };'],
    shared: {
      where: 'type',
      declaration: 'private static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();',
      creation: 'new DefaultAzureCredentialBuilder().build()',
      name: 'CREDENTIAL',
      imports: ['import com.azure.core.credential.TokenCredential;'],
    },
    wrap: (body, indent, members) => [
      'class Nested {',
      ...members,
      `${indent}Object open() {`,
      ...indented(body, indent + indent),
      `${indent}${indent}return found;`,
      `${indent}}`,
      '}',
    ],
  },
  {
    languageId: 'go',
    header: 'package a',
    importBefore: 'import "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"',
    importAfter: [
      'import "github.com/Azure/azure-sdk-for-go/sdk/azidentity"',
      'import "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"',
    ],
    before: secret => [
      `found, err := azblob.NewClientFromConnectionString("AccountName=contoso1;AccountKey=${secret}", nil)`,
      'if err != nil { panic(err) }',
    ],
    after: [
      'cred, err := azidentity.NewDefaultAzureCredential(nil)',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'found, err := azblob.NewClient("https://contoso1.blob.core.windows.net", cred, nil)',
      'if err != nil { panic(err) }',
    ],
    comment: text => `// ${text}`,
    filler: ['var täxt = "🎈" + `x`', 'type other struct{ a []int }'],
    wrap: (body, indent) => ['func nested() any {', ...indented(body, indent), `${indent}return found`, '}'],
    alwaysNested: true,
  },
];

const comments = fc.array(
  fc.string({ unit: fc.constantFrom('a', ' ', 'é', '漢', '🎈', "'", '"', '`', '{', '$', '/'), maxLength: 12 }),
  { maxLength: 4 },
);

test.each(shapes)('$languageId: only what the rewrite is about changes', async shape => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.integer({ min: 1, max: 1_000_000 }),
        above: comments,
        between: comments,
        fill: fc.subarray([...shape.filler]),
        nested: shape.alwaysNested === true ? fc.constant(true) : fc.boolean(),
        newline: fc.constantFrom('\n', '\r\n'),
        indent: fc.constantFrom('\t', '  ', '    '),
        mark: fc.constantFrom('', '\uFEFF'),
        end: fc.boolean(),
      }),
      async ({ seed, above, between, fill, nested, newline, indent, mark, end }) => {
        const standIns = createStandIns(seed);
        const secret = shape.languageId === 'javascript' ? standIns.cosmosAccountKey() : standIns.storageAccountKey();
        const top = shape.header === '' ? [] : [shape.header];
        const file = (imports: readonly string[], statements: readonly string[], shares = false): string => {
          const { shared } = shape;
          const inFile = shares && shared?.where === 'file' ? [shared.declaration, ''] : [];
          // Python puts two blank lines above a function.
          if (inFile.length > 0 && shape.languageId === 'python' && fill.length === 0) inFile.push('');
          const members = shares && shared?.where === 'type' ? [indent + shared.declaration, ''] : [];
          const note = between.map(text => shape.comment(text));
          const body = [...note, ...statements, ...note];
          const lines = [
            ...top,
            ...above.map(text => shape.comment(text)),
            '',
            ...imports,
            '',
            ...inFile,
            ...fill,
            ...(nested ? shape.wrap(body, indent, members) : body),
            ...fill.map(() => shape.comment('tail')),
          ];
          return mark + lines.join(newline) + (end ? newline : '');
        };
        const text = file([shape.importBefore], shape.before(secret));
        const document = { uri: `file.${shape.languageId}`, languageId: shape.languageId, text };
        const start = text.indexOf(secret);
        const result = await fixText(document, { start, end: start + secret.length });
        if (result === undefined || 'refusal' in result) throw new Error(result?.refusal ?? 'nothing offered');
        const { shared } = shape;
        const expected =
          nested && shared !== undefined
            ? file(
                [...(shared.imports ?? []), ...shape.importAfter],
                shape.after.map(line => line.replace(shared.creation, shared.name)),
                true,
              )
            : file(shape.importAfter, shape.after);
        expect(result.text).toBe(expected);
        const rewritten = { ...document, text: result.text };
        expect(await languages.read(rewritten, parsed => errorCount(parsed.root))).toBe(0);
        const again = await fixText(rewritten, {
          start: result.text.lastIndexOf('contoso') + 1,
          end: result.text.lastIndexOf('contoso') + 5,
        });
        expect(again === undefined || 'refusal' in again).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

const embedded = preparedExamples().filter(({ example }) => example.cursor === undefined);

test('damaged code is fixed or refused, never broken further', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...embedded),
      fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          drop: fc.nat(9),
          add: fc.constantFrom(
            '',
            '(',
            ')',
            '{',
            '}',
            '"',
            "'",
            '`',
            '\n',
            '/*',
            '#',
            ';',
            ',',
            ' = ',
            'new ',
            '🎈',
            '\u0000',
          ),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      async ({ document, secret }, damage) => {
        let { text } = document;
        for (const { at, drop, add } of damage) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + add + text.slice(start + drop);
        }
        const start = text.indexOf(secret);
        if (start === -1) return;
        const damaged = { ...document, text };
        const result = await fixText(damaged, { start, end: start + secret.length });
        if (result === undefined) return;
        if ('refusal' in result) {
          expect(result.refusal).not.toContain(secret);
          return;
        }
        expect(result.text).not.toContain(secret);
        const count = (candidate: string): Promise<number | undefined> =>
          languages.read({ ...document, text: candidate }, file => errorCount(file.root));
        expect(await count(result.text)).toBeLessThanOrEqual((await count(text)) ?? 0);
      },
    ),
    { numRuns: 400 },
  );
});
