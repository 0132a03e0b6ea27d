import { base64url } from '../secrets/alphabets.ts';
import { decodeBase64 } from '../secrets/base64.ts';
import { isWordy } from '../secrets/generic/values.ts';
import { expiredOn, isLocalHost } from '../secrets/grading.ts';
import { messagingHost } from '../secrets/messaging.ts';
import { isFiller, isPlaceholder } from '../secrets/placeholder.ts';
import type { CredentialFormat, Grade, Service } from './service.ts';

type Claims = Readonly<Record<string, unknown>>;

function claimsOf(part: string): Claims | undefined {
  const bytes = decodeBase64(part);
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

const entraIssuer =
  /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|[\w-]+\.b2clogin\.com|[\w-]+\.ciamlogin\.com)\//u;

function gradeJwt(token: string, now: Date): Grade | undefined {
  const [first = '', second = '', third = ''] = token.split('.');
  const header = claimsOf(first);
  const claims = claimsOf(second);
  if (header?.['alg'] === undefined || claims === undefined) return undefined;
  // `none` signs nothing; the sample of jwt.io is in every manual; an anonymous role is made for browsers.
  if (header['alg'] === 'none' || isFiller(third) || claims['role'] === 'anon') return undefined;
  if (claims['sub'] === '1234567890' || claims['name'] === 'John Doe') return undefined;
  const entra = typeof claims['iss'] === 'string' && entraIssuer.test(claims['iss']);
  const issuer = typeof claims['iss'] === 'string' ? /^https:\/\/([\w.-]+)/u.exec(claims['iss'])?.[1] : undefined;
  const expiry = claims['exp'];
  const expired = typeof expiry === 'number' ? expiredOn(String(Math.floor(expiry)), now) : undefined;
  const args = { issuer, note: expired === undefined ? undefined : `expired on ${expired}` };
  if (expired !== undefined) return { severity: 'information', confidence: 'medium', args };
  return { severity: entra ? 'error' : 'warning', confidence: entra ? 'high' : 'medium', args };
}

const azureHost =
  /^(?:[\w-]+\.){1,6}(?:azure\.(?:com|net|us|cn)|windows\.net|azurewebsites\.net|azurecr\.io|azure-api\.net|azurefd\.net|azureedge\.net|trafficmanager\.net|azurecontainerapps\.io|azurestaticapps\.net)$/iu;

/** `{"` and a small letter in base64: the names of a header, which come first, are written so. */
const headerBegins = Array.from('hijklmnopqrstuvwxyz0123456', letter => `eyJ${letter}`);

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'entra-refresh-token',
    title: 'Microsoft Entra refresh token',
    message: 'A Microsoft Entra refresh token is embedded here[ ({note})].',
    leak: 'Whoever reads it can get new access tokens as this person for months, without password and without a second factor.',
    remedy: 'Revoke the sessions of the person, and let DefaultAzureCredential or MSAL keep tokens in their own cache.',
    severity: 'error',
    keywords: ['.Ag'],
    patterns: [
      {
        hint: { words: ['.Ag'], expression: /\.Ag[\w-]{60}/u },
        regex:
          /(?<![\w.-])(?<secret>[01]\.A[\w-]{50,200}\.(?:\d\.)?Ag[\w-]{250,3000}(?:\.[\w-]{43,3000})?)(?![\w-])/dgu,
        grade: match => (isFiller(match.secret) ? undefined : { severity: 'error', confidence: 'high' }),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'json',
          text: s => `{"refresh_token":"«0.A${s.characters(70, base64url)}.Ag${s.characters(600, base64url)}»"}`,
        },
        {
          languageId: 'dotenv',
          text: s => `REFRESH_TOKEN=«1.A${s.characters(90, base64url)}.AgA${s.characters(900, base64url)}»`,
        },
      ],
      silent: [
        {
          languageId: 'json',
          text: s => `{"refresh_token":"0.A${s.characters(20, base64url)}.Ag..."}`,
          why: 'cut short',
        },
        { languageId: 'typescript', text: () => 'throw new errors.AggregateError(all);', why: 'a name' },
      ],
    },
  },
  {
    id: 'json-web-token',
    title: 'Bearer token (JWT)',
    message: 'A bearer token[ of {issuer}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can call the API that it is for as the person or application it was issued to, until it expires.',
    remedy: 'Get a token at run time with DefaultAzureCredential, and revoke this one where the issuer can.',
    severity: 'warning',
    keywords: headerBegins,
    patterns: [
      {
        begins: headerBegins,
        regex: /(?<![\w.+/-])(?<secret>eyJ[\w-]{14,600}\.ey[\w-]{16,3000}\.[\w-]{16,1400})(?![\w-]|\.[\w-])/dgu,
        grade: match => gradeJwt(match.secret, match.now),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'http',
          severity: 'error',
          text: s =>
            `Authorization: Bearer «${s.jsonWebToken({ aud: 'https://management.azure.com', iss: 'https://sts.windows.net/cc387aa1-eeda-42eb-ab19-51f128843be2/', exp: 32503680000 })}»`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `const token = "«${s.jsonWebToken({ iss: 'https://id.contoso.com', sub: 'app', exp: 32503680000 })}»";`,
        },
        { languageId: 'dotenv', text: s => `TOKEN=«${s.jsonWebToken({ sub: 'service', scope: 'all' })}»` },
        {
          languageId: 'http',
          severity: 'information',
          text: s =>
            `Authorization: Bearer «${s.jsonWebToken({ iss: 'https://login.microsoftonline.com/x/v2.0', exp: 1500000000 })}»`,
        },
      ],
      silent: [
        {
          languageId: 'markdown',
          text: s => `token: ${s.jsonWebToken({ sub: '1234567890', name: 'John Doe', iat: 1516239022 })}`,
          why: 'the sample of the manuals',
        },
        {
          languageId: 'dotenv',
          text: s => `PUBLIC_KEY=${s.jsonWebToken({ iss: 'supabase', role: 'anon', exp: 32503680000 })}`,
          why: 'made for browsers',
        },
        { languageId: 'markdown', text: () => 'Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOi...', why: 'cut short' },
      ],
    },
  },
  {
    id: 'authorization-header',
    title: 'Authorization header with credentials',
    message: 'An authorization header with {kind} is embedded here[ ({note})].',
    leak: 'Whoever reads it can call the server as this user or application.',
    remedy:
      'Get a token at run time with DefaultAzureCredential, or read the credentials from Key Vault; then revoke these.',
    severity: 'warning',
    keywords: ['authorization', 'authenticationheadervalue'],
    patterns: [
      {
        hint: ['basic', 'bearer'],
        begins: ['authorization', 'authenticationheadervalue'],
        regex:
          /(?:authorization["'`\]\uE022]{0,2}(?:\s{0,4}[:=,]\s{0,4}|\s{1,8}(?=["']))["'`\uE022]?|AuthenticationHeaderValue\s?\(\s{0,4}["\uE022])(?<scheme>Basic|Bearer)(?:["\uE022]\s?,\s{0,4}["\uE022]|\s{1,4})(?<secret>[\w.~+/-]{16,2000}={0,2})(?![\w.~+/=-])/dgiu,
        grade(match) {
          const { secret } = match;
          if (isPlaceholder(secret) || isFiller(secret)) return undefined;
          if (match.groups['scheme']?.toLowerCase() === 'basic') {
            const bytes = decodeBase64(secret);
            const pair =
              bytes === undefined ? undefined : /^([^:]{0,200}):(.{3,})$/u.exec(String.fromCharCode(...bytes));
            return pair === null ||
              pair === undefined ||
              isPlaceholder(pair[2] ?? '') ||
              !/^[\x20-\x7e]+$/u.test(pair[0])
              ? undefined
              : { severity: 'warning', confidence: 'medium', args: { kind: 'user name and password' } };
          }
          // An opaque token mixes letters and digits; words, names and JSON Web Tokens are for others to judge.
          return /^ey/u.test(secret) ||
            secret.length < 24 ||
            !(/\d.*\d.*\d/u.test(secret) || (secret.length >= 32 && /\d/u.test(secret) && !isWordy(secret))) ||
            !/[A-Za-z]/u.test(secret) ||
            /^[a-z]+(?:[._-][a-z0-9]+)*$/u.test(secret)
            ? undefined
            : { severity: 'warning', confidence: 'medium', args: { kind: 'a bearer token' } };
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'http',
          text: s => `Authorization: Basic «${s.base64Of(`contoso:${s.password()}`)}»`,
        },
        {
          languageId: 'csharp',
          text: s =>
            `client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "«${s.characters(37, base64url)}1a2b3»");`,
        },
        {
          languageId: 'typescript',
          text: s => `headers: { Authorization: "Bearer «${s.characters(37, base64url)}1a2b3»" }`,
        },
      ],
      silent: [
        { languageId: 'typescript', text: () => 'headers: { Authorization: `Bearer ${token}` }', why: 'variable' },
        { languageId: 'http', text: () => 'Authorization: Bearer <access_token>', why: 'placeholder' },
        { languageId: 'http', text: s => `Authorization: Basic ${s.base64Of('user:password')}`, why: 'placeholder' },
        { languageId: 'markdown', text: () => 'Authorization: Bearer your-access-token-goes-here', why: 'words' },
      ],
    },
  },
  {
    id: 'amqp-password',
    title: 'Password in the address of a message broker',
    message: 'A password[ of user {user}][ for the message broker {host}] is embedded here[ ({note})].',
    leak: 'Whoever reads it can read, send and delete the messages that this user may.',
    remedy:
      'On Service Bus and Event Hubs connect with DefaultAzureCredential; elsewhere keep the address in Key Vault. Then change the password or regenerate the key.',
    severity: 'warning',
    keywords: ['amqp://', 'amqps://', 'amqp\\:', 'amqps\\:'],
    patterns: [
      {
        begins: ['amqp://', 'amqps://'],
        regex:
          /(?<![\w+.-])amqps?:\/\/(?<user>[^\s:@/"'`<>\\\uE022\uE027]{1,128}):(?<secret>[^\s@/"'`<>\\\uE022\uE027]{3,256})@(?<host>[\w.-]{1,253})/dgiu,
        grade({ secret, groups: { user = '', host = '' } }) {
          if (isPlaceholder(secret) || /\$\{|\{\w/u.test(secret) || isPlaceholder(host)) return undefined;
          const args = {
            user: isPlaceholder(user) ? undefined : decodeURIComponent(user.replace(/%(?![0-9a-f]{2})/giu, '%25')),
            host,
          };
          if (messagingHost.test(host) || azureHost.test(host)) return { severity: 'error', confidence: 'high', args };
          if (!isLocalHost(host)) return { severity: 'warning', confidence: 'medium', args };
          // What every broker is installed with.
          return secret === user || /^(?:[a-z]+|.{1,3})$/iu.test(secret)
            ? undefined
            : { severity: 'information', confidence: 'low', args: { ...args, note: 'local or example server' } };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'yaml', text: s => `amqp: amqps://orders:«${s.password()}»@rabbit.contoso.com:5671/prod` },
        {
          languageId: 'dotenv',
          severity: 'error',
          text: s => `BUS=amqps://send:«${encodeURIComponent(s.legacyKey32())}»@contoso.servicebus.windows.net`,
        },
        {
          languageId: 'properties',
          text: s => `spring.rabbitmq.addresses=amqp\\://app\\:«${s.password()}»@rabbit.contoso.com`,
        },
        { languageId: 'yaml', severity: 'information', text: s => `url: amqp://app:«${s.password()}»@localhost:5672` },
      ],
      silent: [
        {
          languageId: 'yaml',
          text: () => 'url: amqp://guest:guest@localhost:5672/',
          why: 'what brokers are installed with',
        },
        { languageId: 'yaml', text: () => 'url: amqps://app:${PASSWORD}@rabbit.contoso.com', why: 'variable' },
        { languageId: 'markdown', text: () => 'amqps://<user>:<password>@<host>:5671/', why: 'placeholder' },
        { languageId: 'yaml', text: () => 'url: amqps://contoso.servicebus.windows.net:5671', why: 'no password' },
      ],
    },
  },
  {
    id: 'azure-url-credentials',
    title: 'Password in the address of an Azure host',
    message: 'A password[ of user {user}] is embedded here in an address on {host}[ ({note})].',
    leak: 'Whoever reads it can use the server as this user; addresses also end up in logs and histories.',
    remedy: 'Leave the password out of the address, sign in with DefaultAzureCredential, and change the password.',
    severity: 'error',
    keywords: [
      'azurewebsites.',
      '.azure.com',
      '.azure.net',
      '.azure.us',
      '.azure.cn',
      '.windows.net',
      '.azurecr.io',
      '.azure-api.net',
      '.azurefd.net',
      'azurecontainerapps.io',
      'azurestaticapps.net',
      'trafficmanager.net',
    ],
    patterns: [
      {
        hint: { words: ['://'], expression: /:\/\/[^\s:@/"'`<>]{1,128}:[^\s@/"'`<>]{1,256}@/u },
        regex:
          /(?<![\w+.-])(?:https?|ftps?|sftp|wss?|smtps?|ldaps?):\/\/(?<user>[^\s:@/"'`<>\\\uE022\uE027]{1,128}):(?<secret>[^\s@/"'`<>\\\uE022\uE027]{4,256})@(?<host>[\w.-]{4,253})/dgiu,
        grade(match) {
          const { user = '', host = '' } = match.groups;
          if (!azureHost.test(host) || isPlaceholder(match.secret) || /[${]/u.test(match.secret)) return undefined;
          return {
            severity: 'error',
            confidence: 'medium',
            args: { user: isPlaceholder(user) ? undefined : user, host },
          };
        },
      },
    ],
    examples: {
      found: [
        { languageId: 'yaml', text: s => `url: https://admin:«${s.password()}»@contoso.azurewebsites.net/api` },
        {
          languageId: 'shellscript',
          text: s => `curl ftps://deploy:«${s.password()}»@waws-prod-am2.ftp.azurewebsites.windows.net/site`,
        },
      ],
      silent: [
        { languageId: 'yaml', text: () => 'url: https://user:${PASSWORD}@contoso.azurewebsites.net', why: 'variable' },
        { languageId: 'yaml', text: () => 'url: https://contoso.azurewebsites.net:443/a@b', why: 'a port and a path' },
        { languageId: 'yaml', text: () => 'url: https://user:password@contoso.azurewebsites.net', why: 'placeholder' },
      ],
    },
  },
];

/** What has already signed in: tokens, headers and addresses that carry a sign-in with them. */
export const tokens: Service = {
  id: 'tokens',
  name: 'Tokens',
  documentation: 'https://learn.microsoft.com/entra/identity-platform/access-tokens',
  credentials,
  settings: [],
  operations: [],
  roles: [],
  clients: [],
};
