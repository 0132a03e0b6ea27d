import { alphanumeric } from '../secrets/alphabets.ts';
import { assignmentOf } from '../secrets/assignment.ts';
import { hostNear } from '../secrets/connection-string-key.ts';
import { identifiableKeyPattern } from '../secrets/identifiable-key-patterns.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const appHost = /(?<![a-z0-9-])([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.azurewebsites\.(?:net|us|cn)/iu;
const signed = /^[\w-]{44}AzFu[\w-]{5}[AQgw](?:==|%3D%3D)$/iu;

/** What names of keys begin with. */
const nameBegins = [
  'x-functions-key',
  ...['', '_', '-'].flatMap(separator => [
    ...['app', 'host', 'master', 'system', 'api', 'key'].flatMap(word => [
      `function${separator}${word}`,
      `functions${separator}${word}`,
    ]),
    `master${separator}key`,
    `host${separator}key`,
  ]),
];

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'functions-key',
    title: 'Azure Functions key',
    message: 'A key of an Azure Functions app[, a {kind},][ of {app}] is embedded here[ ({note})].',
    leak: 'Whoever reads a function key can call the function; a host key calls all of them, and the master key also changes the app’s keys through its admin interface.',
    remedy:
      'Turn on App Service authentication and call with a token from DefaultAzureCredential, keep keys that must stay in Key Vault, and renew this one.',
    severity: 'error',
    keywords: [
      'AzFu',
      '.azurewebsites.',
      'x-functions-key',
      'functions_key',
      'function_key',
      'functionkey',
      'functionskey',
      'masterkey',
      'master_key',
      'host_key',
      'hostkey',
    ],
    patterns: [
      {
        ...identifiableKeyPattern('functions', match => ({ app: hostNear(match, appHost) })),
      },
      {
        hint: ['.azurewebsites.'],
        regex:
          /\.azurewebsites\.(?:net|us|cn)(?::443)?\/[^\s"'`<>?\uE022\uE027]{1,200}\?(?:[^\s"'`<>\uE022\uE027]{0,200}&)?code=(?<secret>[\w/+%-]{30,128}={0,2})(?![\w/+%=-])/dgiu,
        grade: match =>
          isPlaceholder(match.secret) || isFiller(match.secret) || signed.test(match.secret)
            ? undefined
            : { severity: 'error', confidence: 'medium', args: { app: hostNear(match, appHost, 80) } },
      },
      {
        begins: nameBegins,
        regex: assignmentOf(
          'x-functions-key|functions?[_-]?(?:app[_-]?|host[_-]?|master[_-]?|system[_-]?|api[_-]?)?key|(?:master|host)[_-]?key',
          '[A-Z0-9_/+%-]{38,128}={0,2}',
        ),
        grade(match) {
          if (isPlaceholder(match.secret) || isFiller(match.secret) || signed.test(match.secret)) return undefined;
          if (!/\d/u.test(match.secret) || !/[A-Z]/u.test(match.secret)) return undefined;
          const named = /^x-functions-key$/iu.test(match.groups['name'] ?? '') || match.mentions(appHost);
          return named
            ? { severity: 'error', confidence: 'medium', args: { app: hostNear(match, appHost) } }
            : undefined;
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'typescript',
          text: s => `fetch("https://contoso.azurewebsites.net/api/orders?code=«${s.identifiableKey('functions')}»")`,
        },
        { languageId: 'dotenv', text: s => `KEY=«${s.identifiableKey('functions', 'Master00')}»` },
        {
          languageId: 'json',
          text: s => `{"masterKey":{"name":"master","value":"«${s.identifiableKey('functions', 'System00')}»"}}`,
        },
        {
          languageId: 'python',
          text: s =>
            `url = "https://contoso-dev.azurewebsites.net/api/f?name=x&code=«${s.characters(54, alphanumeric)}==»"`,
        },
        { languageId: 'http', text: s => `x-functions-key: «${s.characters(54, alphanumeric)}==»` },
        {
          languageId: 'dotenv',
          text: s => `URL=https://contoso.azurewebsites.net/api/f\nFUNCTION_KEY=«${s.characters(54, alphanumeric)}==»`,
        },
        {
          languageId: 'plaintext',
          severity: 'warning',
          text: s => `«${s.identifiableKey('functions').replace(/^./u, first => (first === 'a' ? 'b' : 'a'))}»`,
        },
      ],
      silent: [
        {
          languageId: 'csharp',
          text: () => '$"https://contoso.azurewebsites.net/api/orders?code={functionKey}"',
          why: 'interpolation',
        },
        {
          languageId: 'markdown',
          text: () => 'https://contoso.azurewebsites.net/api/orders?code=<function-key>',
          why: 'placeholder',
        },
        {
          languageId: 'typescript',
          text: s => `location = "https://login.contoso.com/callback?code=${s.characters(54, alphanumeric)}"`,
          why: 'an authorization code, on no Functions host',
        },
        { languageId: 'yaml', text: () => 'x-functions-key: ${{ secrets.FUNCTIONS_KEY }}', why: 'pipeline secret' },
      ],
    },
  },
];

export const functions: Service = {
  id: 'functions',
  name: 'Azure Functions',
  documentation: 'https://learn.microsoft.com/azure/azure-functions/function-keys-how-to',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
