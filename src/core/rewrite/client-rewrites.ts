import type { Finding, SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { Service } from '../services/service.ts';
import type { Span } from '../text/text-edit.ts';
import { guidance, type Fix, type FixOffer, type Refusal } from './fix.ts';
import { findMatches, literalAt, traceValue } from './flow.ts';
import { refuseGuided } from './guide.ts';
import { migrationsFor, type ServiceMigration } from './migrations.ts';
import { planSecret } from './secret-plan.ts';
import { keyOnlyUse } from './refusals.ts';
import type { RewriteTools } from './tools.ts';
import { verifiedFix } from './verify.ts';

/**
 * Offers to rewrite the clients that take a found secret to `DefaultAzureCredential`. Empty when nothing in the
 * catalogue describes how the secret is used; `build` may still refuse, with a reason.
 */
export async function clientRewrites(
  document: SourceDocument,
  finding: Pick<Finding, 'span'>,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<readonly FixOffer[]> {
  if (adapterFor(document.languageId) === undefined) return [];
  const migrations = await migrationsFor(document, services, tools.languages);
  const found = await tools.languages.read(document, file => {
    const literal = literalAt(file, finding.span);
    if (literal === undefined) return undefined;
    const trace = traceValue(file, [literal], findMatches(file, migrations));
    const guided = refuseGuided(trace.consumers);
    if (guided !== undefined) return guided;
    const [consumer] = trace.consumers;
    if (consumer !== undefined) return titleOf(consumer.compiled as ServiceMigration);
    // Refused when built, so that the reason can be read.
    const [keyOnly] = trace.unknownUses.flatMap(use => keyOnlyUse(file, use, services) ?? []);
    return keyOnly && connectTitle(keyOnly.service);
  });
  if (found === undefined) return [];
  if (typeof found !== 'string') return [guidance(found)];
  return [
    {
      id: 'use-default-azure-credential',
      title: found,
      isPreferred: true,
      build: () => buildRewrite(document, finding.span, services, tools),
    },
  ];
}

function titleOf({ migration, service }: ServiceMigration): string {
  if (migration.after === '$CREDENTIAL') return 'Sign in with DefaultAzureCredential instead of the client secret';
  return connectTitle(service);
}

function connectTitle(service: Service): string {
  return `Connect to ${service.name} with DefaultAzureCredential`;
}

async function buildRewrite(
  document: SourceDocument,
  span: Span,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<Fix | Refusal> {
  const migrations = await migrationsFor(document, services, tools.languages);
  const plan = await tools.languages.read(document, file =>
    planSecret(file, span, migrations, services, { kind: 'default' }),
  );
  if (plan === undefined)
    return { refusal: 'The file is too large to be rewritten safely. Change the client by hand.' };
  return 'refusal' in plan ? plan : verifiedFix(document, plan, tools);
}

export type { RewriteTools };
