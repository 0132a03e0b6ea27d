import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import { walk, type CredentialChoice, type SyntaxFile } from '../languages/syntax.ts';
import type { Service } from '../services/service.ts';
import { applyEdits, changeBetween } from '../text/text-edit.ts';
import type { FileEdits } from './fix.ts';
import { migrationsFor } from './migrations.ts';
import type { Plan } from './plan.ts';
import type { Naming } from './setting-names.ts';
import { planSetting, type FoundLookup } from './setting-plan.ts';
import type { RewriteTools } from './tools.ts';

/** What a rewrite of every client that reads one setting does to a document. */
export interface RewrittenReader {
  readonly document: SourceDocument;
  readonly after: SourceDocument;
  readonly plans: readonly Plan[];
  /** Why reads of the setting are left, one for each. */
  readonly left: readonly string[];
}

/**
 * Rewrites all clients of the workspace's code that read a setting, `except` one document that is seen to already.
 * `held` is what the setting holds, where that is known.
 */
export async function rewriteReaders(
  name: string,
  from: string,
  except: string | undefined,
  services: readonly Service[],
  tools: RewriteTools,
  choice: CredentialChoice,
  held?: string,
  naming: Naming = 'plain',
): Promise<readonly RewrittenReader[]> {
  const spellings = [...new Set([name, name.replaceAll('__', ':'), name.replaceAll(':', '__')])];
  const lastLevel = name.split(/:|__/u).at(-1) ?? name;
  const documents = (await tools.workspace?.mentioning?.(from, lastLevel)) ?? [];
  const found: RewrittenReader[] = [];
  for (const document of documents) {
    if (document.uri === except || adapterFor(document.languageId) === undefined) continue;
    const reader = await rewriteLookups(document, spellings, services, tools, choice, held, naming);
    if (reader !== undefined) found.push(reader);
  }
  return found;
}

/** `undefined` when nothing there reads the setting. */
export async function rewriteLookups(
  document: SourceDocument,
  names: readonly string[],
  services: readonly Service[],
  tools: RewriteTools,
  choice: CredentialChoice,
  held?: string,
  naming: Naming = 'plain',
): Promise<RewrittenReader | undefined> {
  const migrations = await migrationsFor(document, services, tools.languages);
  const plans: Plan[] = [];
  const heldBy = held === undefined ? undefined : (name: string) => (names.includes(name) ? held : undefined);
  let after = document;
  // A rewritten read has another name, unless the setting keeps its own: then it is passed over.
  for (let passed = 0; ;) {
    const step = await tools.languages.read(after, (file): Plan | readonly string[] => {
      const lookups = lookupsOf(file, names).slice(passed);
      const results = lookups.map(lookup =>
        planSetting(file, lookup, migrations, services, choice, undefined, heldBy, naming),
      );
      const plan = results.find((result): result is Plan => !('refusal' in result));
      return plan ?? results.flatMap(result => ('refusal' in result ? [result.refusal] : []));
    });
    if (step === undefined) return undefined;
    if (!('edits' in step)) {
      return plans.length + step.length === 0 ? undefined : { document, after, plans, left: step };
    }
    plans.push(step);
    after = { ...after, text: applyEdits(after.text, step.edits) };
    if (step.settings.every(({ name, becomes }) => becomes?.name === name)) passed++;
  }
}

export function editsOf({ document, after }: RewrittenReader): FileEdits {
  return { uri: document.uri, edits: [changeBetween(document.text, after.text)] };
}

function lookupsOf(file: SyntaxFile, names: readonly string[]): FoundLookup[] {
  const found: FoundLookup[] = [];
  walk(file.root, node => {
    const lookup = file.language.settingLookup(node);
    if (lookup !== undefined && names.includes(lookup.name)) found.push({ node, lookup });
    return undefined;
  });
  return found;
}
