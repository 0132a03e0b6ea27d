import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { GrammarName } from '../languages/grammar-source.ts';
import type { Languages } from '../languages/languages.ts';
import type { LanguageAdapter } from '../languages/syntax.ts';
import type { ClientMigration, GuidedClient, Service } from '../services/service.ts';
import { compileMigration, leadingNameOf, type CompiledMigration } from './pattern.ts';

/** A migration ready to match, with the service that it belongs to. */
export interface ServiceMigration extends CompiledMigration {
  readonly service: Service;
  /** Set where the construct is only known to need work by hand. */
  readonly guided?: GuidedClient;
}

const compiled = new WeakMap<readonly Service[], Map<GrammarName, readonly LazyEntry[]>>();

interface LazyEntry {
  /** Text that a document must hold for the construct to stand in it. */
  readonly named: string;
  readonly load: () => Promise<ServiceMigration>;
}

/** Migrations whose construct is named in the document, each compiled once per grammar and not before it is named. */
export async function migrationsFor(
  document: SourceDocument,
  services: readonly Service[],
  languages: Languages,
): Promise<readonly ServiceMigration[]> {
  const language = adapterFor(document.languageId);
  if (language === undefined) return [];
  const grammar = language.grammarFor(document);
  let byGrammar = compiled.get(services);
  if (byGrammar === undefined) compiled.set(services, (byGrammar = new Map<GrammarName, readonly LazyEntry[]>()));
  let entries = byGrammar.get(grammar);
  if (entries === undefined) {
    entries = services
      .flatMap(entriesOf)
      .filter(({ migration }) => migration.language === language.id)
      .map(entry => lazily(entry, grammar, language, languages));
    byGrammar.set(grammar, entries);
  }
  return Promise.all(entries.filter(({ named }) => document.text.includes(named)).map(({ load }) => load()));
}

function lazily(entry: Entry, grammar: GrammarName, language: LanguageAdapter, languages: Languages): LazyEntry {
  const { defaultExport, module, before } = entry.migration;
  let loading: Promise<ServiceMigration> | undefined;
  const compile = async (): Promise<ServiceMigration> => ({
    ...entry,
    ...(await compileMigration(entry.migration, grammar, language, languages)),
  });
  const load = (): Promise<ServiceMigration> => {
    if (loading === undefined) {
      loading = compile();
      // A grammar that could not be read is asked for again.
      loading.catch(() => (loading = undefined));
    }
    return loading;
  };
  return { named: defaultExport ? module : leadingNameOf(before), load };
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
