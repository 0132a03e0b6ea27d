import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { scan } from '../../src/core/engine/scan.ts';
import { createStandIns } from '../../src/core/secrets/stand-ins.ts';
import { base64WrappedSecret } from '../../src/core/secrets/base64-wrapped-secret.ts';
import { genericCredentials } from '../../src/core/secrets/generic/generic-credentials.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import type { Hint } from '../../src/core/services/service.ts';
import { thirdPartyCredentials } from '../../src/core/secrets/third-party/third-party-tokens.ts';

/**
 * No expression may take time that grows faster than the text: a file could be made to stop the editor. Every expression
 * that detection holds or runs over the catalogue's examples is given to a checker that looks for an attack, and is
 * timed on texts that such attacks are made of.
 */
const formats = [
  ...services.flatMap(({ credentials }) => credentials),
  ...thirdPartyCredentials,
  ...genericCredentials,
  base64WrappedSecret,
];
const standIns = createStandIns(5);

const expressions = [
  ...new Map(
    [...formats.flatMap(({ patterns, gate }) => [...patterns.flatMap(({ regex, hint }) => [regex, ...inHint(hint)]), ...(gate?.looks.flatMap(inHint) ?? [])]), ...used()].map(
      expression => [String(expression), expression],
    ),
  ).values(),
];

function inHint(hint: Hint | undefined): RegExp[] {
  if (hint === undefined) return [];
  return hint instanceof RegExp ? [hint] : 'expression' in hint ? [hint.expression] : [];
}

/** Expressions that run while the catalogue's examples are scanned: hints, evidence, placeholders, directives, escapes. */
function used(): RegExp[] {
  const seen = new Map<string, RegExp>();
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function (text) {
    seen.set(String(this), this);
    return exec.call(this, text);
  };
  try {
    for (const { examples } of formats) {
      for (const { languageId, text } of [...examples.found, ...examples.silent])
        scan({ uri: 'file', languageId, text: text(standIns).replace(/[«»]/gu, '') });
    }
  } finally {
    RegExp.prototype.exec = exec;
  }
  return [...seen.values()];
}

it('there are expressions to check, those of detection itself included', () => {
  const sources = expressions.map(({ source }) => source).join('\n');
  expect(expressions.length).toBeGreaterThan(100);
  expect(sources).toContain('keyless-ignore');
  expect(sources).toContain('placeholder');
  expect(sources).toContain('&(?:#');
});

const small = 3_000;
const growth = 5;

/** Milliseconds of this thread's processor time to look at a whole text, the least of some runs: noise only ever adds. */
function timed(expression: RegExp, text: string, runs: number): number {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const started = process.threadCpuUsage();
    let matches = 0;
    for (const _ of text.matchAll(expression)) if (++matches >= 400) break;
    const { user, system } = process.threadCpuUsage(started);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** Whether a text that is some times as long takes far more than as many times as long. */
function isSuperLinear(expression: RegExp, text: (length: number) => string): boolean {
  const global = new RegExp(expression.source, [...new Set([...expression.flags, 'g'])].join(''));
  // What is quick on the longer text needs no second look.
  if (timed(global, text(small * growth), 1) < 12) return false;
  return timed(global, text(small * growth), 3) > 3 * growth * Math.max(2, timed(global, text(small), 3));
}

function run(piece: string): (length: number) => string {
  return length => `${piece.repeat(Math.ceil(length / piece.length))}\u0001`;
}

describe('the checker', () => {
  it('tells an expression that is slow', { timeout: 120_000 }, async () => {
    expect((await check('(a|aa)+$', 'u')).status).toBe('vulnerable');
    expect((await check('([a-z]+)\\.example', 'u')).status).toBe('vulnerable');
  });

  it('finds no attack on any expression that it can prove one on', { timeout: 900_000 }, async () => {
    const waiting = [...expressions];
    const vulnerable: string[] = [];
    const take = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        // Positions of groups and the place to start from change nothing about time, and the checker knows neither.
        const { flags } = next;
        // One that is tried at a single place cannot begin anew at the next.
        const source = next.sticky ? `^(?:${next.source})` : next.source;
        const result = await check(source, flags.replace(/[dgy]/gu, ''), { checker: 'automaton', timeout: 1000 });
        if (result.status === 'vulnerable') vulnerable.push(`${result.complexity.summary}: ${String(next)}`);
      }
    };
    await Promise.all([take(), take()]);
    expect(vulnerable).toEqual([]);
  });
});

/** What attacks on expressions are made of: runs that many of them can begin in and few can end. */
const pieces = [
  ...'aA0_-.=+/ \t"\'<{$(%;:&,@~#[\\\n',
  'a.',
  'a-',
  'a=',
  'a;',
  'a ',
  ' \n',
  '{{',
  '${',
  '""',
  '\\"',
  'aaaa.azure.',
  'https://a.',
  'password=',
  'password: ',
  'Password=a;',
  'AccountKey=',
  'client_secret = "',
  'password | ',
  'password is ',
  '--password ',
  '${password:',
  'token" { value',
  'secret" {type=string,',
  '<key name="password" a="b">',
  'key="a" ',
  '<a b="c">',
  'sig=a&',
  'Server=a;',
  'user id=a;pwd',
  '://a:',
  'eyJa.',
  '-----BEGIN ',
];
describe('time grows with the text', () => {
  it('the measure tells an expression that is slow', { timeout: 120_000 }, () => {
    expect(isSuperLinear(/[a-z]+\.example/u, run('a'))).toBe(true);
    expect(isSuperLinear(/(?<![a-z])[a-z]+\.example/u, run('a'))).toBe(false);
  });

  it.each(pieces.map(piece => [JSON.stringify(piece), piece]))('of %s', { timeout: 300_000 }, (_shown, piece) => {
    expect(expressions.filter(expression => isSuperLinear(expression, run(piece))).map(String)).toEqual([]);
  });
});
