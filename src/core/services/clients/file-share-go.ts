import type { ClientMigration } from '../service.ts';
import { connectionString, fromKey, fromString } from './file-share-forms.ts';

const sdk = 'github.com/Azure/azure-sdk-for-go/sdk/storage/azfile';
const pointers = 'github.com/Azure/azure-sdk-for-go/sdk/azcore/to';
const go = { language: 'go', package: sdk, since: '1.1.0', imports: { to: pointers } } as const;

/** Packages, what their constructors take after a connection string, its place in the address, and an example of it. */
const packages = [
  ['service', '', '$ENDPOINT', '', ''],
  ['share', ', $SHARE', '"$ENDPOINT/" + $SHARE', ', "invoices"', '/invoices'],
  ['directory', ', $SHARE, $PATH', '"$ENDPOINT/" + $SHARE + "/" + $PATH', ', "invoices", "2026"', '/invoices/2026'],
  ['file', ', $SHARE, $PATH', '"$ENDPOINT/" + $SHARE + "/" + $PATH', ', "invoices", "1.pdf"', '/invoices/1.pdf'],
] as const;

/** With a token every request must state the token intent: options that are set already are changed by hand. */
export const fileShareGoClients: readonly ClientMigration[] = packages.flatMap(
  ([name, parts, url, values, path]): ClientMigration[] => {
    const options = `&${name}.ClientOptions{FileRequestIntent: to.Ptr(${name}.${name === 'share' ? '' : 'Share'}TokenIntentBackup)}`;
    const importsAfter = `import (
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"${sdk}/${name}"
)`;
    return [
      {
        ...go,
        ...fromString,
        module: `${sdk}/${name}`,
        before: `${name}.NewClientFromConnectionString($CS${parts}, nil)`,
        after: `${name}.NewClient(${url}, $CREDENTIAL, ${options})`,
        examples: [
          {
            before: standIns => `package files

import (
	"${sdk}/${name}"
)

func Open() (*${name}.Client, error) {
	client, err := ${name}.NewClientFromConnectionString("${connectionString(standIns.storageAccountKey())}"${values}, nil)
	if err != nil {
		return nil, err
	}
	return client, nil
}
`,
            after: `package files

${importsAfter}

func Open() (*${name}.Client, error) {
	cred, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	client, err := ${name}.NewClient("https://contosofiles.file.core.windows.net${path}", cred, ${options})
	if err != nil {
		return nil, err
	}
	return client, nil
}
`,
          },
        ],
      },
      ...[...new Set([name, 'service'])].map((maker): ClientMigration => ({
        ...go,
        ...fromKey,
        module: `${sdk}/${name}`,
        before: `${name}.NewClientWithSharedKeyCredential($URL, ${maker}.NewSharedKeyCredential($ACCOUNT, $KEY), nil)`,
        after: `${name}.NewClient($URL, $CREDENTIAL, ${options})`,
        examples: [
          {
            before: standIns => `package files

import (
${[...new Set([name, maker])]
  .sort()
  .map(path => `	"${sdk}/${path}"\n`)
  .join('')})

func Open(url string) (*${name}.Client, error) {
	key, err := ${maker}.NewSharedKeyCredential("contosofiles", "${standIns.storageAccountKey()}")
	if err != nil {
		return nil, err
	}
	return ${name}.NewClientWithSharedKeyCredential(url, key, nil)
}
`,
            after: `package files

${importsAfter}

func Open(url string) (*${name}.Client, error) {
	key, err := azidentity.NewDefaultAzureCredential(nil)
	if err != nil {
		return nil, err
	}
	return ${name}.NewClient(url, key, ${options})
}
`,
          },
        ],
      })),
    ];
  },
);
