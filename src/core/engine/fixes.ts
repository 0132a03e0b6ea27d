import { diffLines } from 'diff';
import { clientRewrites, type RewriteTools } from '../rewrite/client-rewrites.ts';
import { inCloudOf } from '../rewrite/clouds.ts';
import {
  explanation,
  isRefusal,
  onlyExplains,
  type Fix,
  type FixOffer,
  type FollowUp,
  type Guide,
  type Refusal,
} from '../rewrite/fix.ts';
import { moveToKeyVault } from '../rewrite/key-vault.ts';
import { rewriteAt } from '../rewrite/lookup-rewrites.ts';
import { settingRewrites } from '../rewrite/settings.ts';
import { identityRules } from '../rules/rules.generated.ts';
import { rewriteBehindSetting } from '../rewrite/setting-rewrites.ts';
import { templateOffer } from '../templates/edit.ts';
import { literalReference } from '../templates/key-vault-reference.ts';
import { services } from '../services/catalogue.generated.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';
import { applySettings, type FileSettings } from './config.ts';
import type { Finding, SourceDocument } from './finding.ts';
import { describe } from './rules.ts';
import { rescanJoined } from './split-secrets.ts';
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
  if (offers.length === 0 && toVault?.forced !== true) offers.push(explanation(noRewrite(finding)));
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
  if (own.some(offer => !onlyExplains(offer))) return own;
  const withCode = rewriteBehindSetting(document, finding, services, tools, own[0]);
  return withCode === undefined ? own : [withCode];
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

function noRewrite({ ruleId }: Finding): Refusal {
  const { remedy } = describe({ ruleId, messageArgs: {} });
  return {
    refusal: `Keyless knows no safe rewrite for this place. ${remedy} The snippets that start with "keyless-" show the client; what needs a secret all the same belongs in Key Vault.`,
  };
}

/** A finding that stays, and why. */
export interface Unfixed {
  readonly finding: Finding;
  readonly reason: string;
  readonly guide?: Guide;
}

export interface FixAllResult {
  readonly fixed: readonly Finding[];
  readonly unfixed: readonly Unfixed[];
  readonly followUps: readonly FollowUp[];
}

export interface FixSession {
  /** Applies the preferred fix of every finding (of one rule, when named), one after the other. */
  fixDocument(document: SourceDocument, options?: FixDocumentOptions): Promise<FixAllResult>;
  /** Every file that differs from what the caller has, e.g. a manifest that several documents share. */
  changes(): FileChange[];
}

export interface FixDocumentOptions {
  readonly ruleId?: string;
  /** What their settings turn off or suppress is no finding. */
  readonly settings?: FileSettings;
  readonly signal?: AbortSignal;
}

export interface FileChange {
  readonly uri: string;
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
  /** Why somebody should look at the change of this file before it is made; absent where it is certain. */
  readonly unsure?: string;
}

/**
 * Runs single fixes one after the other over an overlay of the workspace, so that fix-all is the same code as one fix:
 * an import or credential that the first fix added is there for the second to reuse.
 */
export function fixSession(tools: RewriteTools): FixSession {
  const originals = new Map<string, SourceDocument>();
  const texts = new Map<string, string>();
  const unsure = new Map<string, string>();
  const current = (document: SourceDocument): SourceDocument => {
    if (!originals.has(document.uri)) originals.set(document.uri, document);
    return { ...document, text: texts.get(document.uri) ?? document.text };
  };
  const { workspace } = tools;
  const overlay: RewriteTools = workspace
    ? {
        ...tools,
        workspace: {
          ...(workspace.mentioning && {
            mentioning: async (from, name) => {
              const found = (await workspace.mentioning?.(from, name)) ?? [];
              return found.map(current).filter(({ text }) => text.includes(name));
            },
          }),
          findUp: async (from, names) => {
            const found = await workspace.findUp(from, names);
            return found && current(found);
          },
        },
      }
    : tools;

  const apply = (fix: Fix) => {
    const next = fix.files.map(file => {
      const original = originals.get(file.uri);
      if (!original) throw new Error(`A fix edits ${file.uri}, which it has not read`);
      return [file.uri, applyEdits(texts.get(file.uri) ?? original.text, file.edits)] as const;
    });
    for (const [uri, text] of next) texts.set(uri, text);
    for (const file of fix.files) if (file.unsure !== undefined) unsure.set(file.uri, file.unsure);
  };

  return {
    async fixDocument(document, options = {}) {
      const fixed: Finding[] = [];
      const unfixed: Unfixed[] = [];
      const { settings } = options;
      const findingsIn = async (text: SourceDocument): Promise<readonly Finding[]> => {
        const found = (await rescanJoined(text, undefined, () => tools.languages))?.findings ?? [];
        return settings === undefined ? found : applySettings(text, found, settings);
      };
      const asOpened = new Map((await findingsIn(document)).map(finding => [finding.fingerprint, finding]));
      /** As it stands in the caller's text: other fixes may have moved it. */
      const leave = (finding: Finding, { refusal, guide }: Refusal) =>
        unfixed.push({
          finding: asOpened.get(finding.fingerprint) ?? finding,
          reason: refusal,
          ...(guide && { guide }),
        });
      const followUps = new Map<string, FollowUp>();
      const wanted = (finding: Finding) => !options.ruleId || finding.ruleId === options.ruleId;
      // A finding that was refused is counted by its place among the refused ones of its rule: its span moves with
      // every other fix, and its fingerprint may count neighbours.
      let passed = 0;
      let fixedSinceRefusal = false;
      for (;;) {
        options.signal?.throwIfAborted();
        const now = current(document);
        const findings = (await findingsIn(now)).filter(wanted);
        const finding = findings[passed];
        if (!finding) {
          if (!fixedSinceRefusal) break;
          // What stood in the way of an earlier fix may be gone by now.
          passed = 0;
          unfixed.length = 0;
          fixedSinceRefusal = false;
          continue;
        }
        const offers = await fixesFor(now, finding, overlay);
        const offer = offers.find(({ isPreferred }) => isPreferred) ?? offers.find(onlyExplains);
        const result = offer ? await offer.build() : noRewrite(finding);
        if (isRefusal(result)) {
          leave(finding, result);
          passed++;
          continue;
        }
        const snapshot = new Map(texts);
        apply(result);
        // Each fix must take its finding away, or the loop would not end and the secret would still be there.
        if ((await findingsIn(current(document))).filter(wanted).length >= findings.length) {
          texts.clear();
          for (const [uri, text] of snapshot) texts.set(uri, text);
          leave(finding, { refusal: 'The rewrite would leave the secret in the file; nothing was changed.' });
          passed++;
          continue;
        }
        fixed.push(finding);
        fixedSinceRefusal ||= passed > 0;
        for (const followUp of result.followUps) followUps.set(followUp.kind + followUp.message, followUp);
      }
      return { fixed, unfixed, followUps: [...followUps.values()] };
    },
    changes() {
      const changed: FileChange[] = [];
      for (const [uri, after] of texts) {
        const original = originals.get(uri);
        if (original && original.text !== after) {
          const why = unsure.get(uri);
          changed.push({
            uri,
            languageId: original.languageId,
            before: original.text,
            after,
            ...(why === undefined ? undefined : { unsure: why }),
          });
        }
      }
      return changed;
    },
  };
}

/** The change of a whole text as line-wise edits, so that the editor keeps cursors, folds and undo small. */
export function editsBetween(before: string, after: string): TextEdit[] {
  const edits: { start: number; end: number; newText: string }[] = [];
  let position = 0;
  for (const { value, added, removed } of diffLines(before, after)) {
    const start = position;
    if (!added) position += value.length;
    if (!added && !removed) continue;
    const last = edits.at(-1);
    if (last?.end === start) {
      last.end = position;
      if (added) last.newText += value;
    } else {
      edits.push({ start, end: position, newText: added ? value : '' });
    }
  }
  return edits.map(({ start, end, newText }) => ({ span: { start, end }, newText }));
}
