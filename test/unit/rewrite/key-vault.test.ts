import { describe, expect, test } from 'vitest';
import { fixesFor } from '../../../src/core/engine/fixes.ts';
import { scan } from '../../../src/core/engine/scan.ts';
import { isRefusal, type WorkspaceView } from '../../../src/core/rewrite/fix.ts';
import { createStandIns } from '../../../src/core/secrets/stand-ins.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';
import { languages } from '../../harness/client-examples.ts';
import { typeErrors } from '../../harness/type-check.ts';

const key = createStandIns(51).legacyKey32();
const hub = `Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=DefaultFullSharedAccessSignature;SharedAccessKey=${key}`;
const modules: WorkspaceView = {
  findUp: (_from, names) =>
    Promise.resolve(
      names.some(name => name.test('package.json'))
        ? { uri: 'package.json', languageId: 'json', text: '{ "type": "module", "dependencies": {} }' }
        : undefined,
    ),
};

async function moved(languageId: string, text: string, workspace?: WorkspaceView) {
  const document = { uri: `a.${languageId}`, languageId, text };
  const [finding] = scan(document);
  if (finding === undefined) throw new Error('nothing found');
  const offers = await fixesFor(document, finding, { languages, ...(workspace && { workspace }) });
  const offer = offers.find(({ title }) => title.startsWith('Move to Key Vault'));
  const result = await offer?.build();
  if (result === undefined) throw new Error('not offered');
  expect(JSON.stringify(result)).not.toContain(key);
  if (isRefusal(result)) return { refusal: result.refusal, guide: result.guide };
  return { text: applyEdits(text, result.files[0]?.edits ?? []), result, preferred: offer?.isPreferred };
}

describe('a secret without a keyless form is read from Key Vault by name', () => {
  test('TypeScript', async () => {
    const { text, result, preferred } = await moved(
      'typescript',
      `import { readFileSync } from 'node:fs';\n\n// The hub.\nexport const hub: string = '${hub}';\nexport const file = readFileSync(hub);\n`,
      modules,
    );
    expect(text).toBe(
      `import { DefaultAzureCredential } from '@azure/identity';\nimport { SecretClient } from '@azure/keyvault-secrets';\nimport { readFileSync } from 'node:fs';\n\nconst vault = new SecretClient(process.env.AZURE_KEY_VAULT_ENDPOINT!, new DefaultAzureCredential());\n\n// The hub.\nexport const hub: string = (await vault.getSecret('notification-hub-connection-string')).value!;\nexport const file = readFileSync(hub);\n`,
    );
    expect(typeErrors({ 'vault.ts': text ?? '' })).toEqual({});
    expect(preferred).toBe(true);
    expect(result?.files.map(({ uri }) => uri)).toEqual(['a.typescript', 'package.json']);
    expect(result?.followUps.map(({ kind }) => kind)).toEqual([
      'setSetting',
      'setSetting',
      'installPackage',
      'installPackage',
      'grantRole',
      'rotateSecret',
    ]);
    expect(result?.followUps.find(({ kind }) => kind === 'grantRole')?.message).toContain('Key Vault Secrets User');
  });

  test('Python', async () => {
    const { text } = await moved(
      'python',
      `import json\n\nHUB = "${hub}"\n\n\ndef go():\n    return json.dumps(HUB)\n`,
    );
    expect(text).toContain(
      'vault = SecretClient(vault_url=environ["AZURE_KEY_VAULT_ENDPOINT"], credential=DefaultAzureCredential())\n\nHUB = vault.get_secret("notification-hub-connection-string").value\n',
    );
    expect(text).toContain('from azure.keyvault.secrets import SecretClient');
  });

  test('C#: a constant becomes a read-only field', async () => {
    const { text } = await moved(
      'csharp',
      `using System;\n\nclass Push\n{\n    private const string Hub = "${hub}";\n\n    string Read() => Hub;\n}\n`,
    );
    expect(text).toBe(
      `using System;\nusing Azure.Identity;\nusing Azure.Security.KeyVault.Secrets;\n\nclass Push\n{\n    private static readonly SecretClient Vault = new SecretClient(new Uri(Environment.GetEnvironmentVariable("AZURE_KEY_VAULT_ENDPOINT")), new DefaultAzureCredential());\n    private static readonly string Hub = Vault.GetSecret("notification-hub-connection-string").Value.Value;\n\n    string Read() => Hub;\n}\n`,
    );
  });

  test('Java', async () => {
    const { text } = await moved(
      'java',
      `import java.util.List;\n\nclass Push {\n    private static final String HUB = "${hub}";\n\n    List<String> all() {\n        return List.of(HUB);\n    }\n}\n`,
    );
    expect(text).toContain(
      '    private static final SecretClient VAULT = new SecretClientBuilder().vaultUrl(System.getenv("AZURE_KEY_VAULT_ENDPOINT")).credential(new DefaultAzureCredentialBuilder().build()).buildClient();\n    private static final String HUB = VAULT.getSecret("notification-hub-connection-string").getValue();\n',
    );
    for (const name of ['SecretClient', 'SecretClientBuilder']) {
      expect(text).toContain(`import com.azure.security.keyvault.secrets.${name};`);
    }
  });
});

describe('where that is not safe, the steps are shown', () => {
  test.each([
    [
      'outside of a module',
      'typescript',
      `import * as fs from 'node:fs';\nexport const hub = ['${hub}', fs];\n`,
      /only modules/u,
    ],
    [
      'a function that is not asynchronous',
      'typescript',
      `import * as fs from 'node:fs';\nexport function hub() { return ['${hub}', fs]; }\n`,
      /asynchronous function/u,
    ],
    ['asynchronous Python', 'python', `import json\n\nasync def go():\n    return json.dumps("${hub}")\n`, /blocks/u],
    [
      'an attribute',
      'csharp',
      `using System;\n\nclass A\n{\n    [Obsolete("${hub}")]\n    int x;\n}\n`,
      /before any code/u,
    ],
    [
      'an annotation',
      'java',
      `import a.Value;\n\nclass A {\n    @Value("${hub}")\n    String x;\n}\n`,
      /before any code/u,
    ],
    ['Go', 'go', `package a\n\nvar hub = "${hub}"\n`, /./u],
    ['a second copy', 'python', `import json\n\na = "${hub}"\nb = "${hub}"\n`, /elsewhere/u],
  ])('%s', async (_what, languageId, text, reason) => {
    const { refusal, guide } = await moved(languageId, text);
    expect(refusal).toMatch(reason);
    expect(guide?.snippet?.text).toContain('notification-hub-connection-string');
  });
});
