import type { StandIns } from '../../secrets/stand-ins.ts';
import type { ClientExample, ClientMigration, CodeLanguage } from '../service.ts';

/** What a small program around a construct is filled with. */
export interface Sample {
  /** The old secret: key or connection string. */
  readonly secret: (standIns: StandIns) => string;
  /** What `$ENDPOINT` becomes. */
  readonly endpoint?: string;
  /** `$NAME` to source text, the same before and after. */
  readonly values?: Readonly<Record<string, string>>;
  /** Import lines besides the client's own, of both forms. */
  readonly imports?: readonly string[];
  /** Import lines of the old form alone. */
  readonly importsBefore?: readonly string[];
  /** Import lines of the new form alone, besides that of the credential. */
  readonly importsAfter?: readonly string[];
  /** TypeScript: where `AzureKeyCredential` comes from, when not from the client's module. */
  readonly keyCredentialFrom?: string;
  /** Java: what ends the chain, up to the brackets of its last call. */
  readonly build?: string;
}

/** A migration whose example is the smallest program that holds its construct. */
export function withSample(
  migration: Omit<ClientMigration, 'examples'>,
  sample: Sample,
  more: readonly ClientExample[] = [],
): ClientMigration {
  const { language, before, after } = migration;
  const program = programs[language];
  const { secret: capture } = migration.secret.capture === 'CS' ? { secret: '$CS' } : { secret: '$KEY' };
  const fill = (pattern: string, known: Readonly<Record<string, string>>): string => {
    const plain = language === 'csharp' ? pattern.replace(/\b[a-z]\w*: (?=\$|new )/gu, '') : pattern;
    return plain
      .replace(/\$\$\$CALLS(?=\()/u, () => sample.build ?? 'buildClient')
      .replace(/, \$\$\$[A-Z]+/gu, '')
      .replace(/\$[A-Z]+/gu, name => known[name.slice(1)] ?? sample.values?.[name.slice(1)] ?? name);
  };
  const quote = (text: string): string => (language === 'typescript' ? `'${text}'` : `"${text}"`);
  const own = (): ReturnType<Program['imports']> => program.imports(migration, sample);
  return {
    ...migration,
    examples: [
      {
        before: standIns =>
          program.file(
            program.sorted([...own().before, ...(sample.imports ?? []), ...(sample.importsBefore ?? [])]),
            fill(before, { [capture.slice(1)]: quote(sample.secret(standIns)) }),
            false,
          ),
        // Seldom asked for.
        get after() {
          return program.file(
            program.sorted([...own().after, ...(sample.imports ?? []), ...(sample.importsAfter ?? [])]),
            fill(after, {
              CREDENTIAL: program.credential,
              ...(sample.endpoint === undefined ? {} : { ENDPOINT: quote(sample.endpoint) }),
            }),
            true,
          );
        },
      },
      ...more,
    ],
  };
}

interface Program {
  readonly credential: string;
  readonly imports: (
    migration: Omit<ClientMigration, 'examples'>,
    sample: Sample,
  ) => {
    readonly before: readonly string[];
    readonly after: readonly string[];
  };
  readonly sorted: (lines: readonly string[]) => string;
  readonly file: (imports: string, construct: string, keyless: boolean) => string;
}

const byText = (lines: readonly string[], key: (line: string) => string): string =>
  [...lines].sort((a, b) => (key(a) < key(b) ? -1 : 1)).join('\n');

const leadingName = (before: string): string => /^(?:new )?(\w+)/u.exec(before)?.[1] ?? '';

const programs: Readonly<Record<CodeLanguage, Program>> = {
  typescript: {
    credential: 'new DefaultAzureCredential()',
    imports({ before, module, defaultExport }, { keyCredentialFrom }) {
      const client = leadingName(before);
      const line = (from: string, names: readonly string[]): string =>
        `import { ${[...names].sort().join(', ')} } from '${from}';`;
      const own = defaultExport ? `import ${client} from '${module}';` : line(module, [client]);
      const from = keyCredentialFrom ?? (defaultExport ? '@azure/core-auth' : module);
      const key = before.includes('new AzureKeyCredential(');
      const together = key && from === module ? line(module, ['AzureKeyCredential', client]) : own;
      return {
        before: [together, ...(key && from !== module ? [line(from, ['AzureKeyCredential'])] : [])],
        after: [line('@azure/identity', ['DefaultAzureCredential']), own],
      };
    },
    sorted: lines => byText(lines, line => /'(.+)'/u.exec(line)?.[1] ?? line),
    file: (imports, construct) => `${imports}\n\nexport const client = ${construct};\n`,
  },
  python: {
    credential: 'DefaultAzureCredential()',
    imports({ before, module }) {
      const client = `from ${module} import ${leadingName(before)}`;
      const key = before.includes('AzureKeyCredential(')
        ? ['from azure.core.credentials import AzureKeyCredential']
        : [];
      const named = before.includes('AzureNamedKeyCredential(')
        ? ['from azure.core.credentials import AzureNamedKeyCredential']
        : [];
      const identity = `from azure.identity${/\.aio(?:\.|$)/u.test(module) ? '.aio' : ''} import DefaultAzureCredential`;
      return { before: [client, ...key, ...named], after: [identity, client] };
    },
    sorted: lines => byText(lines, line => line),
    file: (imports, construct) => `${imports}\n\nclient = ${construct}\n`,
  },
  csharp: {
    credential: 'new DefaultAzureCredential()',
    imports({ before, after, module }) {
      const azure = /new Azure(?:Named)?KeyCredential\(/u.test(before) ? ['using Azure;'] : [];
      const kept = [...azure, `using ${module};`];
      const system = after.includes('new Uri(') && !before.includes('new Uri(') ? ['using System;'] : [];
      return { before: kept, after: [...kept, ...system, 'using Azure.Identity;'] };
    },
    sorted: lines =>
      byText(lines, line => (/^using System[.;]/u.test(line) ? '0' : '1') + line.toLowerCase().replace(';', '')),
    file: (imports, construct) => `${imports}\n\nvar client = ${construct};\n`,
  },
  java: {
    credential: 'new DefaultAzureCredentialBuilder().build()',
    imports({ before, module }) {
      const client = `import ${module}.${leadingName(before)};`;
      const key = /new ((?:Azure)?(?:Named)?KeyCredential)\(/u.exec(before)?.[1];
      const credential = key === undefined ? [] : [`import com.azure.core.credential.${key};`];
      return {
        before: [client, ...credential],
        after: ['import com.azure.identity.DefaultAzureCredentialBuilder;', client],
      };
    },
    sorted: lines => byText(lines, line => line),
    file: (imports, construct) => `${imports}\n\nclass Sample {\n    final Object client = ${construct};\n}\n`,
  },
  go: {
    credential: 'cred',
    imports: ({ module }) => ({
      before: ['"log"', `"${module}"`],
      after: ['"log"', '"github.com/Azure/azure-sdk-for-go/sdk/azidentity"', `"${module}"`],
    }),
    sorted: lines =>
      [
        '\t"log"',
        '',
        ...lines
          .filter(line => line !== '"log"')
          .sort()
          .map(line => `\t${line}`),
      ].join('\n'),
    file(imports, construct, keyless) {
      const failure = '\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n';
      const credential = keyless ? `\tcred, err := azidentity.NewDefaultAzureCredential(nil)\n${failure}` : '';
      return `package main\n\nimport (\n${imports}\n)\n\nfunc main() {\n${credential}\tclient, err := ${construct}\n${failure}\trun(client)\n}\n`;
    },
  },
};
