import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './file-share-forms.ts';

const csharp = {
  language: 'csharp',
  module: 'Azure.Storage.Files.Shares',
  package: 'Azure.Storage.Files.Shares',
  since: '12.14.0',
} as const;

const intent = 'ShareTokenIntent = ShareTokenIntent.Backup';
const imports = { Uri: 'System', ShareTokenIntent: 'Azure.Storage.Files.Shares.Models' };

/** Options as they are passed, and with the token intent that every request with a token must state. */
const optionForms = [
  ['', `new ShareClientOptions { ${intent} }`],
  ['new ShareClientOptions()', `new ShareClientOptions { ${intent} }`],
  ['new ShareClientOptions { $$$OPTIONS }', `new ShareClientOptions { $$$OPTIONS, ${intent} }`],
] as const;

/** Clients, the name of their address, what they take after a connection string, and what makes them of a share. */
const places = [
  ['ShareServiceClient', 'serviceUri', [], '', ''],
  ['ShareClient', 'shareUri', ['shareName: $SHARE'], ', "invoices"', ''],
  // The share's client escapes what a path may hold.
  [
    'ShareDirectoryClient',
    'directoryUri',
    ['shareName: $SHARE', 'directoryPath: $PATH'],
    ', "invoices", path',
    '.GetDirectoryClient($PATH)',
  ],
  [
    'ShareFileClient',
    'fileUri',
    ['shareName: $SHARE', 'filePath: $PATH'],
    ', "invoices", path',
    '.GetRootDirectoryClient().GetFileClient($PATH)',
  ],
] as const;

const usings = `using System;
using Azure.Identity;
using Azure.Storage.Files.Shares;
using Azure.Storage.Files.Shares.Models;`;

export const fileShareCsharpClients: readonly ClientMigration[] = places.flatMap(
  ([client, uri, place, written, ofShare]) =>
    optionForms.flatMap(([before, after]): ClientMigration[] => {
      const optionsBefore = before === '' ? [] : [`options: ${before}`];
      const optionsAfter = `options: ${after}`;
      const passed = before === '' ? '' : `, ${before.replace('$$$OPTIONS', 'AllowTrailingDot = true')}`;
      const options = after.replace('$$$OPTIONS', 'AllowTrailingDot = true');
      const address = place.length === 0 ? '$ENDPOINT' : '$"$ENDPOINT/{$SHARE}"';
      const url = `new Uri("https://contosofiles.file.core.windows.net${place.length === 0 ? '' : '/invoices'}")`;
      const keyless =
        ofShare === ''
          ? `new ${client}(${uri}: new Uri(${address}), credential: $CREDENTIAL, ${optionsAfter})`
          : `new ShareClient(new Uri(${address}), $CREDENTIAL, ${after})${ofShare}`;
      const made =
        ofShare === ''
          ? `new ${client}(${url}, credential, ${options})`
          : `new ShareClient(${url}, credential, ${options})${ofShare.replace('$PATH', 'path')}`;
      const kept = `, ${options}`;
      return [
        {
          ...csharp,
          ...fromString,
          before: `new ${client}(${['connectionString: $CS', ...place, ...optionsBefore].join(', ')})`,
          after: keyless,
          imports,
          examples: [
            {
              before: standIns => `using Azure.Storage.Files.Shares;

namespace Contoso.Files;

internal sealed class Invoices
{
    private readonly ${client} _files;

    internal Invoices(string path)
    {
        _files = new ${client}("${connectionString(standIns.storageAccountKey())}"${written}${passed});
    }
}
`,
              after: `${usings}

namespace Contoso.Files;

internal sealed class Invoices
{
    private readonly ${client} _files;

    internal Invoices(string path)
    {
        _files = ${made.replace('credential', 'new DefaultAzureCredential()')};
    }
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
