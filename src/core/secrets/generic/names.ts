import type { GuardId } from '../guards.ts';

/** What a name says its value is. */
export type SecretKind = 'password' | 'key';

/** Words of a name in lower case: `spring.dataSource.db_passWord2` has spring, data, source, db, pass, word and 2. */
export function wordsOf(name: string): string[] {
  return (
    name
      .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
      .replace(/([A-Z])([A-Z][a-z])/gu, '$1 $2')
      .replace(/([A-Za-z])(\d)/gu, '$1 $2')
      .match(/[A-Za-z]+|\d+/gu)
      ?.map(word => word.toLowerCase()) ?? []
  );
}

const passwords: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'passcode',
  'pass',
  'pswd',
  'passwort',
  'kennwort',
]);
const keys: ReadonlySet<string> = new Set([
  'secret',
  'token',
  'credential',
  'credentials',
  'apikey',
  'accesskey',
  'secretkey',
  'authkey',
  'authtoken',
  'accesstoken',
  'privatekey',
  'clientsecret',
  'encryptionkey',
  'signingkey',
  'accountkey',
  'subscriptionkey',
  'masterkey',
  'jwtsecret',
  'pepper',
]);
/** `key` alone is a name of anything; behind these it is a key that opens something. */
const keyQualifiers: ReadonlySet<string> = new Set([
  'api',
  'access',
  'auth',
  'account',
  'secret',
  'private',
  'signing',
  'encryption',
  'encrypt',
  'master',
  'shared',
  'subscription',
  'client',
  'admin',
  'function',
  'functions',
  'host',
  'service',
  'app',
  'hmac',
  'jwt',
  'webhook',
  'storage',
  'crypto',
  'fernet',
  'security',
  'license',
]);
/** Tokens that are no credentials: places in a list, text, protection against forged forms. */
const harmlessTokens: ReadonlySet<string> = new Set([
  'csrf',
  'xsrf',
  'antiforgery',
  'forgery',
  'next',
  'continuation',
  'page',
  'cancellation',
  'cancel',
  'syntax',
  'lexer',
  'end',
  'start',
  'comment',
  'design',
  'color',
  'keyword',
  'injection',
  'sync',
  'delta',
  'skip',
  'change',
  'device',
  'public',
]);
/** What WordPress signs its cookies with. */
export const cookieKeys = /(?:^|_)(?:auth|logged_in|nonce)_(?:key|salt)$/iu;
/** Names of an application before its publisher's service, which every visitor's browser is told. */
const publicAppKeys = /(?:^|_)(?:pusher|reverb)_app_key$/iu;
/** Of such a secret nothing but a trace is there. */
const transformed: ReadonlySet<string> = new Set([
  'hash',
  'hashed',
  'hashes',
  'digest',
  'checksum',
  'fingerprint',
  'encrypted',
  'sealed',
  'masked',
  'public',
  'thumbprint',
]);
/** What may follow without changing what the name is about. */
const suffixes: ReadonlySet<string> = new Set([
  'value',
  'plain',
  'text',
  'clear',
  'default',
  'prod',
  'production',
  'dev',
  'development',
  'staging',
  'stage',
  'live',
  'test',
  'old',
  'new',
  'current',
  'primary',
  'secondary',
  'backup',
  'literal',
  'string',
  'const',
  'base',
]);

/**
 * Whether a value of this name is a password or key by the name's last words. A name that goes on (`passwordPolicy`,
 * `tokenUrl`, `secretName`) is about a secret and does not hold one.
 */
export function kindOfName(name: string): SecretKind | GuardId {
  const words = wordsOf(name);
  if (cookieKeys.test(name)) return 'key';
  if (publicAppKeys.test(name)) return 'harmless-token';
  // `encryptedObjects.encryptionKey`: what a section is about says nothing of the key in it.
  const own = new Set(wordsOf(name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1)));
  if (words.some(word => transformed.has(word) && (word !== 'encrypted' || own.has(word)))) return 'name-of-a-trace';
  while (words.length > 1 && isSuffix(words.at(-1))) words.pop();
  const last = words.pop() ?? '';
  const before = words.at(-1) ?? '';
  if (passwords.has(last) || (last === 'word' && before === 'pass')) return 'password';
  if (last === 'token' && harmlessTokens.has(before)) return 'harmless-token';
  if (keys.has(last)) return 'key';
  if (last === 'key' && keyQualifiers.has(before)) return 'key';
  // All in one case: `dbpassword`, `MYAPIKEY`.
  const joined =
    /(?:(?<password>password|passwd|pwd|passphrase|(?:store|key|user|admin|root|db|smtp|mail|ftp)pass)|apikey|accesskey|secretkey|authtoken|accesstoken)$/u;
  const groups = joined.exec(last)?.groups;
  if (groups === undefined) return 'name-goes-on';
  return groups['password'] === undefined ? 'key' : 'password';
}

function isSuffix(word: string | undefined): boolean {
  return word !== undefined && (suffixes.has(word) || /^\d+$/u.test(word));
}

/** Words with which calls begin that sign in with a user's name and password. */
export const signInWords: readonly string[] = [
  'sequelize(',
  'mysqli',
  'pdo(',
  'dbi->connect',
  '.login(',
  'setbasicauth',
  'httpbasicauth',
  'auth=(',
  'auth = (',
];
