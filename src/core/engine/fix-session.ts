import type { RewriteTools } from '../rewrite/tools.ts';
import { isRefusal, onlyExplains, type Fix, type FollowUp, type Guide, type Refusal } from '../rewrite/fix.ts';
import { composeEdits, type OwnedEdit } from '../text/owned-edits.ts';
import { applyEdits } from '../text/text-edit.ts';
import { groupChanges, type GroupedEdit, type MadeFix } from './change-groups.ts';
import { applySettings } from './apply-settings.ts';
import type { FileSettings } from './config.ts';
import type { Finding, SourceDocument } from './finding.ts';
import { fixesFor, noRewrite } from './fixes.ts';
import type { ScanState } from './scan.ts';
import { rescanJoined } from './split-secrets.ts';
import { whyUnsure } from './unsure-files.ts';

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

/** What became of a document's findings. */
export interface SettledDocument {
  readonly document: SourceDocument;
  /** By a fix of its own or of another document. */
  readonly fixed: number;
  readonly unfixed: readonly Unfixed[];
}

export interface FixSession {
  /** Applies the preferred fix of every finding (of one rule, when named), one after the other. */
  fixDocument(document: SourceDocument, options?: FixDocumentOptions): Promise<FixAllResult>;
  /** All documents so far: what a later fix took away, or made possible, is no longer left. */
  settle(): Promise<readonly SettledDocument[]>;
  /** How many of the findings are left in the documents' texts as somebody let them become. */
  leftIn(textOf: (uri: string) => string | undefined): Promise<number>;
  /** Every fix that was made; its index is the number that groups of changes know it by. */
  made(): readonly MadeFix[];
  /** Every file that differs from what the caller has, e.g. a manifest that several documents share. */
  changes(): FileChange[];
}

export interface FixDocumentOptions {
  readonly ruleId?: string;
  /** What their settings turn off or suppress is no finding. */
  readonly settings?: FileSettings;
  readonly signal?: AbortSignal;
  /** Told before each finding; `done` of `all` are behind. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface FileChange {
  readonly uri: string;
  readonly languageId: string;
  readonly before: string;
  readonly after: string;
  /** From `before` to `after`, each with those that it must not be parted from. */
  readonly edits: readonly GroupedEdit[];
}

/** A document that was gone through, with what was left in it. */
interface Visited {
  readonly document: SourceDocument;
  readonly options: FixDocumentOptions;
  readonly found: number;
  /** Fixes that had been made by then. */
  readonly madeBefore: number;
  readonly unfixed: readonly Unfixed[];
}

/** What all fixes so far come to; replaced as a whole, so that one that does not hold is taken back by keeping the old. */
interface Made {
  readonly fixes: readonly MadeFix[];
  readonly edits: ReadonlyMap<string, readonly OwnedEdit[]>;
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Runs single fixes one after the other over an overlay of the workspace, so that fix-all is the same code as one fix:
 * an import or credential that the first fix added is there for the second to reuse.
 */
export function fixSession(tools: RewriteTools): FixSession {
  const originals = new Map<string, SourceDocument>();
  const visited = new Map<string, Visited>();
  const scans = new Map<string, ScanState>();
  let made: Made = { fixes: [], edits: new Map(), texts: new Map() };
  const current = (document: SourceDocument): SourceDocument => {
    if (!originals.has(document.uri)) originals.set(document.uri, document);
    return { ...document, text: made.texts.get(document.uri) ?? originals.get(document.uri)?.text ?? document.text };
  };
  const overlay = overlaid(tools, current);

  const withFix = (fix: Fix, finding: Finding): Made => {
    const edits = new Map(made.edits);
    const texts = new Map(made.texts);
    for (const file of fix.files) {
      const original = originals.get(file.uri);
      if (!original) throw new Error('A fix edits a file that it has not read');
      const text = texts.get(file.uri) ?? original.text;
      texts.set(file.uri, applyEdits(text, file.edits));
      edits.set(file.uri, composeEdits(edits.get(file.uri) ?? [], text, file.edits, made.fixes.length));
    }
    const unsure = whyUnsure(fix.files);
    const { followUps, needs = [] } = fix;
    const { ruleId, uri } = finding;
    const fixes = [...made.fixes, { ruleId, uri, followUps, needs, ...(unsure === undefined ? {} : { unsure }) }];
    return { fixes, edits, texts };
  };

  const findingsIn = async (
    text: SourceDocument,
    { settings, ruleId }: FixDocumentOptions,
  ): Promise<readonly Finding[]> => {
    // Most of a text is as it was when it was last looked at.
    const state = await rescanJoined(text, scans.get(text.uri), () => tools.languages);
    if (state !== undefined) scans.set(text.uri, state);
    const found = state?.findings ?? [];
    const kept = settings === undefined ? found : applySettings(text, found, settings);
    return ruleId === undefined ? kept : kept.filter(finding => finding.ruleId === ruleId);
  };

  async function fixDocument(document: SourceDocument, options: FixDocumentOptions = {}): Promise<FixAllResult> {
    const fixed: Finding[] = [];
    const unfixed: Unfixed[] = [];
    const opened = await findingsIn(originals.get(document.uri) ?? document, options);
    const asOpened = new Map(opened.map(finding => [finding.fingerprint, finding]));
    /** As it stands in the caller's text: other fixes may have moved it. */
    const leave = (finding: Finding, { refusal, guide }: Refusal) =>
      unfixed.push({
        finding: asOpened.get(finding.fingerprint) ?? finding,
        reason: refusal,
        ...(guide && { guide }),
      });
    const followUps = new Map<string, FollowUp>();
    // A finding that was refused is counted by its place among the refused ones of its rule: its span moves with
    // every other fix, and its fingerprint may count neighbours.
    let passed = 0;
    let fixedSinceRefusal = false;
    for (let findings = await findingsIn(current(document), options); ;) {
      options.signal?.throwIfAborted();
      const now = current(document);
      const finding = findings[passed];
      options.onProgress?.(fixed.length + passed, fixed.length + findings.length);
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
      const before = made;
      made = withFix(result, finding);
      // Each fix must take its finding away, or the loop would not end and the secret would still be there.
      const rest = await findingsIn(current(document), options);
      if (rest.length >= findings.length) {
        made = before;
        leave(finding, { refusal: 'The rewrite would leave the secret in the file; nothing was changed.' });
        passed++;
        continue;
      }
      findings = rest;
      fixed.push(finding);
      fixedSinceRefusal ||= passed > 0;
      for (const followUp of result.followUps) followUps.set(followUp.kind + followUp.message, followUp);
    }
    visited.set(document.uri, { document, options, found: opened.length, madeBefore: made.fixes.length, unfixed });
    return { fixed, unfixed, followUps: [...followUps.values()] };
  }

  return {
    fixDocument,
    async settle() {
      for (const { document, options, unfixed, madeBefore } of [...visited.values()]) {
        if (unfixed.length > 0 && madeBefore < made.fixes.length) await fixDocument(document, options);
      }
      return [...visited.values()].map(({ document, found, unfixed }) => ({
        document,
        fixed: Math.max(0, found - unfixed.length),
        unfixed,
      }));
    },
    async leftIn(textOf) {
      let left = 0;
      for (const { document, options } of visited.values()) {
        const text = textOf(document.uri) ?? document.text;
        left += (await findingsIn({ ...document, text }, options)).length;
      }
      return left;
    },
    made: () => made.fixes,
    changes() {
      const files = [...made.texts].flatMap(([uri, after]) => {
        const original = originals.get(uri);
        if (original === undefined || original.text === after) return [];
        return [
          { uri, languageId: original.languageId, before: original.text, after, edits: made.edits.get(uri) ?? [] },
        ];
      });
      const grouped = groupChanges(made.fixes, files);
      return files.map((file, index) => ({ ...file, edits: grouped[index]?.edits ?? [] }));
    },
  };
}

/** The tools with a workspace in which the fixes so far are made. */
function overlaid(tools: RewriteTools, current: (document: SourceDocument) => SourceDocument): RewriteTools {
  const { workspace } = tools;
  if (workspace === undefined) return tools;
  return {
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
  };
}
