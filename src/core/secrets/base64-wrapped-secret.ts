import { base64Fragments, base64Of, decodeBase64 } from './base64.ts';
import { hasStrongEvidence, type FindingInside } from './finding-inside.ts';
import type { CredentialFormat, CredentialMatch, Grade } from '../services/service.ts';

/** What a text holds that is worth looking at once it is unwrapped: keys of connection strings, signatures, prefixes. */
const worthUnwrapping = [
  'AccountKey=',
  'accountkey=',
  'SharedAccessKey',
  'SharedAccessSignature',
  'Password=',
  'password=',
  'PASSWORD=',
  'Pwd=',
  'PWD=',
  'pwd=',
  '"auths"',
  'clientSecret',
  'client_secret',
  'CLIENT_SECRET',
  'PRIVATE KEY-----',
  'postgres://',
  'postgresql://',
  'mongodb://',
  'mongodb+srv://',
  'mysql://',
  'redis://',
  'rediss://',
  'amqps://',
  '&sig=',
  '+ASt',
  'ACDb',
  '+ASb',
  '+AEh',
  '+ARm',
  '+ACR',
  'AzCa',
  'AzSe',
  'AzFu',
  'AIoT',
  'APIM',
  'JQQJ9',
  '8Q~',
  '7Q~',
  'ghp_',
  'gho_',
  'ghs_',
  'github_pat_',
  'glpat-',
  'xoxb-',
  'xoxp-',
  'sk_live_',
  'sk-proj-',
  'sk-ant-',
  'npm_',
  'hvs.',
  'aws_secret_access_key',
];
const fragments = [...new Set(worthUnwrapping.flatMap(base64Fragments))];

/** Enough to tell text from bytes. */
const sample = 96;

function unwrap(literal: string): string | undefined {
  const head = decodeBase64(literal.slice(0, sample));
  if (head === undefined || !isText(head)) return undefined;
  const bytes = decodeBase64(literal);
  if (bytes === undefined || !isText(bytes)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function languageOf(text: string): string {
  if (/^\s*[{[]/u.test(text)) return 'json';
  if (/^\s*</u.test(text)) return 'xml';
  if (/^-----BEGIN /u.test(text)) return 'pem';
  return /^[\w.-]{1,80}:\s/mu.test(text) ? 'yaml' : 'dotenv';
}

function gravest(findings: readonly FindingInside[]): FindingInside | undefined {
  const strong = findings.filter(hasStrongEvidence);
  return strong.find(({ severity }) => severity === 'error') ?? strong[0];
}

function grade(match: CredentialMatch): Grade | undefined {
  const text = unwrap(match.secret);
  const inside = text === undefined ? undefined : gravest(match.findingsIn(text, languageOf(text)));
  return (
    inside && {
      severity: inside.severity,
      confidence: inside.confidence,
      args: { what: inside.title, note: inside.note },
    }
  );
}

/** A literal of base64 whose text holds what another rule is certain about. */
export const base64WrappedSecret: CredentialFormat = {
  id: 'base64-wrapped-secret',
  title: 'Secret wrapped in base64',
  message: 'A base64-wrapped secret is embedded here[: {what}][ ({note})].',
  leak: 'Base64 hides nothing: whoever reads the file unwraps the value with one command and can do all that the secret inside allows.',
  remedy:
    'Treat it as the secret inside: connect with DefaultAzureCredential where the service takes it, keep the rest in Key Vault (in Kubernetes through the Secrets Store CSI driver), and rotate it.',
  severity: 'error',
  keywords: fragments,
  patterns: [
    {
      regex: /(?<![\w+/.-])(?<secret>[A-Za-z0-9+/]{24,16000}={0,2})(?![\w+/=.-])/dgu,
      grade,
      whySilent: match => (unwrap(match.secret) === undefined ? 'no-base64-text' : undefined),
    },
  ],
  examples: {
    found: [
      {
        languageId: 'yaml',
        text: s =>
          `apiVersion: v1\nkind: Secret\ndata:\n  storage: «${base64Of(`DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${s.legacyKey64()};EndpointSuffix=core.windows.net`)}»\n`,
      },
      {
        languageId: 'yaml',
        text: s =>
          `kind: Secret\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: «${base64Of(`{"auths":{"contoso.azurecr.io":{"username":"contoso","auth":"${base64Of(`contoso:${s.password()}`)}"}}}`)}»\n`,
      },
      {
        languageId: 'csharp',
        text: s =>
          `var cs = Decode("«${base64Of(`Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=${s.serviceBusKey()}`)}»");`,
      },
      { languageId: 'dotenv', text: s => `BLOB_B64=«${base64Of(`key: ${s.storageAccountKey()}`)}»` },
      {
        languageId: 'typescript',
        text: s =>
          `const db = atob('«${base64Of(`Server=contoso.database.windows.net;User ID=app;Password=${s.password()};Encrypt=True`)}»');`,
      },
      {
        languageId: 'json',
        severity: 'warning',
        text: s => `{"url":"«${base64Of(`postgres://app:${s.password()}@db.contoso.com:5432/orders`)}»"}`,
      },
    ],
    silent: [
      {
        languageId: 'yaml',
        text: () =>
          `data:\n  storage: ${base64Of('AccountName=contoso;AccountKey=<your-account-key>;EndpointSuffix=core')}`,
        why: 'a placeholder inside',
      },
      {
        languageId: 'typescript',
        text: () => `const text = atob('${base64Of('Password=must be at least twelve characters long')}');`,
        why: 'prose inside',
      },
      {
        languageId: 'yaml',
        text: s => `ca: ${base64Of(`-----BEGIN CERTIFICATE-----\n${s.privateKeyBody()}\n-----END CERTIFICATE-----\n`)}`,
        why: 'the public part of a certificate',
      },
      {
        languageId: 'json',
        text: () => `{"cs":"${base64Of('Server=localhost;User ID=sa;Password=${SA_PASSWORD};Encrypt=False')}"}`,
        why: 'a variable inside',
      },
      {
        languageId: 'json',
        text: s => `{"logo":"iVBORw0KGgo${s.characters(400, 'ABCDEFabcdef0123456789')}"}`,
        why: 'an image',
      },
    ],
  },
};
