import type { Rule } from '../engine/finding.ts';
import { services } from '../services/catalogue.generated.ts';
import type { CodeLanguage, Service } from '../services/service.ts';

const FENCE: Record<CodeLanguage, { name: string; fence: string }> = {
  typescript: { name: 'TypeScript', fence: 'ts' },
  python: { name: 'Python', fence: 'python' },
  csharp: { name: 'C#', fence: 'csharp' },
  java: { name: 'Java', fence: 'java' },
  go: { name: 'Go', fence: 'go' },
};

/** The explanation of a rule as Markdown: rule page, `keyless explain` and SARIF help read the same text. */
export function rulePage(rule: Rule): string {
  const service = serviceOf(rule);
  return [
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.severity}${service ? ` · ${service.name}` : ''}`,
    '## Why it matters',
    rule.leak,
    '## What to do',
    rule.remedy,
    ...(service ? [...rolesSection(service), ...codeSection(service)] : []),
    service
      ? `[Microsoft's documentation of the keyless way](${rule.documentation})`
      : `See also [${new URL(rule.documentation).host}](${rule.documentation}).`,
    '## When the value is meant to stay',
    `Put a comment \`keyless-ignore ${rule.id} -- reason\` on the line above or at the end of the line. ` +
      'The reason is for whoever reads the code next.',
    '',
  ].join('\n\n');
}

/** What a diagnostic's message has no room for: the role that replaces the key and the switch that turns keys off. */
export function keylessWay(rule: Rule): string[] {
  const service = serviceOf(rule);
  if (!service) return [];
  const [least] = service.roles;
  const lines = least ? [`Role to start with: **${least.name}**, which ${least.grants}.`] : [];
  return service.keysOff ? [...lines, `Turn keys off afterwards: ${keysOff(service.keysOff)}.`] : lines;
}

function serviceOf({ serviceId }: Rule): Service | undefined {
  return services.find(({ id }) => id === serviceId);
}

function rolesSection({ roles, keysOff: off }: Service): string[] {
  if (roles.length === 0) return [];
  const rows = roles.map(
    ({ name, id, grants }) => `| ${name} | ${grants} | ${id === '' ? 'in the service itself' : `\`${id}\``} |`,
  );
  const table = ['| Role | It | Definition |', '| --- | --- | --- |', ...rows].join('\n');
  const after = off ? [`Once every caller uses identity, turn keys off: ${keysOff(off)}.`] : [];
  return ['## Roles, least first', table, ...after];
}

function keysOff({ property, value, resourceType }: NonNullable<Service['keysOff']>): string {
  return `\`${property} = ${String(value)}\` on \`${resourceType}\``;
}

function codeSection({ clients }: Service): string[] {
  const shown = new Map<CodeLanguage, string>();
  for (const { language, examples } of clients) {
    const after = examples[0]?.after;
    if (after !== undefined && !shown.has(language)) shown.set(language, after.trim());
  }
  if (shown.size === 0) return [];
  const blocks = [...shown].map(([language, after]) => {
    const { name, fence } = FENCE[language];
    return `${name}:\n\n\`\`\`${fence}\n${after}\n\`\`\``;
  });
  return ['## Keyless code', ...blocks];
}
