import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { connect, readIdentityModel } from '../../src/azure/index.ts';
import { auditReport, type AuditReport } from '../../src/core/report/audit-json.ts';
import { startDemoTenant } from '../../src/demo/index.ts';
import { folderWith, keyless } from '../harness/cli.ts';

describe('keyless audit', () => {
  it('prints what the tree shows, without a credential for a loopback endpoint', async () => {
    const demo = await startDemoTenant();
    try {
      await using folder = await folderWith({
        '.vscode/settings.json': JSON.stringify({ 'appService.defaultWebAppToDeploy': demo.apps[0] }),
      });
      const { code, stdout, stderr } = await keyless(
        ['audit', '--endpoint', demo.url, '--format', 'json'],
        folder.path,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const model = await readIdentityModel(connect({ endpoint: demo.url, signIn: 'demo' }), [demo.apps[0]!]);
      expect({ ...(JSON.parse(stdout) as AuditReport), asOf: '' }).toEqual({ ...auditReport(model), asOf: '' });
      expect(demo.sawCredential).toBe(false);
    } finally {
      await demo.close();
    }
  });

  it('brings its own demo tenant and says so', async () => {
    await using folder = await folderWith({});
    const { code, stdout, stderr } = await keyless(['audit', '--demo'], folder.path);
    expect(code).toBe(0);
    expect(stdout).toContain('demo-toys-shop, slot staging');
    expect(stderr).toBe('Keyless demo tenant: invented apps and identities, nothing is read from Azure.\n');
  });

  it('exits 1 when something could not be read', async () => {
    await using folder = await folderWith({});
    const app = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/nowhere';
    const { code, stdout } = await keyless(['audit', '--demo', '--app', app, '--format', 'json'], folder.path);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ apps: [], problems: [{ kind: 'notFound', scope: app }] });
  });

  it.each([
    [[], '--app RESOURCE_ID'],
    [['--nosuch'], '--nosuch'],
    [['--demo', '--format', 'xml'], 'text, json or markdown'],
    [['--endpoint', 'http://example.org'], 'https'],
  ])('exits 2 and says why for %j', async (args, word) => {
    await using folder = await folderWith({});
    const { code, stdout, stderr } = await keyless(['audit', ...args], folder.path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(word);
  });
});

describe('the bundle with the identity library', () => {
  it('loads and makes a credential', async () => {
    const bundle = fileURLToPath(new URL('../../dist/azure-identity.js', import.meta.url));
    const script = `const { createDefaultCredential } = require(${JSON.stringify(bundle)});
      console.log(typeof createDefaultCredential('https://login.microsoftonline.com', 'contoso.example').getToken);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
    expect(stdout).toBe('function\n');
  });
});
