import type { Node } from 'web-tree-sitter';
import { constantString } from '../languages/constants.ts';
import {
  spanOf,
  walk,
  type Binding,
  type CredentialChoice,
  type SettingLookup,
  type SyntaxFile,
} from '../languages/syntax.ts';
import type { Service, SettingName } from '../services/service.ts';
import { spanContains, type TextEdit } from '../text/text-edit.ts';
import { endpointFromConstants, endpointFromText, writesEntity } from './endpoint.ts';
import type { FollowUp, Refusal } from './fix.ts';
import { refuseGuided } from './guide.ts';
import { findMatches, secretCapture, traceValue } from './flow.ts';
import type { ServiceMigration } from './migrations.ts';
import { lookupNode, type HeldBySettings } from './lookup-node.ts';
import { planConsumers, setSetting, textWith, type Plan } from './plan.ts';
import { unknownUse, visibleOutside } from './refusals.ts';

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
): Plan | Refusal {
  const stated = fallback && constantString(fallback.literal, file)?.value;
  const known = stated === undefined ? held : (name: string) => (name === found.lookup.name ? stated : undefined);
  const trace = traceValue(file, [outermostDefault(found.node, file)], findMatches(file, migrations, known));
  const guided = refuseGuided(trace.consumers);
  if (guided !== undefined) return guided;
  const harmful = trace.unknownUses.find(use => !file.language.isTest(use));
  if (harmful !== undefined) return { refusal: unknownUse(file, harmful, services) };
  const shown = [...trace.bindings].find(({ kind, exposure }) => kind === 'helper' && exposure === 'exported');
  if (shown !== undefined) return { refusal: visibleOutside(shown.name) };
  const [consumer] = trace.consumers;
  if (consumer === undefined) return { refusal: `Nothing in this file connects with ${found.lookup.name}.` };
  const emulator = fallback === undefined ? emulatorFallback(found.node, file) : undefined;
  if (emulator !== undefined) return emulator;
  const { endpoint } = consumer.compiled.migration;
  const start = fallback?.literal ?? found.node;
  const shared = { start, secret: fallback?.secret, choice };
  if (endpoint.from !== 'connectionString' || endpoint.of !== undefined) {
    return planConsumers(file, trace.consumers, {
      ...shared,
      secretBindings: trace.bindings,
      endpointOf: match => endpointFromConstants(match, file),
      renames: [],
      followUps: [unusedSetting(found.lookup.name)],
      setting: { name: found.lookup.name },
    });
  }
  const { setting, derive } = endpoint;
  const mixed = trace.consumers.some(({ compiled: { migration: other } }) => {
    return other.endpoint.from !== 'connectionString' || other.endpoint.setting !== setting;
  });
  if (mixed) {
    return { refusal: `Clients of different services read ${found.lookup.name}. Give each its own setting first.` };
  }
  if (trace.consumers.some(writesEntity)) {
    return {
      refusal: `The connection string in ${found.lookup.name} may name the event hub (EntityPath), and the call does not. Pass the hub's name to the client, then run the fix again.`,
    };
  }
  const name = endpointName(found.lookup, setting);
  const renames =
    setting.keepsName === true
      ? []
      : [
          { span: found.lookup.nameSpan, newText: writtenName(found.lookup, name) },
          ...messageRenames(file, found, name),
          ...[...trace.bindings].flatMap(binding => variableRenames(file, binding, setting)),
        ];
  if (fallback !== undefined) {
    const derived = endpointFromText(consumer, constantString(fallback.literal, file)?.value, file);
    if ('refusal' in derived) return derived;
    const newText = file.language.quote(derived.value, file, fallback.literal);
    renames.push({ span: spanOf(fallback.literal), newText });
  }
  return planConsumers(file, trace.consumers, {
    ...shared,
    secretBindings: new Set(),
    endpointOf: match => {
      const secret = secretCapture(match);
      if (secret === undefined) return undefined;
      return { kind: 'expression', text: textWith(file.text, spanOf(secret), renames), from: spanOf(secret) };
    },
    renames,
    setting: {
      name: found.lookup.name,
      becomes: { name: setting.keepsName === true ? found.lookup.name : name, setting, derive },
    },
    followUps: [setSetting(name, setting), ...(setting.keepsName === true ? [] : [unusedSetting(found.lookup.name)])],
  });
}

/** A name as the look-up writes it: without the levels that it implies. */
function writtenName({ section = '' }: SettingLookup, name: string): string {
  return name.startsWith(section) ? name.slice(section.length) : name;
}

function unusedSetting(name: string): FollowUp {
  return { kind: 'removeSetting', message: `Remove the setting ${name} once nothing reads it any more.` };
}

/** Name of the endpoint setting in the style of the old one: a section keeps its path. */
export function endpointName(lookup: SettingLookup, setting: SettingName): string {
  if (setting.keepsName === true) return lookup.name;
  const section = /^.*(?::|__)/u.exec(lookup.name)?.[0];
  return section === undefined ? setting.name : section + setting.shortName;
}

function outermostDefault(node: Node, file: SyntaxFile): Node {
  let at = node;
  while (at.parent !== null) {
    const { parent } = at;
    const inner = file.language.wrapped(parent) ?? file.language.defaulted(parent)?.value;
    if (inner?.id !== at.id) break;
    at = parent;
  }
  return at;
}

function emulatorFallback(node: Node, file: SyntaxFile): Refusal | undefined {
  const outer = outermostDefault(node, file);
  const texts = [...outer.namedChildren, ...node.namedChildren].map(child => constantString(child, file)?.value);
  return texts.some(text => text !== undefined && /UseDevelopment|devstoreaccount1|localhost|127\.0\.0\.1/iu.test(text))
    ? {
        refusal:
          'Without the setting this code connects to a local emulator, which accepts no token. Separate the two clients first.',
      }
    : undefined;
}

/** Messages that name the old setting name the new one, unless the file reads the old one elsewhere. */
function messageRenames(file: SyntaxFile, found: FoundLookup, name: string): TextEdit[] {
  const lookups: string[] = [];
  const edits: TextEdit[] = [];
  walk(file.root, node => {
    const other = node.id === found.node.id ? undefined : file.language.settingLookup(node);
    if (other !== undefined) lookups.push(other.name);
    const pieces = file.language.pieces(node);
    if (pieces === undefined) return undefined;
    for (const piece of pieces) {
      if (piece.kind !== 'text' || spanContains(piece.span, found.lookup.nameSpan)) continue;
      const text = file.text.slice(piece.span.start, piece.span.end);
      const at = text.search(new RegExp(`(?<![\\w-])${escapeRegExp(found.lookup.name)}(?![\\w-])`, 'u'));
      if (at === -1) continue;
      const start = piece.span.start + at;
      edits.push({ span: { start, end: start + found.lookup.name.length }, newText: name });
    }
    return false;
  });
  return lookups.includes(found.lookup.name) ? [] : edits;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

/** A variable called after the connection string is called after the endpoint. */
function variableRenames(file: SyntaxFile, binding: Binding, setting: SettingName): TextEdit[] {
  if (!/^(?:value|helper)$/u.test(binding.kind) || binding.exposure === 'exported') return [];
  if (!/conn|cs$|string/iu.test(binding.name)) return [];
  const words = setting.shortName.split(/(?=[A-Z])/u).map(word => word.toLowerCase());
  const snake = binding.name.includes('_') || file.language.id === 'python';
  const upper = binding.name === binding.name.toUpperCase();
  const joined = snake
    ? words.join('_')
    : words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const [verb = ''] = /^get_?(?=_|\p{Lu})|^Get(?=\p{Lu})/u.exec(binding.name) ?? [];
  const pascal = /^\p{Lu}/u.test(binding.name) || (verb !== '' && !snake);
  const cased = pascal ? joined.charAt(0).toUpperCase() + joined.slice(1) : joined;
  const name = upper ? joined.toUpperCase() : verb + cased;
  if (file.symbols.bindings.some(other => other.name === name)) return [];
  const places = [binding.nameNode, ...binding.references.map(({ node, name: called }) => called ?? node)];
  if (places.some(node => node.text !== binding.name || isShorthand(file, node))) return [];
  return places.map(node => ({ span: spanOf(node), newText: name }));
}

function isShorthand(file: SyntaxFile, node: Node): boolean {
  const holder = node.parent && file.language.list(node.parent);
  return holder?.elements.some(element => element.shorthand && element.node.id === node.id) === true;
}
