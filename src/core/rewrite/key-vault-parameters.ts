import type { SourceDocument } from '../engine/finding.ts';
import type { Guide } from './fix.ts';
import { keyVaultFollowUps, storeSentence, vaultDocumentation } from './key-vault-steps.ts';

/** How deployments take a parameter from Key Vault. */
interface ParameterFile {
  readonly is: (document: SourceDocument) => boolean;
  readonly languageId: string;
  readonly documentation: string;
  readonly step: (name: string) => string;
  readonly snippet: (name: string, secretName: string) => string;
}

const files: readonly ParameterFile[] = [
  {
    is: ({ languageId, text }) => /^jsonc?$/u.test(languageId) && /deploymentParameters\.json/iu.test(text),
    languageId: 'json',
    documentation: 'https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter',
    step: name =>
      `Put the reference below in the place of the value of \`${name}\`, and mark the parameter \`securestring\` in the template. The vault must be enabled for template deployment.`,
    snippet: (name, secretName) =>
      `${JSON.stringify(name)}: {
  "reference": {
    "keyVault": {
      "id": "/subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/Microsoft.KeyVault/vaults/<vault-name>"
    },
    "secretName": "${secretName}"
  }
}
`,
  },
  {
    is: ({ uri }) => /\.bicepparam$/iu.test(uri),
    languageId: 'bicep',
    documentation: 'https://learn.microsoft.com/azure/azure-resource-manager/bicep/key-vault-parameter',
    step: name =>
      `Write \`${name}\` as below, and mark the parameter \`@secure()\` in the Bicep file. The vault must be enabled for template deployment.`,
    snippet: (name, secretName) =>
      `param ${name} = az.getSecret('<subscription-id>', '<resource-group>', '<vault-name>', '${secretName}')\n`,
  },
  {
    is: ({ uri }) => /\.tfvars(?:\.json)?$/iu.test(uri),
    languageId: 'terraform',
    documentation: vaultDocumentation,
    step: name =>
      `Read the secret in the configuration as below, in the place of the variable \`${name}\`. Its value is in Terraform’s state all the same: keep that in a storage account that few may read.`,
    snippet: (name, secretName) =>
      `data "azurerm_key_vault_secret" "${name}" {\n  name         = "${secretName}"\n  key_vault_id = var.key_vault_id\n}\n`,
  },
];

/** Whether a file gives values to the parameters of a deployment. */
export function isParameterFile(document: SourceDocument): boolean {
  return files.some(({ is }) => is(document));
}

/** Steps for the parameter that a place is the value of; `undefined` where its name cannot be told. */
export function parameterGuide(document: SourceDocument, offset: number): Guide | undefined {
  const file = files.find(({ is }) => is(document));
  const before = document.text.slice(Math.max(0, offset - 4000), offset);
  const name =
    file?.languageId === 'json'
      ? /"(?<name>\w+)"\s*:\s*\{\s*"value"\s*:\s*"[^"]*$/u.exec(before)?.groups?.['name']
      : /(?:^|\n)[^\S\r\n]*(?:param[^\S\r\n]+)?(?<name>\w+)[^\S\r\n]*=[^\r\n]*$/u.exec(before)?.groups?.['name'];
  if (file === undefined || name === undefined) return undefined;
  const secretName = name
    .replace(/(?<=[a-z\d])(?=[A-Z])|_+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .toLowerCase();
  const { languageId, documentation, step, snippet } = file;
  return {
    title: 'Take the parameter from Key Vault',
    steps: [storeSentence(secretName), step(name), 'Delete the value here.'],
    snippet: { languageId, text: snippet(name, secretName) },
    documentation,
    followUps: keyVaultFollowUps(),
  };
}
