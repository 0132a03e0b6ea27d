import { describe, expect, it } from 'vitest';
import { isFiller, isPlaceholder } from '../../../src/core/secrets/placeholder.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';

/** Each placeholder beside a value of the same make that a person could have chosen, which must stay a secret. */
const pairs: readonly (readonly [placeholder: string, secret: string])[] = [
  ['<your-password>', 'a<b>c9'],
  ['<password', 'p<assword9'],
  ['[password]', 'x[password]9'],
  ['{{ vault.password }}', '{vault}9!'],
  ['{0}', '0{}9x'],
  ['{password}', '{pass word!}'],
  ['{your_password}', 'your_{passw0rd'],
  ['#{SqlPassword}#', '#SqlPassword#1'],
  ['__SQL_PASSWORD__', '_SQL_P4ss_'],
  ['@@PASSWORD@@', '@@P4ss!word'],
  ['${DB_PASSWORD}', '$DB{PASSWORD'],
  ['prefix-${DB_PASSWORD}', 'prefix-$DB-9'],
  ['${{ secrets.SQL }}', '$secrets.SQL9!'],
  ['$(SqlPassword)', '$SqlPass(word'],
  ['$[variables.pw]', '$[variables.pw'],
  ['$PASSWORD', '$PASS-WORD1'],
  ['$env:SQL_PASSWORD', 'env:SQL-9x'],
  ['%SQL_PASSWORD%', '50%SQL9'],
  ['%s', '%s9Xz'],
  ['%(password)s', '%(p4ssword'],
  ['@password', '@Pass9word'],
  [':password', ':Pass9word'],
  ['?', '??a9'],
  ['@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s/)', '@Microsoft.Rocks9'],
  ['op://vault/item/password', 'optic//vault9'],
  ['process.env.SQL_PASSWORD', 'process-env9'],
  ['os.environ["X"]', 'os-environ-9'],
  ['xxxxxxxx', 'xxXyz9'],
  ['********', '**a9**b7'],
  ['...', '..a9.'],
  ['••••••', '••a9••'],
  ['REDACTED', 'REDACTED7x'],
  ['changeme', 'changeme42'],
  ['Change-Me!', 'Change-Me-2024!'],
  ['password', 'password1!'],
  ['your-password-here', 'your-dog-is-9'],
  ['<YOUR_KEY>', 'YOURKEY-9z'],
  ['MY_SQL_PASSWORD', 'MY_SQL_P4SS'],
  ['insert password here', 'insert coin 25'],
  ['   ', ' a9! '],
  ['null', 'nullify9'],
];

describe('placeholders', () => {
  it.each(pairs)('%j is one, %j is not', (placeholder, secret) => {
    expect(isPlaceholder(placeholder)).toBe(true);
    expect(isPlaceholder(secret)).toBe(false);
  });
  it('no stand-in looks like one', () => {
    const standIns = createStandIns(1);
    for (let i = 0; i < 300; i++) expect(isPlaceholder(standIns.password())).toBe(false);
  });
});

describe('fillers', () => {
  it.each([
    '0'.repeat(32),
    'a'.repeat(86),
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR',
    'ab'.repeat(16),
  ])('%s is one', text => {
    expect(isFiller(text)).toBe(true);
  });
  it('no random key is one', () => {
    const standIns = createStandIns(2);
    for (let i = 0; i < 500; i++) {
      for (const key of [
        standIns.legacyHexKey(),
        standIns.legacyKey32(),
        standIns.legacyKey64(),
        standIns.entraClientSecret(),
      ]) {
        expect(isFiller(key)).toBe(false);
      }
    }
  });
});
