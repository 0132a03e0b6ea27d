import { decodeBase64 } from '../secrets/base64.ts';
import { isFiller } from '../secrets/placeholder.ts';
import type { CredentialFormat, Service } from './service.ts';

const remedy =
  'Take it out of the repository and replace the certificate: keep certificates in Key Vault (read with DefaultAzureCredential), or use a managed identity or workload identity federation instead of one.';

/** How DER, or OpenSSH's own format, begins in base64. */
const encodedKey = /^(?:M[CHI]|b3BlbnNzaC1rZXk)/u;

export const credentials: readonly CredentialFormat[] = [
  {
    id: 'private-key',
    title: 'Private key',
    message: 'A private key[ ({kind})] is embedded here[ ({note})].',
    leak: 'Whoever reads it can pose as the owner of its certificate: sign in as an application, decrypt traffic or sign software.',
    remedy,
    severity: 'error',
    keywords: ['PRIVATE KEY', 'LS0tLS1CRUdJTi', 'PuTTY-User-Key-File'],
    patterns: [
      {
        hint: ['PRIVATE KEY'],
        begins: ['-----BEGIN '],
        regex:
          /-----BEGIN (?<label>(?:[A-Z0-9]{1,20} ){0,3})PRIVATE KEY(?: BLOCK)?-----[\s\\]{0,80}(?:(?:Proc-Type|DEK-Info|Version|Comment): [^\r\n]{1,100}\s{1,80}){0,4}(?<secret>[A-Za-z0-9+/][A-Za-z0-9+/=\s\\]{62,18000}[A-Za-z0-9+/=])[\s\\]{0,80}-----END/dgu,
        grade(match) {
          // A backslash at the end of each line continues a literal.
          const body = match.secret.replace(/[\s\\]+/gu, '');
          if (body.length < 64 || isFiller(body)) return undefined;
          // The key of a Google service account has a rule of its own.
          if (
            /private_key["'\uE022]?\s{0,8}:\s{0,8}["'\uE022]?$/u.test(
              match.text.slice(0, match.span.start).slice(-40),
            ) &&
            match.mentions(/service_account/u)
          )
            return undefined;
          const label = (match.groups['label'] ?? '').trim();
          const encrypted =
            label.includes('ENCRYPTED') ||
            /ENCRYPTED/u.test(match.text.slice(match.span.start, match.secretSpan.start));
          const kind = label === '' ? 'PKCS 8' : label;
          if (encrypted)
            return { severity: 'warning', confidence: 'high', args: { kind, note: 'protected by a password' } };
          return {
            severity: 'error',
            confidence: encodedKey.test(body) || label === 'PGP' ? 'high' : 'medium',
            args: { kind },
          };
        },
      },
      {
        // A key file of PuTTY.
        begins: ['Private-Lines: '],
        regex:
          /Private-Lines: \d{1,4}\s{1,4}(?<secret>[A-Za-z0-9+/][A-Za-z0-9+/=\s]{62,18000}[A-Za-z0-9+/=])\s{1,80}Private-(?:MAC|Hash)/dgu,
        grade({ text, span, secret }) {
          if (isFiller(secret.replace(/\s+/gu, ''))) return undefined;
          const plain = /\nEncryption: none\s/u.test(text.slice(Math.max(0, span.start - 5000), span.start));
          return plain
            ? { severity: 'error', confidence: 'high', args: { kind: 'PuTTY' } }
            : { severity: 'warning', confidence: 'high', args: { kind: 'PuTTY', note: 'protected by a password' } };
        },
      },
      {
        begins: ['LS0tLS1CRUdJTi'],
        regex: /(?<![\w+/])(?<secret>LS0tLS1CRUdJTi[A-Za-z0-9+/]{80,18000}={0,2})/dgu,
        grade(match) {
          // A kubeconfig has a rule of its own.
          if (
            /client-key-data["']?\s{0,4}:\s{0,4}["']?$/u.test(
              match.text.slice(Math.max(0, match.span.start - 30), match.span.start),
            )
          )
            return undefined;
          const head = decodeBase64(match.secret.slice(0, 64));
          const text = head === undefined ? '' : String.fromCharCode(...head);
          return /^-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY/u.test(text)
            ? { severity: 'error', confidence: 'high', args: { kind: 'PEM in base64' } }
            : undefined;
        },
      },
    ],
    examples: {
      found: [
        {
          languageId: 'pem',
          text: s => `-----BEGIN PRIVATE KEY-----\n«${s.privateKeyBody()}»\n-----END PRIVATE KEY-----\n`,
        },
        {
          languageId: 'json',
          text: s =>
            `{"key":"-----BEGIN RSA PRIVATE KEY-----\\n«${s.privateKeyBody().replaceAll('\n', '\\n')}»\\n-----END RSA PRIVATE KEY-----\\n"}`,
        },
        {
          languageId: 'typescript',
          text: s =>
            `const key = \`-----BEGIN EC PRIVATE KEY-----\n«${s.privateKeyBody()}»\n-----END EC PRIVATE KEY-----\`;`,
        },
        {
          languageId: 'yaml',
          text: s =>
            `cert: |\n  -----BEGIN CERTIFICATE-----\n  ${s.privateKeyBody()}\n  -----END CERTIFICATE-----\n  -----BEGIN PRIVATE KEY-----\n  «${s.privateKeyBody().replaceAll('\n', '\n  ')}»\n  -----END PRIVATE KEY-----\n`,
        },
        {
          languageId: 'dotenv',
          text: s =>
            `CERT=«${s.base64Of(`-----BEGIN PRIVATE KEY-----\n${s.privateKeyBody()}\n-----END PRIVATE KEY-----\n`)}»`,
        },
        {
          languageId: 'pem',
          severity: 'warning',
          text: s =>
            `-----BEGIN ENCRYPTED PRIVATE KEY-----\n«${s.privateKeyBody()}»\n-----END ENCRYPTED PRIVATE KEY-----\n`,
        },
      ],
      silent: [
        {
          languageId: 'pem',
          text: s => `-----BEGIN CERTIFICATE-----\n${s.privateKeyBody()}\n-----END CERTIFICATE-----\n`,
          why: 'the public part',
        },
        {
          languageId: 'pem',
          text: s => `-----BEGIN PUBLIC KEY-----\n${s.privateKeyBody()}\n-----END PUBLIC KEY-----\n`,
          why: 'a public key',
        },
        {
          languageId: 'typescript',
          text: () => 'if (s.startsWith("-----BEGIN PRIVATE KEY-----")) parse(s);',
          why: 'the marker alone',
        },
        {
          languageId: 'markdown',
          text: () => '-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----',
          why: 'placeholder',
        },
        {
          languageId: 'yaml',
          text: s =>
            `ca: ${s.base64Of(`-----BEGIN CERTIFICATE-----\n${s.privateKeyBody()}\n-----END CERTIFICATE-----\n`)}`,
          why: 'the public part in base64',
        },
      ],
    },
  },
  {
    id: 'pkcs12-certificate',
    title: 'Certificate with private key (PFX)',
    message: 'A PFX certificate with its private key is embedded here[ ({note})].',
    leak: 'Its password is often empty or stands beside it: whoever reads it can then pose as the owner of the certificate.',
    remedy,
    severity: 'error',
    keywords: ['IBAzCC'],
    patterns: [
      {
        regex: /(?<![\w+/])(?<secret>MI[I-L][\dA-Za-z+/]{2}[AQgw]IBAzCC[\dA-Za-z+/]{40,18000}={0,2})/dgu,
        grade: match => (isFiller(match.secret) ? undefined : { severity: 'error', confidence: 'high' }),
      },
    ],
    examples: {
      found: [
        {
          languageId: 'csharp',
          text: s =>
            `new X509Certificate2(Convert.FromBase64String("«MIIKAgIBAzCC${s.legacyKey64().slice(0, 86)}${s.legacyKey64()}»"))`,
        },
      ],
      silent: [
        {
          languageId: 'pem',
          text: s => `-----BEGIN CERTIFICATE-----\n${s.privateKeyBody()}\n-----END CERTIFICATE-----\n`,
          why: 'a certificate without private key',
        },
        { languageId: 'csharp', text: () => 'const string Start = "MIIKAgIBAzCC";', why: 'the start alone' },
      ],
    },
  },
];

/** Certificates with private keys, with which applications sign in to Microsoft Entra ID and servers to their callers. */
export const certificates: Service = {
  id: 'certificates',
  name: 'Certificates',
  documentation: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  credentials,
  settings: [],
  operations: [],
  roles: [
    {
      name: 'Key Vault Certificate User',
      id: 'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
      grants: 'reads certificates with their private keys',
    },
  ],
  clients: [],
};
