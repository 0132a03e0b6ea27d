import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { Languages } from '../languages/languages.ts';
import type { ClientMigration, GuidedClient, Service } from '../services/service.ts';
import { compileMigration, type CompiledMigration } from './pattern.ts';

/** A migration ready to match, with the service that it belongs to. */
export interface ServiceMigration extends CompiledMigration {
  readonly service: Service;
  /** Set where the construct is only known to need work by hand. */
  readonly guided?: GuidedClient;
}

const compiled = new WeakMap<readonly Service[], Map<string, Promise<readonly ServiceMigration[]>>>();

/** Migrations whose construct is named in the document, compiled once per grammar. */
export async function migrationsFor(
  document: SourceDocument,
  services: readonly Service[],
  languages: Languages,
): Promise<readonly ServiceMigration[]> {
  const language = adapterFor(document.languageId);
  if (language === undefined) return [];
  const grammar = language.grammarFor(document);
  let byGrammar = compiled.get(services);
  if (byGrammar === undefined)
    compiled.set(services, (byGrammar = new Map<string, Promise<readonly ServiceMigration[]>>()));
  let loading = byGrammar.get(grammar);
  if (loading === undefined) {
    const compile = async (entry: Entry): Promise<ServiceMigration> => ({
      ...entry,
      ...(await compileMigration(entry.migration, grammar, language, languages)),
    });
    const entries = services.flatMap(entriesOf).filter(({ migration }) => migration.language === language.id);
    loading = Promise.all(entries.map(compile));
    byGrammar.set(grammar, loading);
    const known = byGrammar;
    loading.catch(() => known.delete(grammar));
  }
  return (await loading).filter(({ leadingName, migration: { defaultExport, module } }) =>
    document.text.includes(defaultExport ? module : leadingName),
  );
}

type Entry = Pick<ServiceMigration, 'service' | 'migration' | 'guided'>;

/** Rewrites come before guides: what can be done by an edit is done by one. */
function entriesOf(service: Service): Entry[] {
  return [
    ...service.clients.map((migration): Entry => ({ service, migration })),
    ...(service.guided ?? []).map((guided): Entry => ({ service, guided, migration: asMigration(guided) })),
  ];
}

/** A guide matches and is traced like a rewrite; nothing is ever rendered from it. */
function asMigration(guided: GuidedClient): ClientMigration {
  return { ...guided, after: guided.before, endpoint: { from: 'capture' }, examples: [] };
}
