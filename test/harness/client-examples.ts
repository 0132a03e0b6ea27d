import { fileURLToPath } from 'node:url';
import { createLanguages } from '../../src/core/languages/languages.ts';
import { isRefusal, type Fix, type Refusal } from '../../src/core/rewrite/fix.ts';
import { rewriteAt } from '../../src/core/rewrite/lookup-rewrites.ts';
import { clientRewrites } from '../../src/core/rewrite/client-rewrites.ts';
import type { SourceDocument } from '../../src/core/engine/finding.ts';
import { createStandIns, type StandIns } from '../../src/core/secrets/stand-ins.ts';
import { services } from '../../src/core/services/catalogue.generated.ts';
import type { ClientExample, ClientMigration, GuidedClient, Service } from '../../src/core/services/service.ts';
import { applyEdits, type Span } from '../../src/core/text/text-edit.ts';
import { grammarsInNodeModules } from '../../src/platform/grammars.ts';

const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));

export const languages = createLanguages(grammarsInNodeModules(nodeModules));

/** Stand-ins that remember what they gave out. */
export function recordingStandIns(seed: number): { standIns: StandIns; given: string[] } {
  const given: string[] = [];
  const source = createStandIns(seed);
  const standIns = new Proxy(source, {
    get:
      (target, name: keyof StandIns) =>
      (...args: unknown[]) => {
        const value = (target[name] as (...args: unknown[]) => string)(...args);
        given.push(value);
        return value;
      },
  });
  return { standIns, given };
}

export interface PreparedExample {
  readonly service: Service;
  readonly migration: ClientMigration;
  readonly example: ClientExample;
  readonly label: string;
  readonly document: SourceDocument;
  readonly secret: string;
  readonly span: Span;
}

const extensions: Readonly<Record<string, string>> = {
  java: 'java',
  typescript: 'ts',
  javascript: 'js',
  python: 'py',
  csharp: 'cs',
};

/** Every client example of the catalogue with the place of its stand-in, or of the cursor. */
export function preparedExamples(): PreparedExample[] {
  let seed = 1;
  return services.flatMap(service =>
    service.clients.flatMap((migration, m) =>
      migration.examples.map((example, e) => {
        const { standIns, given } = recordingStandIns(seed++);
        const text = example.before(standIns);
        const secret = given[0] ?? example.cursor ?? '';
        const start = text.lastIndexOf(secret);
        const languageId = example.languageId ?? migration.language;
        const label = `${service.id} ${languageId} ${m}.${e} ${migration.before}`;
        const uri = `${service.id}-${m}-${e}.${extensions[languageId] ?? languageId}`;
        const span = { start, end: start + (example.cursor === undefined ? secret.length : 0) };
        return { service, migration, example, label, document: { uri, languageId, text }, secret, span };
      }),
    ),
  );
}

export interface PreparedGuide extends Omit<PreparedExample, 'migration' | 'example'> {
  readonly guided: GuidedClient;
  readonly atCursor: boolean;
}

/** Every example of a construct that is explained and not rewritten. */
export function preparedGuides(): PreparedGuide[] {
  let seed = 100_000;
  return services.flatMap(service =>
    (service.guided ?? []).flatMap((guided, g) =>
      guided.examples.map((example, e) => {
        const { standIns, given } = recordingStandIns(seed++);
        const text = example.before(standIns);
        const secret = given[0] ?? example.cursor ?? '';
        const start = text.lastIndexOf(secret);
        const languageId = example.languageId ?? guided.language;
        const label = `${service.id} ${languageId} guide ${g}.${e} ${guided.before}`;
        const uri = `${service.id}-guide-${g}-${e}.${extensions[languageId] ?? languageId}`;
        const atCursor = example.cursor !== undefined;
        const span = { start, end: start + (atCursor ? 0 : secret.length) };
        return { service, guided, atCursor, label, document: { uri, languageId, text }, secret, span };
      }),
    ),
  );
}

/** The fix for the secret at `span`, applied; or the refusal; or nothing when none is offered. */
export async function fixText(
  document: SourceDocument,
  span: Span,
  mode: 'secret' | 'cursor' = 'secret',
): Promise<{ text: string; fix: Fix } | Refusal | undefined> {
  const [offer] =
    mode === 'secret'
      ? await clientRewrites(document, { span }, services, { languages })
      : await rewriteAt(document, span, services, { languages });
  const result = await offer?.build();
  if (result === undefined || isRefusal(result)) return result;
  return { text: applyEdits(document.text, result.files[0]?.edits ?? []), fix: result };
}
