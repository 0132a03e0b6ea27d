import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import type { Languages } from '../languages/languages.ts';
import type { ClientMigration, Service } from '../services/service.ts';
import { compileMigration, type CompiledMigration } from './pattern.ts';

/** A migration ready to match, with the service that it belongs to. */
export interface ServiceMigration extends CompiledMigration {
  readonly service: Service;
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
    const compile = (service: Service, migration: ClientMigration): Promise<ServiceMigration> =>
      compileMigration(migration, grammar, language, languages).then(result => ({ ...result, service }));
    loading = Promise.all(
      services.flatMap(service =>
        service.clients
          .filter(migration => migration.language === language.id)
          .map(migration => compile(service, migration)),
      ),
    );
    byGrammar.set(grammar, loading);
    const known = byGrammar;
    loading.catch(() => known.delete(grammar));
  }
  return (await loading).filter(({ leadingName }) => document.text.includes(leadingName));
}
