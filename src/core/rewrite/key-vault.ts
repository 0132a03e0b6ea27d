import type { Finding, SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { NoIdentity, Service } from '../services/service.ts';
import { guidance, isRefusal, type FixOffer } from './fix.ts';
import type { GuidedRefusal } from './guide.ts';
import { readFromVault } from './key-vault-edits.ts';
import { vaultForms } from './key-vault-forms.ts';
import { settingsVaultOffers } from './key-vault-settings.ts';
import { keyVaultSnippet } from './key-vault-snippets.ts';
import { addressStep, keyVaultFollowUps, storeStep, vaultDocumentation, vaultSetting } from './key-vault-steps.ts';
import type { RewriteTools } from './tools.ts';

/** Offers to read a secret from Key Vault by name. `forced`: the catalogue knows that nothing better exists. */
export function moveToKeyVault(
  document: SourceDocument,
  finding: Finding,
  services: readonly Service[],
  tools: RewriteTools,
): { readonly offers: readonly FixOffer[]; readonly forced: boolean } {
  const own = noIdentityOf(finding, services);
  const behind = /^[^\r\n]{0,400}/u.exec(document.text.slice(finding.span.end))?.[0] ?? '';
  const none = own?.unless?.test(behind) === true ? undefined : own;
  const secretName = none?.secretName ?? finding.ruleId;
  const forced = none !== undefined;
  const language = adapterFor(document.languageId)?.id;
  if (language === undefined || vaultForms[language] === undefined) {
    const inSettings = settingsVaultOffers({ document, finding, tools, secretName, isPreferred: forced });
    if (inSettings.some(({ title }) => title.startsWith('Move'))) return { offers: inSettings, forced };
    const guide = keyVaultGuide(document, secretName, none?.why);
    return { offers: [...inSettings, { ...guidance(guide), title: 'Move to Key Vault…' }], forced };
  }
  const offer: FixOffer = {
    id: 'move-to-key-vault',
    title: 'Move to Key Vault: read it by name',
    isPreferred: forced,
    async build() {
      const read = await readFromVault(document, finding.span, secretName, tools);
      if (isRefusal(read)) return keyVaultGuide(document, secretName, read.refusal);
      return {
        ...read,
        followUps: [storeStep(secretName), addressStep, ...read.followUps, ...keyVaultFollowUps()],
      };
    },
  };
  return { offers: [offer], forced };
}

function noIdentityOf({ ruleId }: Finding, services: readonly Service[]): NoIdentity | undefined {
  for (const service of services) {
    const format = service.credentials.find(({ id }) => id === ruleId);
    if (format !== undefined) return format.noIdentity ?? service.noIdentity;
  }
  return undefined;
}

function keyVaultGuide(document: SourceDocument, secretName: string, why: string | undefined): GuidedRefusal {
  const language = adapterFor(document.languageId)?.id;
  const snippet = language && keyVaultSnippet(language, secretName, vaultSetting);
  const reference = `@Microsoft.KeyVault(VaultName=<vault-name>;SecretName=${secretName})`;
  const read =
    snippet === undefined
      ? `Where App Service or Functions runs the app, set the setting to \`${reference}\`; elsewhere let the code read the secret by name.`
      : `Set \`${vaultSetting}\` to \`https://<vault-name>.vault.azure.net\` wherever the app runs, and read the secret by name as below.`;
  return {
    refusal: why ?? 'A secret that has to stay one belongs in Key Vault, which an identity reads.',
    guide: {
      title: 'Move the secret to Key Vault',
      steps: [
        `Store a new value as \`${secretName}\`: the old one has been readable here. In the portal, or \`az keyvault secret set --vault-name <vault-name> --name ${secretName} --file <file-with-the-value>\`.`,
        read,
        'Delete the value here.',
      ],
      ...(snippet === undefined ? {} : { snippet: { languageId: document.languageId, text: snippet } }),
      documentation: vaultDocumentation,
      followUps: keyVaultFollowUps(),
    },
  };
}
