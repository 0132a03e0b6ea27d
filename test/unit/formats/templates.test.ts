import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BicepDeclaration, parseBicep } from '../../../src/core/formats/bicep.ts';
import { constantText, type Expression, expressionsIn, pathOf } from '../../../src/core/formats/expression.ts';
import { blocksIn, type HclBody, parseHcl } from '../../../src/core/formats/hcl.ts';
import { grammarErrors } from '../../harness/grammar-check.ts';

const bicep = `targetScope = 'resourceGroup'
// where
@description('Where it runs, e.g. \\'westeurope\\'')
@allowed([
  'westeurope' // near
  'northeurope'
])
param location string = resourceGroup().location
@sys.secure()
param adminPassword string
param tags object = { team: 'it\\'s', 'a-b': [ 1, 2 ], owner: { name: 'x' } }
param zone 'a' | 'b' = 'a'
param shape {
  name: string
  size: int?
}
param many string[] = []
type pair = {
  a: string
  b: ('x' | 'y')?
}
func twice(a string) string => '\${a}\${a}'
var suffix = uniqueString(resourceGroup().id)
var names = [for i in range(0, 3): 'n\${i}']
var flag = location == 'x' && !empty(tags) || contains(tags, 'a') ? 'yes' : 'no'
var long = flag == 'yes'
  ? 'a'
  : 'b'
var text = '''
many 'lines' \${not}
'''
var mapped = map(names, n => toUpper(n))
var shown = tags.?owner.name ?? tags['a-b'][0]!
#disable-next-line no-hardcoded-location
resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st\${suffix}'
  location: location
  sku: { name: 'Standard_LRS' } /* cheap */
  kind: 'StorageV2'
  properties: {
    ...tags
    minimumTlsVersion: 'TLS1_2'
  }

  resource blobs 'blobServices' = {
    name: 'default'
    resource photos 'containers' = [for n in names: {
      name: n
    }]
  }
}
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'kv'
  scope: resourceGroup('other')
}
resource extra 'Microsoft.Storage/storageAccounts@2023-05-01' = if (flag == 'yes') {
  name: 'x'
}
module sql './sql.bicep' = [for (n, i) in names: {
  name: 'sql-\${n}'
  params: {
    password: vault.getSecret('p')
  }
}]
output id string = storage::blobs.id
output key string = storage.listKeys().keys[0].value
`;

const terraform = `terraform {
  required_version = ">= 1.5" # at least
}
variable "admin_password" {
  type      = string
  sensitive = true
  validation {
    condition     = length(var.admin_password) > 8 && !can(regex("^\\\\d+$", var.admin_password))
    error_message = "Too short: \${length(var.admin_password)}"
  }
}
locals {
  names = { for k, v in var.m : upper(k) => v... if v != "" }
  list  = [for s in var.l : s.name if s.on]
  ids   = azurerm_storage_account.all[*].id
  one   = var.l[0].name
  two   = var.m["a-b"].c
  big   = 1.5e3 + -2 * (3 % 2)
  cond  = var.on ? "a" : "b"
  obj = {
    a   = 1,
    "b" : "two"
    (var.k) = "computed"
    c = { d = [] }
  }
  text = <<-EOT
    hello \${var.name} $\${not} %{ if var.on ~}
    %{ for x in var.l }\${x}%{ endfor }
    %{ endif ~}
  EOT
  tail = "a" // end
}
resource "azurerm_linux_function_app" "app" {
  name = "fn-\${var.name}"
  site_config {}
  app_settings = {
    "STORAGE" = azurerm_storage_account.main.primary_connection_string
    KEY       = data.azurerm_key_vault_secret.k.value
  }
  dynamic "identity" {
    for_each = var.ids
    content { type = identity.value }
  }
}
output "x" { value = join(",", concat(var.l, ["a"])...) }
`;

const declarationOf = (name: string): BicepDeclaration =>
  parseBicep(bicep).declarations.find(found => found.name === name)!;

describe('Bicep', () => {
  it('is read without problems, and the text is right', async () => {
    expect(parseBicep(bicep).problems).toEqual([]);
    const { declarations } = parseBicep(bicep);
    expect(declarations.map(({ keyword, name }) => `${keyword} ${name}`)).toEqual([
      'param location',
      'param adminPassword',
      'param tags',
      'param zone',
      'param shape',
      'param many',
      'var suffix',
      'var names',
      'var flag',
      'var long',
      'var text',
      'var mapped',
      'var shown',
      'resource storage',
      'resource blobs',
      'resource photos',
      'resource vault',
      'resource extra',
      'module sql',
      'output id',
      'output key',
    ]);
    for (const { nameSpan, name } of declarations) expect(bicep.slice(nameSpan.start, nameSpan.end)).toBe(name);
    // Only the grammar of tests does not know the newest forms; what it knows it reads the same way.
    const older = bicep
      .replace(/^type pair[\s\S]+?^\}\n/mu, '')
      .replace(/^param shape[\s\S]+?^\}\n/mu, '')
      .replace(/^(?:func|var shown) .*\n/gmu, '')
      .replace('    ...tags\n', '');
    expect(await grammarErrors('bicep', older)).toEqual([]);
  });
  it('knows decorators, types, conditions and parents', () => {
    expect(declarationOf('adminPassword')).toMatchObject({
      decorators: [{ name: 'secure' }],
      type: { text: 'string' },
    });
    expect(declarationOf('zone').type?.text).toBe("'a' | 'b'");
    expect(declarationOf('location').decorators.map(({ name }) => name)).toEqual(['description', 'allowed']);
    expect(declarationOf('storage')).toMatchObject({
      conditional: false,
      existing: false,
      type: { text: 'Microsoft.Storage/storageAccounts@2023-05-01' },
    });
    expect(declarationOf('blobs').parent).toBe('storage');
    expect(declarationOf('photos')).toMatchObject({ parent: 'blobs', conditional: true });
    expect(declarationOf('vault').existing).toBe(true);
    expect(declarationOf('extra').body?.properties.map(({ key }) => key)).toEqual(['name']);
    expect(declarationOf('sql').conditional).toBe(true);
  });
  it('reads strings with escapes and interpolation', () => {
    const tags = declarationOf('tags').value!;
    expect(tags.kind === 'object' && constantText(tags.properties[0]!.value)).toBe("it's");
    const key = declarationOf('key').value!;
    expect(key.kind === 'access' && key.member).toBe('value');
    const { value } = declarationOf('storage').body!.properties[0]!;
    expect(value.kind === 'string' && value.parts).toMatchObject(['st', { kind: 'name', name: 'suffix' }]);
  });
  it('goes on after a line that it cannot read', () => {
    const { declarations, problems } = parseBicep(`param a string\nresource x 'T@1' = {\n  name: \n}\nvar ok = 1\n`);
    expect(declarations.map(({ name }) => name)).toEqual(['a', 'ok']);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('HCL', () => {
  it('is read without problems, and the text is right', async () => {
    const { body, problems } = parseHcl(terraform);
    expect(problems).toEqual([]);
    expect(body.blocks.map(({ type, labels }) => [type, ...labels].join(' '))).toEqual([
      'terraform',
      'variable admin_password',
      'locals',
      'resource azurerm_linux_function_app app',
      'output x',
    ]);
    expect([...blocksIn(body)].map(({ type }) => type)).toContain('content');
    expect(await grammarErrors('terraform', terraform)).toEqual([]);
  });
  it('reads references and templates', () => {
    const { body } = parseHcl(terraform);
    const app = body.blocks.find(({ labels }) => labels[1] === 'app')!;
    const settings = app.body.attributes.find(({ name }) => name === 'app_settings')!.value;
    expect(settings.kind === 'object' && settings.properties.map(({ key, value }) => [key, pathOf(value)])).toEqual([
      ['STORAGE', ['azurerm_storage_account', 'main', 'primary_connection_string']],
      ['KEY', ['data', 'azurerm_key_vault_secret', 'k', 'value']],
    ]);
    const locals = body.blocks.find(({ type }) => type === 'locals')!.body.attributes;
    expect(pathOf(locals.find(({ name }) => name === 'two')!.value)).toEqual(['var', 'm', 'a-b', 'c']);
    const text = locals.find(({ name }) => name === 'text')!.value;
    expect(text.kind === 'string' && text.parts.slice(0, 3)).toMatchObject([
      '    hello ',
      { kind: 'access' },
      expect.stringContaining('${not}'),
    ]);
  });
});

function spansOf(value: Expression): { start: number; end: number }[] {
  return [...expressionsIn(value)].flatMap(one =>
    one.kind === 'object' ? [one.span, ...one.properties.flatMap(({ span, keySpan }) => [span, keySpan])] : [one.span],
  );
}

function hclSpans(body: HclBody): { start: number; end: number }[] {
  return [
    ...body.attributes.flatMap(({ span, nameSpan, value }) => [span, nameSpan, ...spansOf(value)]),
    ...body.blocks.flatMap(({ span, inside, body: inner }) => [span, inside, ...hclSpans(inner)]),
  ];
}

/** Valid texts cut, doubled and mixed with noise, and noise alone. */
const mangled = (source: string) =>
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '(',
            ')',
            "'",
            '"',
            "'''",
            '${',
            '%{',
            '<<A\n',
            'A\n',
            '\n',
            '\r\n',
            ' = ',
            ': ',
            '? ',
            'resource a ',
            "'T@1'",
            'param ',
            '@secure()',
            '/*',
            '//',
            '...',
            'for x in y',
            '=>',
            '.',
            '!',
            '\\',
          ),
          fc.string({ maxLength: 4 }),
        ),
        { maxLength: 60 },
      )
      .map(parts => parts.join('')),
    fc
      .tuple(fc.nat(source.length), fc.nat(source.length), fc.string({ maxLength: 6 }))
      .map(([a, b, noise]) => source.slice(0, a) + noise + source.slice(b)),
  );

describe.each([
  [
    'Bicep',
    bicep,
    (text: string) =>
      parseBicep(text).declarations.flatMap(({ span, nameSpan, type, value, decorators }) => [
        span,
        nameSpan,
        ...(type ? [type.span] : []),
        ...decorators.map(one => one.span),
        ...(value ? spansOf(value) : []),
      ]),
  ],
  ['HCL', terraform, (text: string) => hclSpans(parseHcl(text).body)],
] as const)('%s of any kind', (_name, source, spans) => {
  it('never throws, and every span lies inside', () => {
    fc.assert(
      fc.property(mangled(source), text => {
        for (const { start, end } of spans(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 600 },
    );
  });
  it.each([
    ['(', ')'],
    ['[', ']'],
    ['{a = ', '}'],
    ['{a: ', '}'],
    ['-', ''],
    ['"${', '}"'],
    ["'${", "}'"],
    ['/*', ''],
    ['x ? ', ''],
    ['a {', '}'],
    ['<<A\n', ''],
  ])(
    'ends soon, however deep: %s',
    (open, close) => {
      const text = `x = ${open.repeat(5000)}1${close.repeat(5000)}\n${`y = ${open}\n`.repeat(1000)}`;
      const start = performance.now();
      spans(`var ${text}`);
      spans(text);
      expect(performance.now() - start).toBeLessThan(20_000);
    },
    30_000,
  );
});
