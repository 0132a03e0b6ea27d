import type { Finding, SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { CredentialChoice } from '../languages/syntax.ts';
import type { Service } from '../services/service.ts';
import type { Span } from '../text/text-edit.ts';
import { refuseConnector } from './connector.ts';
import { byDefault, choicesFor, connectTitle, titleFor } from './credential-choices.ts';
import { explanation, guidance, isRefusal, type Fix, type FixOffer, type Refusal } from './fix.ts';
import { findMatches, literalAt, traceValue } from './flow.ts';
import { refuseGuided } from './guide.ts';
import { migrationsFor, type ServiceMigration } from './migrations.ts';
import { planSecret } from './secret-plan.ts';
import type { Naming } from './setting-names.ts';
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
    if (consumer !== undefined) {
      const compiled = consumer.compiled as ServiceMigration;
      const choices = choicesFor(file, trace.consumers, tools.identities?.() ?? []);
      return choices.map(offer => ({ ...offer, title: titleFor(compiled, offer) }));
    }
    // Refused when built, so that the reason can be read.
    const [keyOnly] = trace.unknownUses.flatMap(use => keyOnlyUse(file, use, services) ?? []);
    if (keyOnly === undefined) return refuseConnector(file, trace.unknownUses, migrations);
    return [{ ...byDefault, title: connectTitle(keyOnly.service, byDefault.words) }];
  });
  if (found === undefined) return [];
  if ('refusal' in found) {
    const { guide } = found;
    return [guide === undefined ? explanation(found) : guidance({ ...found, guide })];
  }
  return found.map(({ id, title, choice }) => ({
    id,
    title,
    isPreferred: choice.kind === 'default',
    build: () => buildRewrite(document, finding.span, services, tools, choice),
  }));
}

async function buildRewrite(
  document: SourceDocument,
  span: Span,
  services: readonly Service[],
  tools: RewriteTools,
  choice: CredentialChoice,
): Promise<Fix | Refusal> {
  const migrations = await migrationsFor(document, services, tools.languages);
  const build = async (naming: Naming): Promise<Fix | Refusal> => {
    const plan = await tools.languages.read(document, file =>
      planSecret(file, span, migrations, services, choice, naming),
    );
    if (plan === undefined)
      return { refusal: 'The file is too large to be rewritten safely. Change the client by hand.' };
    return 'refusal' in plan ? plan : verifiedFix(document, plan, services, tools);
  };
  const result = await build('plain');
  return isRefusal(result) && result.taken === true ? build('own') : result;
}

export type { RewriteTools };
