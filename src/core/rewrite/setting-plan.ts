import type { Node } from 'web-tree-sitter';
import { shownName } from './settings-files.ts';
import { constantString } from '../languages/constants.ts';
import { spanOf, type CredentialChoice, type SettingLookup, type SyntaxFile } from '../languages/syntax.ts';
import type { Service, SettingName } from '../services/service.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { endpointFromConstants, endpointFromText, sas, writesEntity } from './endpoint.ts';
import { messageRenames, nameRenames, usesName, writtenName } from './endpoint-names.ts';
import { refuseConnector } from './connector.ts';
import type { FollowUp, Refusal } from './fix.ts';
import { refuseGuided } from './guide.ts';
import { findMatches, secretCapture, traceValue, type Trace } from './flow.ts';
import type { Match } from './match.ts';
import type { ServiceMigration } from './migrations.ts';
import { lookupNode, type HeldBySettings } from './lookup-node.ts';
import { planConsumers, setSetting, textWith, type Plan, type VisibleFunction } from './plan.ts';
import { nameSettings, type Naming } from './setting-names.ts';
import { lineOf, unknownUse, visibleOutside } from './refusals.ts';
import { passedTo, sourcesOf, type Source } from './sources.ts';
import type { SettingChange } from './setting-change.ts';
import { freshRead, onlyLookup, planSplit, type LookupSource, type NewEndpoint } from './split-plan.ts';

/** How the reason begins where a setting is read for something else. */
export const nothingConnects = 'Nothing in this file connects with';

export interface FoundLookup {
  readonly node: Node;
  readonly lookup: SettingLookup;
}

/** The look-up whose missing value a literal stands in for: `process.env.X ?? 'literal'`. */
export function settingBackedBy(literal: Node, file: SyntaxFile): FoundLookup | undefined {
  for (let node = literal; node.parent !== null; node = node.parent) {
    for (const holder of [node.parent, node.parent.parent]) {
      const backed = holder === null ? undefined : file.language.defaulted(holder);
      if (backed?.fallback.id !== node.id) continue;
      const source = lookupNode(backed.value, file);
      const lookup = source && file.language.settingLookup(source);
      return source && lookup && { node: source, lookup };
    }
    if (file.language.wrapped(node.parent)?.id !== node.id) return undefined;
  }
  return undefined;
}

/**
 * Plans the rewrite of everything that takes what a setting holds. `fallback` is a secret in the file that is used
 * where the setting is missing: it becomes the endpoint that it is for.
 */
export function planSetting(
  file: SyntaxFile,
  found: FoundLookup,
  migrations: readonly ServiceMigration[],
  services: readonly Service[],
  choice: CredentialChoice,
  fallback?: { readonly literal: Node; readonly secret: string },
  held?: HeldBySettings,
  naming: Naming = 'plain',
): Plan | Refusal {
  const stated = fallback && constantString(fallback.literal, file)?.value;
  const known = stated === undefined ? held : (name: string) => (name === found.lookup.name ? stated : undefined);
  const matches = findMatches(file, migrations, known);
  const trace = traceValue(file, [outermostDefault(found.node, file)], matches);
  const start = fallback?.literal ?? found.node;
  return planSources(file, trace, migrations, services, {
    start,
    matches,
    nodes: [outermostDefault(found.node, file)],
    subject: found.lookup.name,
    secret: fallback?.secret,
    choice,
    naming,
  });
}

export interface SourcePlan {
  /** Where the value that was asked about comes from. */
  readonly start: Node;
  /** Expressions that hold it there. */
  readonly nodes: readonly Node[];
  /** The constructs of the file. */
  readonly matches: readonly Match[];
  /** What it is called in messages. */
  readonly subject: string;
  readonly secret: string | undefined;
  readonly choice: CredentialChoice;
  readonly naming: Naming;
}

/** Plans a rewrite in which a value stays on its way and becomes the endpoint where it starts. */
export function planSources(
  file: SyntaxFile,
  first: Trace,
  migrations: readonly ServiceMigration[],
  services: readonly Service[],
  plan: SourcePlan,
): Plan | Refusal {
  const guided = refuseGuided(first.consumers);
  if (guided !== undefined) return guided;
  const whole = withAllSources(file, first, plan);
  if ('refusal' in whole) return whole;
  const { trace, sources } = whole;
  const others = trace.unknownUses.filter(use => !file.language.isTest(use));
  const [harmful] = others;
  if (harmful !== undefined) {
    const lookups = sources.filter(source => source.kind === 'setting');
    const nameFor = (setting: SettingName): string | Refusal => nameOf(file, lookups, plan, setting);
    const split = planSplit(file, trace, others, sources, services, nameFor, plan);
    if (split !== undefined && !('refusal' in split)) return split;
    return refuseConnector(file, [harmful], migrations) ?? { refusal: unknownUse(file, harmful, services) };
  }
  const shown = [...trace.bindings].find(
    ({ kind, exposure }) => (kind === 'helper' || plan.secret !== undefined) && exposure === 'exported',
  );
  if (shown !== undefined) return { refusal: visibleOutside(shown.name) };
  const [consumer] = trace.consumers;
  if (consumer === undefined) return { refusal: `${nothingConnects} ${plan.subject}.` };
  if (sources.some(refersToEmulator)) return emulatorFallback;
  const { endpoint } = consumer.compiled.migration;
  const shared = { start: plan.start, secret: plan.secret, choice: plan.choice, visible: visibleCallees(trace) };
  const lookups = sources.filter(source => source.kind === 'setting');
  if (endpoint.from !== 'connectionString' || endpoint.of !== undefined) {
    const names = [...new Set(lookups.map(({ lookup }) => lookup.name))];
    const refusal = refuseKeys(trace.consumers, sources);
    if (refusal !== undefined) return refusal;
    return planConsumers(file, trace.consumers, {
      ...shared,
      secretBindings: new Set(
        [...trace.bindings].filter(binding => ![...trace.parameters].some(each => each.binding === binding)),
      ),
      endpointOf: match => endpointFromConstants(match, file),
      renames: [],
      dropped: [...trace.parameters],
      followUps: names.map(unusedSetting),
      settings: names.filter(name => !isHostSetting(name)).map(name => ({ name })),
    });
  }
  const { setting, derive } = endpoint;
  const foreign = trace.consumers.filter(({ compiled: { migration: other } }) => {
    return other.endpoint.from !== 'connectionString' || other.endpoint.setting !== setting;
  });
  const only = onlyLookup(sources);
  const resourceOf = ({ compiled }: Match): string | undefined =>
    (compiled as ServiceMigration).service.keysOff?.resourceType;
  const oneResource = only !== undefined && foreign.every(match => resourceOf(match) === resourceOf(consumer));
  const further = foreign.length > 0 && oneResource ? furtherEndpoints(file, foreign, lookups, plan) : undefined;
  if (foreign.length > 0 && (further === undefined || starves(trace, foreign))) {
    return { refusal: `Clients of different services read ${plan.subject}. Give each its own setting first.` };
  }
  if (trace.consumers.some(writesEntity)) {
    return {
      refusal: `The connection string in ${plan.subject} may name the event hub (EntityPath), and the call does not. Pass the hub's name to the client, then run the fix again.`,
    };
  }
  const apart = trace.consumers.find(match => !takesWhole(file, match, sources));
  if (apart !== undefined) {
    return {
      refusal: `Line ${lineOf(apart.node)} puts the secret together with something else, so its endpoint is not known there. Pass the endpoint and DefaultAzureCredential by hand.`,
    };
  }
  const named = nameSettings(file, lookups, plan.matches, setting, plan.naming);
  if ('refusal' in named) return named;
  const renames: TextEdit[] = [];
  for (const source of sources) {
    // Anything may stand in for a setting that is not there; what is no connection string stays.
    if (source.kind !== 'text' || (lookups.length > 0 && !source.value.includes('='))) continue;
    const wrong = trace.consumers.find(({ compiled: { migration } }) => migration.when?.test(source.value) === false);
    const derived = endpointFromText(wrong ?? consumer, source.value, file);
    if (wrong !== undefined || 'refusal' in derived) {
      return 'refusal' in derived ? derived : { refusal: unknownUse(file, source.node, services) };
    }
    renames.push({ span: spanOf(source.node), newText: file.language.quote(derived.value, file, source.node) });
  }
  if (setting.keepsName !== true) {
    for (const [lookup, name] of named) {
      renames.push({ span: lookup.lookup.nameSpan, newText: writtenName(lookup.lookup, name) });
      const same = lookups.filter(other => other.lookup.name === lookup.lookup.name).map(({ node }) => node);
      renames.push(...messageRenames(file, same, lookup.lookup, name));
    }
  }
  if (setting.keepsName !== true || lookups.length === 0) {
    renames.push(...nameRenames(file, trace.bindings, trace.parameters, setting));
  }
  const names = new Map([...named].map(([{ lookup }, name]) => [lookup.name, name]));
  return planConsumers(file, trace.consumers, {
    ...shared,
    secretBindings: new Set(),
    endpointOf: match => {
      const secret = secretCapture(match);
      if (secret === undefined) return undefined;
      const { endpoint: own } = match.compiled.migration;
      const other = own.from === 'connectionString' ? further?.get(own.setting.name) : undefined;
      if (other !== undefined && only !== undefined) return freshRead(file, match, only, other.name);
      return { kind: 'expression', text: textWith(file.text, spanOf(secret), renames), from: spanOf(secret) };
    },
    renames: [...new Map(renames.map(edit => [`${edit.span.start}`, edit])).values()],
    settings: [
      ...[...names].map(([old, name]): SettingChange => {
        return {
          name: old,
          becomes: { name, setting, derive },
          ...(isHostSetting(old) || usesName(file, old) ? { stays: true } : {}),
        };
      }),
      ...[...(further ?? [])].map(([, { becomes }]) => ({
        name: only?.lookup.name ?? '',
        becomes,
        stays: true as const,
      })),
    ],
    followUps: [...names].flatMap(([old, name]) => [
      setSetting(name, setting),
      ...[...(further ?? [])].map(([, other]) => setSetting(other.name, other.becomes.setting)),
      ...(setting.keepsName === true ? [] : [unusedSetting(old)]),
    ]),
  });
}

function nameOf(
  file: SyntaxFile,
  lookups: readonly LookupSource[],
  plan: SourcePlan,
  setting: SettingName,
): string | Refusal {
  const named = nameSettings(
    file,
    lookups,
    plan.matches,
    setting,
    typeof plan.naming === 'string' ? plan.naming : 'plain',
  );
  if ('refusal' in named) return named;
  return [...named.values()][0] ?? setting.name;
}

/** Settings of their own for clients of other services that take the same connection string. */
function furtherEndpoints(
  file: SyntaxFile,
  foreign: readonly Match[],
  lookups: readonly LookupSource[],
  plan: SourcePlan,
): Map<string, NewEndpoint> | undefined {
  const found = new Map<string, NewEndpoint>();
  for (const { compiled } of foreign) {
    const { endpoint } = compiled.migration;
    if (endpoint.from !== 'connectionString' || endpoint.of !== undefined || endpoint.setting.keepsName === true) {
      return undefined;
    }
    const { setting, derive } = endpoint;
    const name = nameOf(file, lookups, plan, setting);
    if (typeof name !== 'string') return undefined;
    found.set(setting.name, { name, becomes: { name, setting, derive } });
  }
  return found;
}

/** Whether a parameter would be left without a use. */
function starves({ parameters }: Trace, foreign: readonly Match[]): boolean {
  return [...parameters].some(({ binding }) =>
    binding.references.every(({ node }) => foreign.some(match => secretCapture(match)?.id === node.id)),
  );
}

/** The trace of everything that reaches the same constructs, from all calls of the functions in between. */
function withAllSources(
  file: SyntaxFile,
  first: Trace,
  plan: SourcePlan,
): { readonly trace: Trace; readonly sources: readonly Source[] } | Refusal {
  const own = plan.nodes.flatMap(node => sourcesOf(file, wholeText(file, node)));
  let trace = first;
  for (;;) {
    const all = [...own, ...[...trace.parameters].flatMap(parameter => passedTo(file, parameter))];
    const sources = [...new Map(all.map(source => [source.node.id, source])).values()];
    const unknown = sources.find(({ kind }) => kind === 'unknown');
    if (unknown !== undefined) {
      return {
        refusal: `Line ${lineOf(unknown.node)} passes something whose value Keyless cannot follow. Change that call first, then run the fix again.`,
      };
    }
    if (trace.parameters.size === 0) return { trace, sources };
    const next = traceValue(
      file,
      sources.map(({ node }) => outermostDefault(node, file)),
      plan.matches,
    );
    const same = next.parameters.size === trace.parameters.size && next.consumers.length === trace.consumers.length;
    trace = next;
    if (same) return { trace, sources };
  }
}

/** The text that a part of it is joined to. */
function wholeText({ language }: SyntaxFile, node: Node): Node {
  let whole = node;
  while (whole.parent !== null && language.pieces(whole.parent) !== undefined) whole = whole.parent;
  return whole;
}

/** Functions whose callers may stand in other files. */
function visibleCallees({ parameters }: Trace): VisibleFunction[] {
  const signatures = [...parameters].map(({ signature }) => signature).filter(({ exposure }) => exposure !== 'file');
  return signatures.map(({ nameNode, calledAs, exposure }) => ({
    name: nameNode.text,
    isType: calledAs === 'type',
    importable: exposure === 'importable',
  }));
}

/** Whether a construct gets a value as it is where it starts, and from nowhere else. */
function takesWhole(file: SyntaxFile, match: Match, sources: readonly Source[]): boolean {
  const secret = secretCapture(match);
  const own = secret === undefined ? [] : sourcesOf(file, secret);
  return own.length > 0 && own.every(({ node }) => sources.some(source => source.node.id === node.id));
}

/** A key that is known must not be one that says more than who may sign in, nor an emulator's. */
function refuseKeys(consumers: readonly Match[], sources: readonly Source[]): Refusal | undefined {
  const signed = sources.some(source => source.kind === 'text' && /(?:^|[?&])sig=/u.test(source.value));
  const [consumer] = consumers;
  return signed && consumer !== undefined ? sas(lineOf(consumer.node)) : undefined;
}

/** What the Functions host reads by itself. */
function isHostSetting(name: string): boolean {
  return /^AzureWebJobs/u.test(name);
}

function unusedSetting(name: string): FollowUp {
  if (isHostSetting(name)) {
    const message = `Keep ${name}: the Functions host reads it by itself. Give it its identity-based form, ${name}__accountName, apart from this.`;
    return { kind: 'checkOtherUses', message };
  }
  return {
    kind: 'removeSetting',
    message: `Remove the setting ${shownName(name)} once nothing reads it any more.`,
    together: {
      key: 'remove unused',
      message: 'Remove the settings {} once nothing reads them any more.',
      item: shownName(name),
    },
  };
}

function outermostDefault(node: Node, file: SyntaxFile): Node {
  let at = node;
  while (at.parent !== null) {
    const { parent } = at;
    const backed =
      file.language.defaulted(parent) ?? (parent.parent ? file.language.defaulted(parent.parent) : undefined);
    const inner = file.language.wrapped(parent) ?? file.language.defaulted(parent)?.value;
    if (inner?.id !== at.id && backed?.fallback.id !== at.id) break;
    at = parent;
  }
  return at;
}

function refersToEmulator(source: Source): boolean {
  return source.kind === 'text' && /UseDevelopment|devstoreaccount1|localhost|127\.0\.0\.1/iu.test(source.value);
}

const emulatorFallback: Refusal = {
  refusal:
    'Without the setting this code connects to a local emulator, which accepts no token. Separate the two clients first.',
};
