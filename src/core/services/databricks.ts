import { hex } from '../secrets/alphabets.ts';
import { isFiller } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const workspaceHost = /(adb-\d{5,20}\.\d{1,2})\.azuredatabricks\.(?:net|us|cn)/iu;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'databricks-token',
    title: 'Azure Databricks token',
    message: 'An Azure Databricks {kind}[ for workspace {workspace}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can run code on clusters and read the data, secrets and notebooks that its owner may.',
    remedy:
      'Use Databricks unified authentication with azure-cli or a managed identity (a token from DefaultAzureCredential for the Databricks resource), and revoke this token.',
    severity: 'error',
    keywords: ['dapi', 'dose'],
    patterns: [
      {
        begins: ['dapi', 'dose'],
        regex: /(?<![\w-])(?<secret>(?<kind>dapi|dose)[0-9a-f]{32}(?:-\d{1,2})?)\b/dgu,
        grade(match) {
          if (isFiller(match.secret.slice(4, 36))) return undefined;
          const near = match.text.slice(Math.max(0, match.span.start - 400), match.span.end + 400);
          return {
            severity: 'error',
            confidence: 'high',
            args: {
              kind: match.groups['kind'] === 'dose' ? 'OAuth secret' : 'personal access token',
              workspace: workspaceHost.exec(near)?.[1],
            },
          };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'dotenv', text: s => `DATABRICKS_TOKEN=«dapi${s.characters(32, hex)}-2»` },
        {
          languageId: 'ini',
          text: s =>
            `[DEFAULT]\nhost = https://adb-1234567890123456.7.azuredatabricks.net\ntoken = «dapi${s.characters(32, hex)}»\n`,
        },
        { languageId: 'terraform', text: s => `client_secret = "«dose${s.characters(32, hex)}»"` },
      ],
      silent: [
        { languageId: 'dotenv', text: () => `DATABRICKS_TOKEN=dapi${'0'.repeat(32)}`, why: 'filler' },
        {
          languageId: 'dotenv',
          text: s => `HASH=${s.characters(8, hex)}dose${s.characters(32, hex)}`,
          why: 'part of a longer word',
        },
      ],
    },
  },
];

export const databricks: Service = {
  id: 'databricks',
  name: 'Azure Databricks',
  documentation: 'https://learn.microsoft.com/azure/databricks/dev-tools/auth/azure-mi',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
