import type { Finding, SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { Service } from '../services/service.ts';
import type { Match } from './match.ts';
import type { Guide, Refusal } from './fix.ts';
import { serviceFollowUps } from './follow-ups.ts';
import type { ServiceMigration } from './migrations.ts';
import { lineOf } from './refusals.ts';

/** Why a construct that is known to need work by hand is left, with the steps; the first of several. */
export function refuseGuided(consumers: readonly Match[]): GuidedRefusal | undefined {
  for (const { compiled, node } of consumers) {
    const { guided, service } = compiled as ServiceMigration;
    if (guided === undefined) continue;
    return {
      refusal: `Line ${lineOf(node)}: ${guided.why}`,
      guide: {
        title: `${service.name} without a secret`,
        steps: guided.steps,
        snippet: { languageId: guided.language, text: guided.snippet },
        documentation: guided.documentation ?? service.documentation,
        followUps: serviceFollowUps(service),
      },
    };
  }
  return undefined;
}

/** The way by hand where a library is configured with the secret that was found. */
export function frameworkGuide(
  { languageId, text }: SourceDocument,
  { ruleId }: Finding,
  services: readonly Service[],
): GuidedRefusal | undefined {
  const language = adapterFor(languageId)?.id;
  const service = services.find(({ credentials }) => credentials.some(({ id }) => id === ruleId));
  const found = service?.frameworks?.find(framework => framework.language === language && framework.when.test(text));
  if (service === undefined || found === undefined) return undefined;
  return {
    refusal: found.why.charAt(0).toUpperCase() + found.why.slice(1),
    guide: {
      title: `${service.name} without a secret`,
      steps: found.steps,
      snippet: { languageId: found.language, text: found.snippet },
      documentation: found.documentation ?? service.documentation,
      followUps: serviceFollowUps(service),
    },
  };
}

export interface GuidedRefusal extends Refusal {
  readonly guide: Guide;
}

/** A guide as Markdown: the editor shows it as a page. */
export function guidePage({ refusal, guide }: GuidedRefusal): string {
  const { title, steps, snippet, documentation, followUps } = guide;
  const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  const after = followUps.map(({ message, copyable }) =>
    copyable === undefined ? `- ${message}` : `- ${message}\n\n${indent(fence('sh', copyable), '  ')}`,
  );
  return [
    `# ${title}`,
    refusal,
    '## Steps',
    steps.map((step, i) => `${i + 1}. ${step}`).join('\n'),
    ...(snippet === undefined ? [] : ['## Code', fence(snippet.languageId, snippet.text)]),
    ...(after.length === 0 ? [] : ['## Afterwards', after.join('\n')]),
    `[Microsoft's documentation](${documentation})`,
    '',
  ].join('\n\n');
}

/** The same for a terminal. */
export function guideLines({ steps, snippet, documentation }: Guide): string[] {
  return [
    ...steps.map((step, i) => `${i + 1}. ${step}`),
    ...(snippet === undefined
      ? []
      : snippet.text
          .trimEnd()
          .split(/\r?\n/u)
          .map(line => `   ${line}`)),
    `See ${documentation}`,
  ];
}

function indent(text: string, by: string): string {
  return text.replace(/^/gmu, by);
}
