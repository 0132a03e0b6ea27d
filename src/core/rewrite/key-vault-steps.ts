import type { FollowUp } from './fix.ts';

/** The setting that names the vault, as Azure's own templates call it. */
export const vaultSetting = 'AZURE_KEY_VAULT_ENDPOINT';

export const vaultDocumentation = 'https://learn.microsoft.com/azure/key-vault/secrets/overview';

/** Putting the secret into the vault, with a new value. */
export function storeStep(secretName: string): FollowUp {
  return {
    kind: 'setSetting',
    message: `Store a new value in the vault as ${secretName}: the old one has been readable here.`,
    copyable: `az keyvault secret set --vault-name <vault-name> --name ${secretName} --file <file-with-the-value>`,
  };
}

/** Telling the code which vault it is. */
export const addressStep: FollowUp = {
  kind: 'setSetting',
  message: `Set ${vaultSetting} to the address of the vault wherever the app runs.`,
  copyable: `${vaultSetting}=https://<vault-name>.vault.azure.net`,
};

/** Who may read the secret, and what to do with the old value. */
export function keyVaultFollowUps(): FollowUp[] {
  return [
    {
      kind: 'grantRole',
      message: "Grant the app's identity the role Key Vault Secrets User on the vault, which reads secrets.",
      copyable:
        'az role assignment create --role "Key Vault Secrets User" --assignee-object-id <principal-id> --assignee-principal-type ServicePrincipal --scope /subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/Microsoft.KeyVault/vaults/<vault-name>',
    },
    revokeStep,
  ];
}

export const revokeStep: FollowUp = {
  kind: 'rotateSecret',
  message: 'Revoke the old value: it has been readable in this file and its history.',
};

/** {@link storeStep} in a sentence of a guide. */
export function storeSentence(secretName: string): string {
  return `Store a new value as \`${secretName}\`: the old one has been readable here. In the portal, or \`az keyvault secret set --vault-name <vault-name> --name ${secretName} --file <file-with-the-value>\`.`;
}
