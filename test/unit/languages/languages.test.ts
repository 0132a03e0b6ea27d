import { describe, expect, test } from 'vitest';
import { constantString } from '../../../src/core/languages/constants.ts';
import { createLanguages, parseLimit } from '../../../src/core/languages/languages.ts';
import { walk, type SyntaxFile } from '../../../src/core/languages/syntax.ts';
import type { GrammarSource } from '../../../src/core/languages/grammar-source.ts';
import { languages } from '../../harness/client-examples.ts';

function read<T>(languageId: string, text: string, reader: (file: SyntaxFile) => T): Promise<T | undefined> {
  return languages.read({ uri: 'file', languageId, text }, reader);
}

/** Value of the argument of the call `take(…)`. */
function taken(file: SyntaxFile): string | undefined {
  let value: string | undefined;
  walk(file.root, node => {
    if (!file.language.isCall(node) || file.language.calledName(node) !== 'take') return undefined;
    const list = node.childForFieldName('arguments');
    const argument = list === null ? undefined : file.language.list(list)?.elements[0]?.value;
    value = argument && constantString(argument, file)?.value;
    return undefined;
  });
  return value;
}

describe('constant strings', () => {
  test.each([
    ['typescript', `take('a\\n\\u0041\\x42\\u{1F388}\\'');`, "a\nAB🎈'"],
    ['typescript', 'const a = "x"; take(`${a}y` + ("z" as string)!);', 'xyz'],
    ['typescript', 'class A { static readonly K = "k"; f() { take(A.K); } }', 'k'],
    ['typescript', 'class A { #k = "k"; f() { take(this.#k); } }', 'k'],
    ['typescript', 'const a = "x"; function f(a: string) { take(a); }', undefined],
    ['typescript', 'let a = "x"; a = "y"; take(a);', undefined],
    ['typescript', 'const a = "x"; { const a = "inner"; take(a); }', 'inner'],
    ['typescript', 'const a = b; const b = a; take(a);', undefined],
    ['javascript', 'class A { k = "k"; f() { take(this.k); } }', 'k'],
    ['javascript', 'take(`a${Math.random()}`)', undefined],
    ['python', `take("a" 'b' r'\\d' f"{'c'}" + '\\x41\\q')`, 'ab\\dcA\\q'],
    ['python', 'K = ("a"\n  # why\n  "b")\ntake(K)', 'ab'],
    ['python', 'K = "a"\nK += "b"\ntake(K)', undefined],
    ['python', 'class A:\n  K = "k"\n  def f(self):\n    take(self.K)', 'k'],
    ['python', 'K = "module"\nclass A:\n  K = "field"\n  def f(self):\n    take(K)', 'module'],
    ['python', 'K = "a"\ndef f():\n  global K\n  K = "b"\ntake(K)', undefined],
    ['python', 'def f(x="d"):\n  take(x)', undefined],
    ['python', 'take(f"{{{\'x\'}}}")', '{x}'],
    ['csharp', 'take("a\\t\\u0041" + @"b""c" + $"d{{x{"e"}" + """f""");', 'a\tAb"cd{xef'],
    ['csharp', 'take($"a{"b",5}");', undefined],
    ['csharp', 'take($"a{{{"b"}");', undefined],
    ['python', `take(f"{'a'!r}")`, undefined],
    ['csharp', 'class A { const string K = "k"; void F() { take(K); } }', 'k'],
    ['csharp', 'class A { string K { get; } = "k"; void F() { take(this.K!); } }', 'k'],
    ['csharp', 'class A { string _k = "k"; void F() { _k = "other"; take(_k); } }', undefined],
    ['csharp', 'class A { string k = "k"; void F(string k) { take(k); } }', undefined],
    ['csharp', 'take("""\n  a\n    b\n  """);', 'a\n  b'],
    ['java', 'take("a\\t\\u0041" + \'b\');', undefined],
    ['java', 'take("a\\t\\u0041\\"" + ((String) "b"));', 'a\tA"b'],
    ['java', 'take("""\n    a\n      b \\\n    c\\n""");', 'a\n  b c\n'],
    ['java', 'class A { private static final String K = "k"; void f() { take(A.K + K); } }', 'kk'],
    ['java', 'class A { private String k = "k"; void f() { this.k = "other"; take(k); } }', undefined],
    ['java', 'class A { String k = "k"; void f(String k) { take(k); } }', undefined],
    ['java', 'class A { String k = "k"; Object f = l.map(k -> take(k)); }', undefined],
    ['go', 'package p\nfunc f() { take("a\\t\\u0041" + `b"` + ("c")) }', 'a\tAb"c'],
    ['go', 'package p\nconst (\n\tk = "k"\n)\nvar v = k\nfunc f() { take(k + v) }', 'kk'],
    ['go', 'package p\nvar k = "k"\nfunc f() { k = "x"; take(k) }', undefined],
    ['go', 'package p\nvar k = "k"\nfunc f() { g(&k); take(k) }', undefined],
    ['go', 'package p\nvar k = "k"\nfunc f(k string) { take(k) }', undefined],
    ['go', 'package p\nfunc f() { k := "k"; if k := g(); k != "" { take(k) } }', undefined],
    ['go', 'package p\nfunc f() { k, l := "k", "l"; take(l + k) }', 'lk'],
  ])('%s: %s', async (languageId, text, value) => {
    expect(await read(languageId, text, taken)).toBe(value);
  });
});

describe('settings', () => {
  test.each([
    ['typescript', 'process.env.NAME', 'NAME'],
    ['typescript', "process.env['NAME']", 'NAME'],
    ['typescript', 'process.env[name]', undefined],
    ['python', 'os.environ["NAME"]', 'NAME'],
    ['python', 'os.environ.get("NAME", "")', 'NAME'],
    ['python', 'os.getenv("NAME")', 'NAME'],
    ['python', 'settings["NAME"]', undefined],
    ['csharp', '_ = Environment.GetEnvironmentVariable("NAME");', 'NAME'],
    ['csharp', '_ = builder.Configuration["A:NAME"];', 'A:NAME'],
    ['csharp', '_ = _configuration["NAME"];', 'NAME'],
    ['csharp', '_ = rows["NAME"];', undefined],
    ['java', 'var a = System.getenv("NAME");', 'NAME'],
    ['java', 'var a = System.getenv().getOrDefault("NAME", "x");', 'NAME'],
    ['java', 'var a = System.getenv(name);', undefined],
    ['java', 'var a = settings.getenv("NAME");', undefined],
    ['go', 'package p\nvar a = os.Getenv("NAME")', 'NAME'],
    ['go', 'package p\nvar a = os.Getenv(name)', undefined],
    ['go', 'package p\nvar a = env.Getenv("NAME")', undefined],
  ])('%s: %s', async (languageId, text, name) => {
    const found = await read(languageId, text, file => {
      let result: string | undefined;
      walk(file.root, node => {
        const lookup = file.language.settingLookup(node);
        if (lookup === undefined) return undefined;
        result = lookup.name;
        expect(text.slice(lookup.nameSpan.start, lookup.nameSpan.end)).toBe(name);
        return undefined;
      });
      return result;
    });
    expect(found).toBe(name);
  });
});

describe('imports', () => {
  const wanted = { module: '@azure/identity', name: 'DefaultAzureCredential' };
  test.each([
    [
      'typescript',
      "import a from 'a'\nimport { b } from '@azure/cosmos'\n\nimport './c'\n",
      wanted,
      "import a from 'a'\nimport { b } from '@azure/cosmos'\nimport { DefaultAzureCredential } from '@azure/identity'\n\nimport './c'\n",
    ],
    [
      'typescript',
      'import type { TokenCredential } from "@azure/identity";\nimport { b } from "@azure/cosmos";\n',
      wanted,
      'import type { TokenCredential } from "@azure/identity";\nimport { b } from "@azure/cosmos";\nimport { DefaultAzureCredential } from "@azure/identity";\n',
    ],
    [
      'typescript',
      "import {\n  AzureCliCredential,\n  ManagedIdentityCredential,\n} from '@azure/identity';\nimport { b } from '@azure/cosmos';\n",
      wanted,
      "import {\n  AzureCliCredential,\n  DefaultAzureCredential,\n  ManagedIdentityCredential,\n} from '@azure/identity';\nimport { b } from '@azure/cosmos';\n",
    ],
    [
      'javascript',
      "'use strict'\nvar b = require('@azure/cosmos')\n",
      wanted,
      "'use strict'\nvar b = require('@azure/cosmos')\nvar { DefaultAzureCredential } = require('@azure/identity')\n",
    ],
    [
      'python',
      'from azure.cosmos import (\n    CosmosClient,\n)\nimport os\n',
      { module: 'azure.identity', name: 'DefaultAzureCredential' },
      'from azure.cosmos import (\n    CosmosClient,\n)\nfrom azure.identity import DefaultAzureCredential\nimport os\n',
    ],
    [
      'python',
      'def f():\n    from azure.cosmos import CosmosClient\n    return CosmosClient\n',
      { module: 'azure.identity', name: 'DefaultAzureCredential' },
      'def f():\n    from azure.cosmos import CosmosClient\n    from azure.identity import DefaultAzureCredential\n    return CosmosClient\n',
    ],
    [
      'csharp',
      'namespace A\n{\n    using System;\n    using Microsoft.Azure.Cosmos;\n}\n',
      { module: 'Azure.Identity', name: 'DefaultAzureCredential' },
      'namespace A\n{\n    using System;\n    using Azure.Identity;\n    using Microsoft.Azure.Cosmos;\n}\n',
    ],
    [
      'csharp',
      '// Header.\n\n/// <summary>A class.</summary>\nclass A { }\n',
      { module: 'Azure.Identity', name: 'DefaultAzureCredential' },
      '// Header.\n\nusing Azure.Identity;\n\n/// <summary>A class.</summary>\nclass A { }\n',
    ],
    [
      'csharp',
      'global using System;\nclass A { }\n',
      { module: 'Azure.Identity', name: 'DefaultAzureCredential' },
      'global using System;\nusing Azure.Identity;\nclass A { }\n',
    ],
    [
      'java',
      'package a;\n\nimport com.azure.core.A;\nimport java.util.List;\n\nimport static a.B.c;\n',
      { module: 'com.azure.identity', name: 'DefaultAzureCredentialBuilder' },
      'package a;\n\nimport com.azure.core.A;\nimport com.azure.identity.DefaultAzureCredentialBuilder;\nimport java.util.List;\n\nimport static a.B.c;\n',
    ],
    [
      'java',
      'package a;\r\n\r\nclass A {}\r\n',
      { module: 'com.azure.identity', name: 'DefaultAzureCredentialBuilder' },
      'package a;\r\n\r\nimport com.azure.identity.DefaultAzureCredentialBuilder;\r\n\r\nclass A {}\r\n',
    ],
    [
      'java',
      '// Header.\nclass A {}\n',
      { module: 'com.azure.identity', name: 'DefaultAzureCredentialBuilder' },
      '// Header.\nimport com.azure.identity.DefaultAzureCredentialBuilder;\n\nclass A {}\n',
    ],
    [
      'go',
      'package p\r\n\r\nimport (\r\n\t"fmt"\r\n\r\n\t// Azure\r\n\t"github.com/Azure/azure-sdk-for-go/sdk/azcore"\r\n\tb "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\r\n)\r\n',
      { module: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity', name: 'NewDefaultAzureCredential' },
      'package p\r\n\r\nimport (\r\n\t"fmt"\r\n\r\n\t// Azure\r\n\t"github.com/Azure/azure-sdk-for-go/sdk/azcore"\r\n\t"github.com/Azure/azure-sdk-for-go/sdk/azidentity"\r\n\tb "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\r\n)\r\n',
    ],
    [
      'go',
      'package p\n\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n',
      { module: 'github.com/Azure/azure-sdk-for-go/sdk/azidentity', name: 'NewDefaultAzureCredential' },
      'package p\n\nimport "github.com/Azure/azure-sdk-for-go/sdk/azidentity"\nimport "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"\n',
    ],
  ])('%s: added in the file’s own style', async (languageId, text, request, expected) => {
    const { applyEdits } = await import('../../../src/core/text/text-edit.ts');
    const azblob = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azblob';
    const neighbours = ['@azure/cosmos', 'azure.cosmos', 'Microsoft.Azure.Cosmos', azblob];
    const result = await read(languageId, text, file =>
      applyEdits(text, file.language.importEdits(file, [request], [], neighbours)),
    );
    expect(result).toBe(expected);
  });

  test.each([
    ['typescript', "import * as id from '@azure/identity';\n", 'id.DefaultAzureCredential', false],
    ['typescript', "import { DefaultAzureCredential as C } from '@azure/identity';\n", 'C', false],
    ['typescript', "import type { DefaultAzureCredential } from '@azure/identity';\n", undefined, undefined],
    ['typescript', '', 'DefaultAzureCredential', true],
  ])('%s: a name that is there is used as it is: %s', async (languageId, text, name, missing) => {
    const found = await read(languageId, text, file => file.language.nameFor(wanted, file));
    expect(found?.text).toBe(name);
    expect(found?.missing).toBe(missing);
  });
});

describe('loading', () => {
  const bytes = async (): Promise<Uint8Array> => Promise.reject(new Error('no disk'));

  test('nothing is loaded for a language that is not rewritten or a text that is too long', async () => {
    const source: GrammarSource = { runtime: bytes, grammar: bytes };
    const lazy = createLanguages(source);
    expect(await lazy.read({ uri: 'a', languageId: 'json', text: '{}' }, () => 1)).toBeUndefined();
    const long = ' '.repeat(parseLimit + 1);
    expect(await lazy.read({ uri: 'a', languageId: 'typescript', text: long }, () => 1)).toBeUndefined();
  });

  test('a grammar that could not be read is asked for again', async () => {
    let attempts = 0;
    const flaky = createLanguages({
      runtime: bytes,
      grammar: async () => {
        attempts++;
        throw new Error('busy');
      },
    });
    // The runtime is set up already by the tests above; only the grammar is read anew.
    await read('typescript', '', () => 1);
    const document = { uri: 'a', languageId: 'typescript', text: '' };
    await expect(flaky.read(document, () => 1)).rejects.toThrow('busy');
    await expect(flaky.read(document, () => 1)).rejects.toThrow('busy');
    expect(attempts).toBe(2);
  });
});
