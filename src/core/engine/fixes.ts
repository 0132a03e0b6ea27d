import { clientRewrites, type RewriteTools } from '../rewrite/client-rewrites.ts';
import { frameworkGuide } from '../rewrite/guide.ts';
import { inCloudOf } from '../rewrite/clouds.ts';
import { explanation, guidance, isRefusal, onlyExplains, type FixOffer, type Refusal } from '../rewrite/fix.ts';
import { moveToKeyVault } from '../rewrite/key-vault.ts';
import { rewriteAt } from '../rewrite/lookup-rewrites.ts';
import { settingRewrites } from '../rewrite/settings.ts';
import { identityRules } from '../rules/rules.generated.ts';
import { rewriteBehindSetting, unlessCodeReads } from '../rewrite/setting-rewrites.ts';
import { templateOffer } from '../templates/edit.ts';
import { literalReference } from '../templates/key-vault-reference.ts';
import { services } from '../services/catalogue.generated.ts';
import type { Span } from '../text/text-edit.ts';
import type { Finding, SourceDocument } from './finding.ts';
import { describe } from './rules.ts';
import { suppressInSettings } from './suppress-in-settings.ts';
import { suppressEdit } from './suppression.ts';

/** What can be done about a finding, best first: keyless rewrites, then suppression: by a comment or, where none can stand, in settings. */
export async function fixesFor(document: SourceDocument, finding: Finding, tools: RewriteTools): Promise<FixOffer[]> {
  const rule = identityRules.find(({ id }) => id === finding.ruleId);
  const offers = rule
    ? [...((await rule.fixes?.(document, finding, tools)) ?? [])]
    : [...(await clientRewrites(document, finding, services, tools)), ...settingOffers(document, finding, tools)];
  if (rule === undefined) offers.push(...referenceOffers(document, finding, offers));
  // Nothing is embedded where a rule over the whole file speaks.
  const toVault = rule === undefined ? moveToKeyVault(document, finding, services, tools) : undefined;
  if (offers.length === 0 && toVault?.forced !== true) {
    const guide = frameworkGuide(document, finding, services);
    offers.push(guide === undefined ? explanation(noRewrite(finding)) : guidance(guide));
  }
  if (toVault !== undefined) offers.push(...toVault.offers);
  const suppress = suppressEdit(document, finding);
  if (suppress) {
    offers.push({
      id: 'suppress',
      title: `Suppress ${finding.ruleId} here`,
      isPreferred: false,
      build: () => Promise.resolve({ files: [{ uri: document.uri, edits: [suppress] }], followUps: [] }),
    });
  } else if (tools.workspace) {
    offers.push(suppressInSettings(document, finding, tools.workspace));
  }
  return offers.map(offer => inCloudOf(document, offer));
}

/** A secret in a template's app settings can give way to a reference to the template's own vault. */
function referenceOffers(document: SourceDocument, finding: Finding, others: readonly FixOffer[]): FixOffer[] {
  const change = literalReference(document, finding.span);
  if (change === undefined || isRefusal(change)) return [];
  const service = services.find(({ credentials }) => credentials.some(({ id }) => id === finding.ruleId));
  const isPreferred = others.every(onlyExplains) && (service === undefined || service.noIdentity !== undefined);
  return [templateOffer(document, { id: 'key-vault-reference', title: 'Take it from Key Vault', isPreferred }, change)];
}

/** The setting becomes keyless by itself, or with the code that reads it; else what must change is said. */
function settingOffers(document: SourceDocument, finding: Finding, tools: RewriteTools): readonly FixOffer[] {
  const own = settingRewrites(document, finding, services);
  if (own.some(offer => !onlyExplains(offer)))
    return own.map(offer => unlessCodeReads(document, finding, offer, services, tools));
  const withCode = rewriteBehindSetting(document, finding, services, tools, own[0]);
  // Where nothing reads it by name, the libraries do: the way by hand stays in sight.
  return withCode === undefined ? own : [withCode, ...own.filter(({ id }) => id === 'guide')];
}

/** What can be done at a cursor where nothing was found: a client there may read its secret from a setting. */
export async function refactoringsAt(
  document: SourceDocument,
  span: Span,
  tools: RewriteTools,
): Promise<readonly FixOffer[]> {
  const offers = await rewriteAt(document, span, services, tools);
  return offers.map(offer => inCloudOf(document, offer));
}

/** What is said of a finding for which nothing is offered. */
export function noRewrite({ ruleId }: Finding): Refusal {
  const { remedy } = describe({ ruleId, messageArgs: {} });
  return {
    refusal: `Keyless knows no safe rewrite for this place. ${remedy} The snippets that start with "keyless-" show the client; what needs a secret all the same belongs in Key Vault.`,
  };
}
