import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './file-share-forms.ts';

const csharp = {
  language: 'csharp',
  module: 'Azure.Storage.Files.Shares',
  package: 'Azure.Storage.Files.Shares',
} as const;

const intent = 'ShareTokenIntent = ShareTokenIntent.Backup';
const imports = { Uri: 'System', ShareTokenIntent: 'Azure.Storage.Files.Shares.Models' };

/** Options as they are passed, and with the token intent that every request with a token must state. */
const optionForms = [
  ['', `new ShareClientOptions { ${intent} }`],
  ['new ShareClientOptions()', `new ShareClientOptions { ${intent} }`],
  ['new ShareClientOptions { $$$OPTIONS }', `new ShareClientOptions { $$$OPTIONS, ${intent} }`],
] as const;

/** Clients, the name of their address, and what they take after a connection string. */
const places = [
  ['ShareServiceClient', 'serviceUri', [], ''],
  ['ShareClient', 'shareUri', ['shareName: $SHARE'], ', "invoices"'],
  ['ShareDirectoryClient', 'directoryUri', ['shareName: $SHARE', 'directoryPath: $PATH'], ', "invoices", "2026"'],
  ['ShareFileClient', 'fileUri', ['shareName: $SHARE', 'filePath: $PATH'], ', "invoices", "1.pdf"'],
] as const;

const usings = `using System;
using Azure.Identity;
using Azure.Storage.Files.Shares;
using Azure.Storage.Files.Shares.Models;`;

export const fileShareCsharpClients: readonly ClientMigration[] = places.flatMap(([client, uri, place, written]) =>
  optionForms.flatMap(([before, after]): ClientMigration[] => {
    const path = place.map(part => `/{${/\$[A-Z]+/u.exec(part)?.[0] ?? ''}}`).join('');
    const [, share = '', file = ''] = written.split(', ').map(part => part.replaceAll('"', ''));
    const url = ['https://contosofiles.file.core.windows.net', share, file].filter(part => part !== '').join('/');
    const optionsBefore = before === '' ? [] : [`options: ${before}`];
    const optionsAfter = `options: ${after}`;
    const passed = before === '' ? '' : `, ${before.replace('$$$OPTIONS', 'AllowTrailingDot = true')}`;
    const kept = `, ${after.replace('$$$OPTIONS', 'AllowTrailingDot = true')}`;
    return [
      {
        ...csharp,
        ...fromString,
        before: `new ${client}(${['connectionString: $CS', ...place, ...optionsBefore].join(', ')})`,
        after: `new ${client}(${uri}: new Uri(${path === '' ? '$ENDPOINT' : `$"$ENDPOINT${path}"`}), credential: $CREDENTIAL, ${optionsAfter})`,
        imports,
        examples: [
          {
            before: standIns => `using Azure.Storage.Files.Shares;

namespace Contoso.Files;

internal sealed class Invoices
{
    private readonly ${client} _files = new ${client}("${connectionString(standIns.storageAccountKey())}"${written}${passed});
}
`,
            after: `${usings}

namespace Contoso.Files;

internal sealed class Invoices
{
    private readonly ${client} _files = new ${client}(new Uri("${url}"), new DefaultAzureCredential()${kept});
}
`,
          },
        ],
      },
      {
        ...csharp,
        ...fromKey,
        before: `new ${client}(${[`${uri}: $URI`, 'credential: new StorageSharedKeyCredential($ACCOUNT, $KEY)', ...optionsBefore].join(', ')})`,
        after: `new ${client}(${uri}: $URI, credential: $CREDENTIAL, ${optionsAfter})`,
        imports: { ShareTokenIntent: imports.ShareTokenIntent },
        examples: [
          {
            before: standIns => `using System;
using Azure.Storage;
using Azure.Storage.Files.Shares;

var files = new ${client}(new Uri(args[0]), new StorageSharedKeyCredential("contosofiles", "${standIns.storageAccountKey()}")${passed});
`,
            after: `using System;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Files.Shares;
using Azure.Storage.Files.Shares.Models;

var files = new ${client}(new Uri(args[0]), new DefaultAzureCredential()${kept});
`,
          },
        ],
      },
    ];
  }),
);
