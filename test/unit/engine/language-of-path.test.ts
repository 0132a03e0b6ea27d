import { expect, it } from 'vitest';
import { languageOfPath } from '../../../src/core/engine/language-of-path.ts';

it.each([
  ['src/a.ts', 'typescript'],
  ['src/a.tsx', 'typescriptreact'],
  ['C:\\x\\Program.CS', 'csharp'],
  ['file:///w/.env', 'dotenv'],
  ['.env.production', 'dotenv'],
  ['prod.env', 'dotenv'],
  ['deploy/docker-compose.prod.yml', 'dockercompose'],
  ['Web.config', 'xml'],
  ['tsconfig.build.json', 'jsonc'],
  ['.vscode/settings.json', 'jsonc'],
  ['appsettings.Development.json', 'json'],
  ['local.settings.json', 'json'],
  ['main.tf', 'terraform'],
  ['main.bicep', 'bicep'],
  ['Dockerfile', 'dockerfile'],
  ['api.dockerfile', 'dockerfile'],
  ['compose.yaml', 'dockercompose'],
  ['Makefile', 'makefile'],
  ['go.mod', 'go.mod'],
  ['.npmrc', 'ini'],
  ['.zshrc', 'shellscript'],
  ['.babelrc', 'jsonc'],
  ['.keyless.json', 'jsonc'],
  ['devcontainer.json', 'jsonc'],
  ['a.constructor', 'plaintext'],
  ['a.', 'plaintext'],
  ['README', 'plaintext'],
  ['', 'plaintext'],
])('%s is %s', (path, languageId) => {
  expect(languageOfPath(path)).toBe(languageId);
});
