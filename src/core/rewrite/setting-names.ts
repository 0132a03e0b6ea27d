import { walk, type SyntaxFile } from '../languages/syntax.ts';
import type { SettingName } from '../services/service.ts';
import { endpointName, ownEndpointName, readsEndpoint } from './endpoint-names.ts';
import type { Refusal } from './fix.ts';
import { secretCapture } from './flow.ts';
import type { Match } from './match.ts';
import { sourcesOf } from './sources.ts';
import type { LookupSource } from './split-plan.ts';

/** What the endpoint setting is called: as the service says, told apart by the old name, or what was decided before. */
export type Naming = 'plain' | 'own' | { readonly name: string; readonly setting: SettingName };

/** The new name of each setting; settings that differ keep different names. */
export function nameSettings(
  file: SyntaxFile,
  lookups: readonly LookupSource[],
  matches: readonly Match[],
  setting: SettingName,
  naming: Naming,
): Map<LookupSource, string> | Refusal {
  const old = new Set(lookups.map(({ lookup }) => lookup.name));
  if (setting.keepsName === true) return new Map(lookups.map(each => [each, each.lookup.name]));
  if (typeof naming !== 'string' && naming.setting === setting) {
    return new Map(lookups.map(each => [each, naming.name]));
  }
  const others = lookupsLike(file, matches, setting).filter(name => !old.has(name));
  const several = naming === 'own' || old.size + others.length > 1 || readsEndpoint(file, setting);
  const names = new Map(
    lookups.map(each => [
      each,
      (several ? ownEndpointName(each.lookup, setting) : undefined) ?? endpointName(each.lookup, setting),
    ]),
  );
  const byName = new Map([...names].map(([{ lookup }, name]) => [name, lookup.name]));
  const taken = [...byName.keys()].find(name => reads(file, name));
  if (byName.size < old.size || taken !== undefined) {
    return {
      refusal: `${[...old].join(' and ')} would become ${[...byName.keys()].join(' and ')}, which ${taken === undefined ? 'cannot hold both endpoints' : 'is read already'}. Give the settings names that tell them apart, then run the fix again.`,
    };
  }
  return names;
}

function reads(file: SyntaxFile, name: string): boolean {
  let found = false;
  walk(file.root, node => {
    found ||= file.language.settingLookup(node)?.name === name;
    return !found;
  });
  return found;
}

/** Settings that constructs of the file take the same kind of connection string from. */
function lookupsLike(file: SyntaxFile, matches: readonly Match[], setting: SettingName): string[] {
  return matches.flatMap(match => {
    const { endpoint } = match.compiled.migration;
    const secret = secretCapture(match);
    if (endpoint.from !== 'connectionString' || endpoint.setting !== setting || secret === undefined) return [];
    return sourcesOf(file, secret).flatMap(source => (source.kind === 'setting' ? source.lookup.name : []));
  });
}
