import type { CredentialFormat, CredentialMatch, Grade, Hint } from '../../services/service.ts';
import { betweenNameAndValue } from '../between-name-and-value.ts';
import { spokenShare } from '../generic/values.ts';
import { gradeChecksum } from '../grading.ts';
import { isFiller } from '../placeholder.ts';
import type { StandIns } from '../stand-ins.ts';
import { isEmulatorKey } from '../well-known.ts';

/** One kind of token of a provider outside of Azure: a row of the table. */
export interface TokenFormat {
  readonly id: string;
  /** Names the token without an article: `GitHub personal access token`. */
  readonly title: string;
  readonly provider: string;
  /** Linear-time source of exactly the token. */
  readonly pattern: string;
  /** Every text that holds such a token holds one of these. Letter case counts in keywords with capital letters. */
  readonly keywords: readonly string[];
  /** Source of the name that the token is assigned to, in any letter case, where its own form says too little. */
  readonly assignedTo?: string;
  /** Words that this name begins with one of; a token without a name begins with its keywords if these look like it. */
  readonly begins?: readonly string[];
  /** As in {@link CredentialPattern}. */
  readonly hint?: Hint;
  /** What must be written somewhere in the file, where form and name together still say too little. */
  readonly evidence?: RegExp;
  /** What whoever reads it can do. */
  readonly leak: string;
  /** Page where it is revoked. */
  readonly revoke: string;
  /** `error` when absent. */
  readonly severity?: 'warning' | 'information';
  /** Builds a value of this form, checksum included, that opens nothing. */
  readonly standIn: (standIns: StandIns) => string;
  /** Text around the token in examples; `NAME=token` when absent. */
  readonly example?: (token: string) => string;
  /** `undefined` for a variant without checksum. */
  readonly checksum?: (token: string) => boolean | undefined;
  /** Non-secret words for the message's note. */
  readonly note?: (match: CredentialMatch) => string | undefined;
}

export const lower = 'abcdefghijklmnopqrstuvwxyz';
export const upper = lower.toUpperCase();
export const digits = '0123456789';
export const hexDigits = `${digits}abcdef`;
export const base62 = `${digits}${upper}${lower}`;
export const base64url = `${base62}_-`;

/**
 * Keywords for a prefix of three characters, with what stands before it in any language: the prefilter is far quicker
 * with four.
 */
export function afterDelimiter(prefix: string): string[] {
  return Array.from(`"'\`= :/,>(`, delimiter => delimiter + prefix);
}

/** A name's expression in any letter case, its words together, with separators or blanks between them. */
function inAnyStyle(name: string): string {
  return name
    .replaceAll(/\[[^\]]*\]|\\.|[A-Za-z]/gu, part =>
      /^[A-Za-z]$/u.test(part) ? `[${part.toLowerCase()}${part.toUpperCase()}]` : part,
    )
    .replaceAll('[_.-]?', '[ _.:-]?')
    .replaceAll('[_.:-]{0,2}', '[ _.:-]{0,2}')
    .replaceAll(/A-Za-z_\.:?-\]/gu, 'A-Za-z_.: -]');
}

/** Random values do not spell these; documentation does. */
const exampleWords = /example|your[_-]?|placeholder|redacted|0123456789|1234567890|abcdefghij|insert|replace/iu;

function grade(format: TokenFormat, match: CredentialMatch): Grade | undefined {
  const { secret } = match;
  if (isExample(secret) || isEmulatorKey(secret)) return undefined;
  if (format.evidence !== undefined && !match.mentions(format.evidence)) return undefined;
  const args = { note: format.note?.(match) };
  const valid = format.checksum?.(secret);
  if (valid !== undefined) {
    const graded = gradeChecksum(secret, valid, args);
    return graded === undefined || format.severity === undefined ? graded : { ...graded, severity: format.severity };
  }
  return { confidence: 'medium', args };
}

/** Hardly ever by chance. */
const run = /([A-Za-z0-9])\1{6}|x{4}|X{4}/u;

function isExample(secret: string): boolean {
  const body = secret.slice(secret.search(/[^A-Za-z]/u) + 1);
  return exampleWords.test(secret) || run.test(secret) || isFiller(body) || isSpelled(body);
}

/** `this-is-my-token`, and names in code that begin like a token: not one digit, and nearly all of it can be spoken. */
function isSpelled(body: string): boolean {
  return body.length >= 16 && !/\d/u.test(body) && spokenShare(body) >= 0.8;
}

/** Whether words look like what an expression begins with: they do by the characters that it names one by one. */
function startWith(words: readonly string[], pattern: string): boolean {
  const start = /^[\w-]{2,}(?![\w?*+{-])/u.exec(pattern)?.[0];
  return start !== undefined && words.every(word => word.startsWith(start) || start.startsWith(word));
}

/** The row as a rule of the scan. */
export function credentialFormat(format: TokenFormat): CredentialFormat {
  const { id, title, provider, pattern, keywords, assignedTo, leak, severity = 'error' } = format;
  const before =
    assignedTo === undefined
      ? String.raw`(?<![\w+/.-])`
      : `(?<![A-Za-z0-9])(?:${inAnyStyle(assignedTo)})${betweenNameAndValue}`;
  const regex = new RegExp(`${before}(?<secret>${pattern})(?![\\w+/=-])`, 'dgu');
  const begins = format.begins ?? (assignedTo === undefined && startWith(keywords, pattern) ? keywords : undefined);
  const text = format.example ?? (token => `TOKEN=${token}`);
  return {
    id,
    title,
    message: `${/^(?:[AEIO]|npm|SSH)/u.test(title) ? 'An' : 'A'} ${title} is embedded here[ ({note})].`,
    leak,
    remedy: `Revoke it at ${provider}, keep its successor in Key Vault or a pipeline secret, and read it with DefaultAzureCredential.`,
    severity,
    keywords,
    patterns: [
      {
        regex,
        ...(begins && { begins }),
        ...(format.hint && { hint: format.hint }),
        grade: match => grade(format, match),
        whySilent: match =>
          isExample(match.secret)
            ? 'documented-token'
            : format.evidence !== undefined && !match.mentions(format.evidence)
              ? 'no-evidence'
              : undefined,
      },
    ],
    examples: {
      found: [
        { languageId: 'plaintext', text: s => text(`«${format.standIn(s)}»`) },
        { languageId: 'yaml', text: s => `# deploy\n${text(`«${format.standIn(s)}»`)}\n` },
        { languageId: 'typescript', text: s => `/* ${text(`«${format.standIn(s)}»`)} */` },
      ],
      silent: [
        {
          languageId: 'plaintext',
          text: s => {
            const token = format.standIn(s);
            const fixed = token.search(/[^A-Za-z]/u) + 1;
            return text(token.slice(0, fixed) + 'x'.repeat(token.length - fixed));
          },
          why: 'mask',
        },
        { languageId: 'plaintext', text: s => text(format.standIn(s).slice(0, 11)), why: 'cut short' },
      ],
    },
  };
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (IEEE 802.3) of ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ (crcTable[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** CRC-32 of the random part in six base-62 digits, as GitHub ends its tokens. */
export function base62Checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  while (rest > 0) {
    text = base62.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text.padStart(6, '0');
}
