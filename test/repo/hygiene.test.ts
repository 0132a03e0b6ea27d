import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleById } from '../../src/core/engine/rules.ts';
import { root } from '../../src/dev/paths.ts';
import { keyless } from '../harness/cli.ts';

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const texts = tracked
  .filter(file => !/\.(?:png|wasm|gif|ico)$/.test(file))
  .map(file => ({ file, text: readFileSync(join(root, file), 'utf8') }));

describe('the repository', () => {
  it('is read by these tests', () => {
    expect(tracked).toContain('package-lock.json');
  });

  it('names no package registry', () => {
    // Written in pieces so that this file does not name them either.
    const hosts = [
      ['registry', 'npmjs', 'org'],
      ['registry', 'yarnpkg', 'com'],
      ['deb', 'debian', 'org'],
      ['unpkg', 'com'],
    ];
    const found = hosts.map(parts => parts.join('.')).flatMap(host => filesWith(text => text.includes(host)));
    expect(found).toEqual([]);
  });

  it('locks packages by integrity, not by the address of the day', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
    };
    const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(installed.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('locks every package for every platform, without which a clean install refuses', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    );
    const locked = Object.keys(packages).map(path => path.split('node_modules/').at(-1));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter(name => !locked.includes(name))).toEqual([]);
  });

  it('holds no path of one machine', () => {
    const personal = /(?<![\w.$}~-])\/(?:home|Users|root|work)\/[a-z][\w.-]*\/|\b[A-Z]:\\+Users\\+\w/;
    expect(filesWith(text => personal.test(text))).toEqual([]);
  });

  it('holds nothing that the product itself would take for a secret', async () => {
    const { stdout } = await keyless(['scan', '.', '--format', 'json'], root);
    const { findings, summary } = JSON.parse(stdout) as {
      findings: readonly { severity: string; file: string; ruleId: string }[];
      summary: { files: number };
    };
    expect(summary.files).toBeGreaterThan(200);
    // The examples of local development servers are for everybody to read, and mistakes are code to show rules on.
    const secrets = findings.filter(({ ruleId }) => ruleById(ruleId)?.kind === 'secret');
    expect(secrets.filter(({ severity }) => severity !== 'information')).toEqual([]);
  });

  it('has no test that is left out or runs alone', () => {
    const left = /\b(?:describe|it|test|suite)\.(?:skip|skipIf|runIf|only|todo|fails)\b|\b(?:xit|xdescribe)\(/;
    const suspects = texts.filter(({ file }) => file.startsWith('test/') && file !== 'test/repo/hygiene.test.ts');
    expect(suspects.filter(({ text }) => left.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('pins every dependency', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  function filesWith(bad: (text: string) => boolean): string[] {
    return texts.filter(({ text }) => bad(text)).map(({ file }) => file);
  }
});
