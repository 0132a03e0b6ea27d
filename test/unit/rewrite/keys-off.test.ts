import { expect, it } from 'vitest';
import { services } from '../../../src/core/services/catalogue.generated.ts';
import { turnKeysOff } from '../../../src/core/templates/keys-off.ts';
import { syntaxErrors } from '../../../src/core/templates/edit.ts';
import { readTemplate } from '../../../src/core/templates/read-template.ts';
import { applyEdits } from '../../../src/core/text/text-edit.ts';

const batch = services.find(({ id }) => id === 'batch');

it.each([
  [
    'bicep',
    `resource farm 'Microsoft.Batch/batchAccounts@2024-07-01' = {\n  name: 'farm'\n  properties: {\n    publicNetworkAccess: 'Disabled'\n  }\n}\n`,
    `allowedAuthenticationModes: ['AAD']\n`,
  ],
  [
    'json',
    `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "contentVersion": "1.0.0.0",\n  "resources": [\n    {\n      "type": "Microsoft.Batch/batchAccounts",\n      "apiVersion": "2024-07-01",\n      "name": "farm",\n      "properties": {\n        "publicNetworkAccess": "Disabled"\n      }\n    }\n  ]\n}\n`,
    `"allowedAuthenticationModes": ["AAD"],\n`,
  ],
  [
    'terraform',
    `resource "azurerm_batch_account" "farm" {\n  name     = "farm"\n  location = "westeurope"\n}\n`,
    `allowed_authentication_modes = ["AAD"]\n`,
  ],
])('%s: a list of what stays allowed is written in the language’s own way', (languageId, text, written) => {
  const template = readTemplate({ uri: `main.${languageId}`, languageId, text });
  const resource = template?.resources[0];
  if (template === undefined || resource === undefined || batch === undefined) throw new Error('not read');
  const edits = turnKeysOff(template, resource, batch);
  const after = applyEdits(text, edits ?? []);
  expect(after).toContain(written);
  expect(syntaxErrors({ languageId, text: after })).toBe(0);
  const again = readTemplate({ uri: `main.${languageId}`, languageId, text: after });
  expect(again && turnKeysOff(again, again.resources[0]!, batch)).toBeUndefined();
});
