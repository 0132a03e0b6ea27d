import { describe, expect, it } from 'vitest';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';
import { scan, type Silence } from '../../../src/core/engine/scan.ts';
import { type GuardId, guards } from '../../../src/core/secrets/guards.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { reasonForSilence } from '../../../src/core/secrets/silent-files.ts';
import { guardPairs } from '../../harness/guard-pairs.ts';

const ids = Object.keys(guards) as GuardId[];
const document = (uri: string, text: string) => ({ uri, languageId: languageOfPath(uri), text });

it('every guard has a pair of its own, and words of its own', () => {
  expect(Object.keys(guardPairs).sort()).toEqual([...ids].sort());
  expect(new Set(Object.values(guardPairs).map(({ silent, path }) => `${String(path)}\n${silent}`)).size).toBe(
    ids.length,
  );
  expect(new Set(Object.values(guards)).size).toBe(ids.length);
});

describe.each(ids)('guard %s', id => {
  const { silent, found, path } = guardPairs[id];
  const [silentPath, foundPath] = typeof path === 'string' ? [path, path] : path;

  it('keeps its text silent', () => {
    const silences: Silence[] = [];
    const quiet = document(silentPath, silent);
    expect(scan(quiet, { observe: silence => silences.push(silence) })).toEqual([]);
    // Quick looks may skip what the exact checks would keep silent, and never the other way round.
    expect(scan(quiet)).toEqual([]);
    expect([reasonForSilence(quiet), ...silences.map(({ guard }) => guard)]).toContain(id);
  });

  it('lets its neighbour be found', () => {
    expect(scan(document(foundPath, found))).toHaveLength(1);
  });
});

it('counts a name alone for less where code is documented', () => {
  const key = createStandIns(4).characters(24, 'BCDFGHKLMNPQRTbcdfghkmnpqrt2346789');
  const text = [
    'def sign_in(token):',
    '    """Signs in.',
    '',
    `    api_key = "${key}"`,
    '    and returns.',
    '    """',
    `    api_key = "${key}"`,
  ].join('\n');
  const levels = (uri: string, code: string): string[] => scan(document(uri, code)).map(({ severity }) => severity);
  expect(levels('a.py', text)).toEqual(['information', 'warning']);
  expect(levels('a.ts', `/**\n * apiKey = "${key}"\n */\nconst apiKey = "${key}";`)).toEqual([
    'information',
    'warning',
  ]);
  expect(levels('README.md', `apiKey = "${key}"`)).toEqual(['information']);
});
