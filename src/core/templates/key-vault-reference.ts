import type { Refusal } from '../rewrite/fix.ts';
import { services } from '../services/catalogue.generated.ts';
import type { SourceDocument } from '../engine/finding.ts';
import { type Span, spanContains, type TextEdit } from '../text/text-edit.ts';
import { readTemplate } from './read-template.ts';
import type { TemplateChange } from './edit.ts';
import { webAppType } from './forms.ts';
import type { Template, TemplateResource, TemplateSetting } from './template.ts';
import { type KeyInSetting, writerFor } from './use-identity.ts';

const secretsUser = '4633458b-17de-408a-b874-0445c86b69e6';
const vaultTypes: ReadonlySet<string> = new Set(['microsoft.keyvault/vaults', 'azurerm_key_vault']);
const terraformApps = /^azurerm_(?:(?:linux|windows)_)?(?:web|function)_app|^azurerm_app_service/u;

/** A setting that can refer to the template's vault, and what gives the app the right to read it. */
interface VaultPlace {
  readonly app: TemplateResource;
  readonly name: string;
  readonly vault: TemplateResource;
  readonly identity: readonly TextEdit[];
  readonly granted: readonly TextEdit[];
}

/** The platform resolves references in settings of web and Functions apps alone. */
function vaultPlace(template: Template, { app, name, form }: TemplateSetting): VaultPlace | Refusal {
  const resolves = app !== undefined && (webAppType.test(app.type) || terraformApps.test(app.type));
  if (!resolves || !app.plain || form === 'argument') {
    return { refusal: 'Settings of this kind cannot refer to Key Vault.' };
  }
  if (name === undefined) return { refusal: 'The name of this setting is computed.' };
  const [vault, second] = template.resources.filter(({ type, plain }) => vaultTypes.has(type) && plain);
  if (vault === undefined || second !== undefined) {
    const why = vault === undefined ? 'no key vault' : 'several key vaults';
    return {
      refusal: `This template has ${why}: declare one (an existing one will do) to have the reference written.`,
    };
  }
  const writer = writerFor(template);
  const identity = writer.identityOf(app);
  if ('refusal' in identity) return identity;
  if (identity.clientId !== undefined) {
    return {
      refusal:
        'The app has a user-assigned identity alone: name it in keyVaultReferenceIdentity and refer to the secret by hand.',
    };
  }
  const role = services.flatMap(({ roles }) => roles).find(({ id }) => id === secretsUser);
  if (role === undefined) return { refusal: 'Refer to the secret by hand.' };
  const granted = writer.grant({ app, resource: vault, role, principalId: identity.principalId });
  return 'refusal' in granted ? granted : { app, name, vault, identity: identity.edits, granted };
}

/**
 * Puts the value of a setting into the template's own key vault and a reference to it in its place, with the role that
 * the app's identity reads it with.
 */
export function vaultReference({ template, setting, use }: KeyInSetting): TemplateChange | Refusal {
  const place = vaultPlace(template, setting);
  if ('refusal' in place) return place;
  const { app, name, vault, identity, granted } = place;
  const value = template.text.slice(setting.valueSpan.start, setting.valueSpan.end);
  const secret = writerFor(template).vaultSecret({
    vault,
    app,
    source: use.resource,
    setting: name,
    secretName: secretNameOf(name),
    value,
  });
  if ('refusal' in secret) return secret;
  return {
    edits: [...identity, { span: setting.valueSpan, newText: secret.reference }, ...secret.declaration, ...granted],
    followUps: [
      {
        kind: 'checkOtherUses',
        message: `Whoever deploys this needs to write secrets to ${template.language === 'arm' ? 'the vault' : vault.id} (Key Vault Secrets Officer), and the vault must use Azure RBAC. The app resolves the reference once its role has taken effect.`,
      },
    ],
  };
}

/** Puts a reference in the place of a secret that is written in a template; the secret itself goes into the vault by hand. */
export function literalReference(document: SourceDocument, secret: Span): TemplateChange | Refusal | undefined {
  const template = readTemplate(document);
  const setting = template?.settings.find(({ valueSpan }) => spanContains(valueSpan, secret));
  if (template === undefined || setting === undefined) return undefined;
  const place = vaultPlace(template, setting);
  if ('refusal' in place) return place;
  const { name, vault, identity, granted } = place;
  const inVault = secretNameOf(name);
  const newText = writerFor(template).vaultReferenceByName(vault, inVault);
  return {
    edits: [...identity, { span: setting.valueSpan, newText }, ...granted],
    followUps: [
      {
        kind: 'setEndpoint',
        message: `Put a new secret into the vault as ${inVault} before you deploy.`,
        copyable: `az keyvault secret set --vault-name <vault> --name ${inVault} --file <file>`,
      },
      { kind: 'rotateSecret', message: 'Rotate the old secret: it has been readable in this file and its history.' },
    ],
  };
}

function secretNameOf(setting: string): string {
  return setting
    .replace(/[^0-9A-Za-z]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .toLowerCase();
}
