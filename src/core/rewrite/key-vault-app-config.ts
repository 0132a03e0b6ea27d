import type { Finding, SourceDocument } from '../engine/finding.ts';
import { appConfigEntries } from '../formats/app-config.ts';
import { spanContains, type TextEdit } from '../text/text-edit.ts';
import type { Guide } from './fix.ts';
import { keyVaultFollowUps } from './key-vault-steps.ts';

/** How the secret in an entry of web.config or app.config comes from Key Vault. */
export interface VaultEntry {
  /** The same as the entry's: a configuration builder looks secrets up by it. */
  readonly secretName: string;
  /** Empties the value, which a builder that is there already fills in; absent without one. */
  readonly edits?: readonly TextEdit[];
  readonly guide: Guide;
}

/** `undefined` where the place is no entry of `<appSettings>` or `<connectionStrings>`. */
export function vaultEntryAt({ text }: SourceDocument, { span }: Finding): VaultEntry | undefined {
  const entry = appConfigEntries(text).find(({ valueSpan }) => spanContains(valueSpan, span));
  if (entry === undefined) return undefined;
  const { name, section, valueSpan } = entry;
  const nameable = /^[\da-z-]+$/iu.test(name);
  const filled = nameable && readsVault(text, section);
  return {
    secretName: nameable ? name : name.replace(/[^\da-z]+/giu, '-').replace(/^-|-$/gu, ''),
    ...(filled && { edits: [{ span: valueSpan, newText: '' }] }),
    guide: builderGuide(name, section, nameable),
  };
}

/** Whether the section names a configuration builder that reads Key Vault. */
function readsVault(text: string, section: string): boolean {
  const used = new RegExp(`<${section}\\s[^>]*\\bconfigBuilders\\s*=\\s*["'](?<names>[^"']*)["']`, 'u').exec(text);
  const names = (used?.groups?.['names'] ?? '').split(',').map(name => name.trim());
  return [...text.matchAll(/<add\s[^>]*AzureKeyVaultConfigBuilder[^>]*>/gu)].some(([builder]) =>
    names.includes(/\bname\s*=\s*["'](?<name>[^"']*)["']/u.exec(builder)?.groups?.['name'] ?? ''),
  );
}

function builderGuide(name: string, section: string, nameable: boolean): Guide {
  return {
    title: 'Read the value from Key Vault with a configuration builder',
    steps: [
      nameable
        ? `Store a new value as \`${name}\`: the builder looks secrets up by the names of the entries.`
        : `Rename \`${name}\` so that it has letters, digits and hyphens alone, here and in the code: the builder looks secrets up by the names of the entries. Store a new value under that name.`,
      'Add the package `Microsoft.Configuration.ConfigurationBuilders.Azure` (.NET Framework 4.7.1 or newer), and declare the builder as below.',
      `Name the builder on the section, and leave the value of the entry empty. The code goes on to read it as before.`,
    ],
    snippet: {
      languageId: 'xml',
      text: `<configSections>
  <section name="configBuilders" type="System.Configuration.ConfigurationBuildersSection, System.Configuration, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a" restartOnExternalChanges="false" requirePermission="false" />
</configSections>
<configBuilders>
  <builders>
    <add name="AzureKeyVault" vaultName="<vault-name>" type="Microsoft.Configuration.ConfigurationBuilders.AzureKeyVaultConfigBuilder, Microsoft.Configuration.ConfigurationBuilders.Azure" />
  </builders>
</configBuilders>
<${section} configBuilders="AzureKeyVault">
  <add ${section === 'appSettings' ? `key="${name}" value=""` : `name="${name}" connectionString=""`} />
</${section}>
`,
    },
    documentation: 'https://learn.microsoft.com/aspnet/config-builder',
    followUps: keyVaultFollowUps(),
  };
}
