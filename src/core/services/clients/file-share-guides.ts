import type { GuidedClient } from '../service.ts';
import { connectionString } from './file-share-forms.ts';

const bySecret = { secret: { capture: 'CS', form: 'connectionString' } } as const;

const steps = (option: string): string[] => [
  `Set ${option} where the options are made: without it every request with a token is refused.`,
  'Make the client with its address, `DefaultAzureCredential` and these options.',
];

const why = 'The options are made elsewhere, and with a token they must state the token intent.';

/** Clients whose options are not written where they are passed. */
export const fileShareGuides: readonly GuidedClient[] = [
  ...(
    [
      [
        'ShareServiceClient.fromConnectionString($CS, $OPTIONS)',
        `ShareServiceClient.fromConnectionString(CS, options)`,
      ],
      ['new ShareClient($CS, $SHARE, $OPTIONS)', `new ShareClient(CS, 'invoices', options)`],
    ] as const
  ).map(([before, written]): GuidedClient => {
    const client = /Share\w*Client/u.exec(before)?.[0] ?? '';
    return {
      ...bySecret,
      language: 'typescript',
      module: '@azure/storage-file-share',
      package: '@azure/storage-file-share',
      before,
      why,
      steps: steps("`fileRequestIntent: 'backup'`"),
      snippet: `import { DefaultAzureCredential } from '@azure/identity';
import { ShareClient, type ShareClientOptions } from '@azure/storage-file-share';

const options: ShareClientOptions = { fileRequestIntent: 'backup' };

export const invoices = new ShareClient('https://contosofiles.file.core.windows.net/invoices', new DefaultAzureCredential(), options);
`,
      examples: [
        {
          before: standIns => `import { ${client}, type ShareClientOptions } from '@azure/storage-file-share';

export function open(options: ShareClientOptions) {
  return ${written.replace('CS', `'${connectionString(standIns.storageAccountKey())}'`)};
}
`,
        },
      ],
    };
  }),
  ...(
    [
      ['ShareServiceClient', ''],
      ['ShareClient', ', shareName: $SHARE'],
      ['ShareDirectoryClient', ', shareName: $SHARE, directoryPath: $PATH'],
      ['ShareFileClient', ', shareName: $SHARE, filePath: $PATH'],
    ] as const
  ).map(([client, place]): GuidedClient => ({
    ...bySecret,
    language: 'csharp',
    module: 'Azure.Storage.Files.Shares',
    package: 'Azure.Storage.Files.Shares',
    before: `new ${client}(connectionString: $CS${place}, options: $OPTIONS)`,
    why,
    steps: steps('`ShareTokenIntent = ShareTokenIntent.Backup`'),
    snippet: `using System;
using Azure.Identity;
using Azure.Storage.Files.Shares;
using Azure.Storage.Files.Shares.Models;

var options = new ShareClientOptions { ShareTokenIntent = ShareTokenIntent.Backup };
var invoices = new ShareClient(new Uri("https://contosofiles.file.core.windows.net/invoices"), new DefaultAzureCredential(), options);
`,
    examples: [
      {
        before: standIns => `using Azure.Storage.Files.Shares;

static class Files
{
    static ${client} Open(ShareClientOptions options) =>
        new ${client}("${connectionString(standIns.storageAccountKey())}"${place.replace(/, \w+: \$[A-Z]+/gu, ', "invoices"')}, options);
}
`,
      },
    ],
  })),
  ...(
    [
      ['service', ''],
      ['share', ', $SHARE'],
      ['directory', ', $SHARE, $PATH'],
      ['file', ', $SHARE, $PATH'],
    ] as const
  ).map(([name, place]): GuidedClient => ({
    ...bySecret,
    language: 'go',
    module: `github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/${name}`,
    package: 'github.com/Azure/azure-sdk-for-go/sdk/storage/azfile',
    before: `${name}.NewClientFromConnectionString($CS${place}, $OPTIONS)`,
    why,
    steps: steps('`FileRequestIntent: to.Ptr(share.TokenIntentBackup)`'),
    snippet: `package files

import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/share"
)

func Open() (*share.Client, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	options := &share.ClientOptions{FileRequestIntent: to.Ptr(share.TokenIntentBackup)}
	return share.NewClient("https://contosofiles.file.core.windows.net/invoices", cred, options)
}
`,
    examples: [
      {
        before: standIns => `package files

import "github.com/Azure/azure-sdk-for-go/sdk/storage/azfile/${name}"

func Open(options *${name}.ClientOptions) (*${name}.Client, error) {
	return ${name}.NewClientFromConnectionString("${connectionString(standIns.storageAccountKey())}"${place.replace(/\$[A-Z]+/gu, '"invoices"')}, options)
}
`,
      },
    ],
  })),
];
