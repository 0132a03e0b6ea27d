import type { Node } from 'web-tree-sitter';
import type { SyntaxFile } from '../languages/syntax.ts';
import type { Service, SettingName } from '../services/service.ts';
import { endpointFromConstants, writesEntity } from './endpoint.ts';
import type { FollowUp, Refusal } from './fix.ts';
import { secretCapture, type Trace } from './flow.ts';
import type { Match } from './match.ts';
import { planConsumers, setSetting, type ConsumerPlan, type Plan } from './plan.ts';
import { keyOnlyUse, unknownUse } from './refusals.ts';
import type { Endpoint } from './render.ts';
import type { SettingChange } from './setting-change.ts';
import type { Source } from './sources.ts';

export type LookupSource = Extract<Source, { kind: 'setting' }>;

/** The new setting of a construct, and how its value is computed from the old one. */
export interface NewEndpoint {
  readonly name: string;
  readonly becomes: NonNullable<SettingChange['becomes']>;
}

/**
 * Plans the rewrite of the clients that can take a token where something else needs the secret: they read an endpoint
 * from a setting of its own, and the old setting stays. `undefined` where that cannot be proven safe.
 */
export function planSplit(
  file: SyntaxFile,
  { consumers, bindings, parameters }: Trace,
  others: readonly Node[],
  sources: readonly Source[],
  services: readonly Service[],
  nameFor: (setting: SettingName) => string | Refusal,
  shared: Pick<ConsumerPlan, 'start' | 'choice'>,
): Plan | Refusal | undefined {
  const lookup = onlyLookup(sources);
  if (lookup === undefined || consumers.length === 0 || parameters.size > 0) return undefined;
  if ([...bindings].some(({ constant, references }) => !constant || references.some(({ uncertain }) => uncertain))) {
    return undefined;
  }
  const added = new Map<string, NewEndpoint>();
  for (const { compiled } of consumers) {
    const { endpoint } = compiled.migration;
    if (endpoint.from === 'setting' || (endpoint.from === 'connectionString' && endpoint.of !== undefined)) {
      return undefined;
    }
    if (endpoint.from === 'capture') continue;
    const { setting, derive } = endpoint;
    const name = setting.keepsName === true ? undefined : nameFor(setting);
    if (name === undefined || typeof name !== 'string') return undefined;
    added.set(setting.name, { name, becomes: { name, setting, derive } });
  }
  if (consumers.some(match => writesEntity(match) || !readsWhole(file, match, lookup))) return undefined;
  const aside = others.flatMap(use => keyOnlyUse(file, use, services)?.call.id ?? []);
  return planConsumers(file, consumers, {
    ...shared,
    secret: undefined,
    secretBindings: new Set(),
    endpointOf: match => {
      const { endpoint } = match.compiled.migration;
      if (endpoint.from !== 'connectionString') return endpointFromConstants(match, file);
      const own = added.get(endpoint.setting.name);
      return own && freshRead(file, match, lookup, own.name);
    },
    renames: [],
    keyCallsAside: new Set(aside),
    settings: [...added.values()].map(({ becomes }) => ({ name: lookup.lookup.name, becomes, stays: true })),
    followUps: [
      ...[...added.values()].map(({ name, becomes }) => setSetting(name, becomes.setting)),
      ...others.map(use => stillNeeded(file, use, lookup, services)),
    ],
  });
}

/** The one look-up that a value comes from, when there is no other source. */
export function onlyLookup(sources: readonly Source[]): LookupSource | undefined {
  const [first] = sources;
  if (first?.kind !== 'setting') return undefined;
  const same = sources.every(source => source.kind === 'setting' && source.lookup.name === first.lookup.name);
  return same ? first : undefined;
}

/** Whether a construct takes what the look-up gives, and nothing made of it. */
function readsWhole(file: SyntaxFile, match: Match, { node }: LookupSource): boolean {
  let at = secretCapture(match);
  for (let depth = 0; at !== undefined && depth < 12; depth++) {
    if (at.id === node.id) return true;
    const binding = file.symbols.bindingOf(at);
    at = file.language.wrapped(at) ?? file.language.defaulted(at)?.value ?? binding?.valueNode;
  }
  return false;
}

/** Reads another setting the way the old one is read; `undefined` where that is not possible at the construct. */
export function freshRead(
  file: SyntaxFile,
  match: Match,
  { node, lookup }: LookupSource,
  name: string,
): Endpoint | Refusal {
  const secret = secretCapture(match) ?? match.node;
  const holder = /^[\w$]+/u.exec(node.text)?.[0];
  const seen = holder === undefined ? undefined : file.symbols.lookup(holder, node);
  if (holder !== undefined && seen !== file.symbols.lookup(holder, match.node)) {
    return { refusal: `${holder}, which ${lookup.name} is read from, means something else where the client is made.` };
  }
  const { start, end } = lookup.nameSpan;
  const written = name.startsWith(lookup.section ?? '') ? name.slice(lookup.section?.length ?? 0) : name;
  const read = file.text.slice(node.startIndex, start) + written + file.text.slice(end, node.endIndex);
  const text = file.document.languageId.startsWith('typescript') ? `${read}!` : read;
  // Nothing of what was passed before is carried over.
  return { kind: 'expression', text, from: { start: secret.startIndex, end: secret.startIndex } };
}

function stillNeeded(file: SyntaxFile, use: Node, { lookup }: LookupSource, services: readonly Service[]): FollowUp {
  const why = unknownUse(file, use, services).replace(/ (?:first, )?then run the fix again\.?$/u, '.');
  return {
    kind: 'checkOtherUses',
    message: `${lookup.name} stays, because something still needs it. ${why.replace(/ first\.?$/u, '.')}`,
  };
}
