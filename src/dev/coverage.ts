import type { CodeLanguage, Service } from '../core/services/service.ts';

const languages: Readonly<Record<CodeLanguage, string>> = {
  typescript: 'TypeScript, JavaScript',
  python: 'Python',
  csharp: 'C#',
  java: 'Java',
  go: 'Go',
};

const settingForms = {
  functionsConnection: 'Functions connections',
  connectionString: 'connection strings',
  address: 'addresses',
  spring: 'Spring',
} as const satisfies Record<Service['settings'][number]['form'], string>;

/** Its clients belong to services of their own; only the key is one. */
const partedByProduct = new Set(['ai-services']);

/**
 * What the catalogue can do for each service, as Markdown: one row for every service that it says anything about
 * clients or settings of, one column for each language and one for settings and templates.
 */
export function coverageTable(services: readonly Service[]): string {
  const rows = services
    .filter(isCovered)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(service => [service.name, ...languageIds().map(language => cell(service, language)), configuration(service)]);
  return table(['Service', ...Object.values(languages), 'Settings and templates'], rows);
}

/** Services of which only the secrets are known, in the order of their names. */
export function uncoveredServices(services: readonly Service[]): string[] {
  return services
    .filter(service => !isCovered(service) && service.roles.length > 0 && !partedByProduct.has(service.id))
    .map(({ name }) => name)
    .sort();
}

function languageIds(): CodeLanguage[] {
  return Object.keys(languages) as CodeLanguage[];
}

function isCovered({ clients, guided = [], sdk, noIdentity, settings }: Service): boolean {
  return [clients, guided, settings].some(list => list.length > 0) || sdk !== undefined || noIdentity !== undefined;
}

function cell({ clients, guided = [], sdk, noIdentity }: Service, language: CodeLanguage): string {
  if (clients.some(client => client.language === language)) return 'rewrite';
  if (guided.some(client => client.language === language)) return 'guided';
  const state = sdk?.[language];
  if (state === 'none') return 'no SDK';
  if (state === 'tokenOnly') return 'token only';
  return noIdentity === undefined ? '**open**' : 'Key Vault';
}

function configuration({ settings, template, noIdentity }: Service): string {
  const forms = [...new Set(settings.map(({ form }) => settingForms[form]))];
  const templates = template === undefined ? [] : ['Bicep, ARM, Terraform'];
  const other = forms.length === 0 && noIdentity !== undefined ? ['Key Vault'] : [];
  return [...forms, ...other, ...templates].join('; ');
}

/** Padded as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map(row => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
