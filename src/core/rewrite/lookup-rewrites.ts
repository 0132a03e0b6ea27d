import type { Node } from 'web-tree-sitter';
import type { SourceDocument } from '../engine/finding.ts';
import { adapterFor } from '../languages/adapters.ts';
import { constantString } from '../languages/constants.ts';
import { namedChildren, spanOf, walk, type Binding, type SettingLookup, type SyntaxFile } from '../languages/syntax.ts';
import type { Service, SettingName } from '../services/service.ts';
import { spanContains, type Span, type TextEdit } from '../text/text-edit.ts';
import type { Fix, FixOffer, FollowUp, Refusal } from './fix.ts';
import { findMatches, secretCapture, traceValue } from './flow.ts';
import type { Match } from './match.ts';
import { migrationsFor, type ServiceMigration } from './migrations.ts';
import { planConsumers, textWith, type Plan } from './plan.ts';
import { unknownUse } from './refusals.ts';
import type { RewriteTools } from './tools.ts';
import { verifiedFix } from './verify.ts';

/**
 * Offers for a cursor or selection where nothing was found: the client there, or the look-up there, reads its secret
 * from a setting. The client is rewritten; a connection string's setting becomes an endpoint setting.
 */
export async function rewriteAt(
  document: SourceDocument,
  span: Span,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<readonly FixOffer[]> {
  if (adapterFor(document.languageId) === undefined) return [];
  const migrations = await migrationsFor(document, services, tools.languages);
  if (migrations.length === 0) return [];
  const title = await tools.languages.read(document, file => {
    const found = lookupAt(file, span, migrations);
    if (found === undefined) return undefined;
    const { migration, service } = found.match.compiled as ServiceMigration;
    const connect = `Connect to ${service.name} with DefaultAzureCredential`;
    return migration.endpoint.from === 'capture'
      ? `${connect} instead of ${found.lookup.name}`
      : `${connect} and ${endpointName(found.lookup, migration.endpoint.setting)} instead of ${found.lookup.name}`;
  });
  if (title === undefined) return [];
  return [
    {
      id: 'use-default-azure-credential',
      title,
      isPreferred: false,
      build: () => buildRewrite(document, span, services, tools),
    },
  ];
}

async function buildRewrite(
  document: SourceDocument,
  span: Span,
  services: readonly Service[],
  tools: RewriteTools,
): Promise<Fix | Refusal> {
  const migrations = await migrationsFor(document, services, tools.languages);
  const result = await tools.languages.read(document, file => planLookup(file, span, migrations, services));
  if (result === undefined) return { refusal: 'The text changed since the fix was offered. Ask for it again.' };
  if ('refusal' in result) return result;
  const fix = await verifiedFix(document, result.plan, tools);
  return 'refusal' in fix ? fix : { ...fix, followUps: [...result.followUps, ...fix.followUps] };
}

interface FoundLookup {
  readonly match: Match;
  readonly node: Node;
  readonly lookup: SettingLookup;
}

/** The construct at a place that gets its secret from a setting: the cursor is in the construct or in the look-up. */
function lookupAt(file: SyntaxFile, span: Span, migrations: readonly ServiceMigration[]): FoundLookup | undefined {
  const candidates = findMatches(file, migrations).flatMap((match): FoundLookup[] => {
    const secret = secretCapture(match);
    const node = secret && lookupNode(secret, file);
    const lookup = node && file.language.settingLookup(node);
    if (node === undefined || lookup === undefined || !takesSecret(match, lookup, file)) return [];
    const near = [match.node, file.language.statementOf(node)];
    return near.some(place => spanContains(spanOf(place), span)) ? [{ match, node, lookup }] : [];
  });
  const size = ({ match }: FoundLookup): number => match.node.endIndex - match.node.startIndex;
  return candidates.sort((a, b) => size(a) - size(b))[0];
}

/** Follows names and defaults (`process.env.X ?? ''`) to the look-up that gives a value. */
function lookupNode(node: Node, file: SyntaxFile, depth = 0): Node | undefined {
  if (depth > 12) return undefined;
  if (file.language.settingLookup(node) !== undefined) return node;
  const inner = file.language.wrapped(node) ?? file.language.defaulted(node);
  if (inner !== undefined) return lookupNode(inner, file, depth + 1);
  const binding = file.symbols.bindingOf(node);
  if (!binding?.constant || binding.valueNode === undefined) return undefined;
  return lookupNode(binding.valueNode, file, depth + 1);
}

/**
 * Constructors take an endpoint in the same place as a connection string. Without its text, the setting's name and
 * the arguments behind it must tell the two apart.
 */
function takesSecret(match: Match, lookup: SettingLookup, file: SyntaxFile): boolean {
  const { secret, before } = match.compiled.migration;
  if (secret.form === 'key' || !/^new /u.test(before)) return !/ENDPOINT|_UR[IL]$/iu.test(lookup.name);
  if (/CONN|AzureWebJobsStorage/iu.test(lookup.name)) return true;
  if (/ENDPOINT|UR[IL]$|NAMESPACE|HOST/iu.test(lookup.name)) return false;
  const others = [...match.rests.values()].flat();
  return others.every(({ value }) => file.language.list(value)?.kind === 'object');
}

function planLookup(
  file: SyntaxFile,
  span: Span,
  migrations: readonly ServiceMigration[],
  services: readonly Service[],
): { readonly plan: Plan; readonly followUps: readonly FollowUp[] } | Refusal | undefined {
  const found = lookupAt(file, span, migrations);
  if (found === undefined) return undefined;
  const trace = traceValue(file, [outermostDefault(found.node, file)], findMatches(file, migrations));
  const harmful = trace.unknownUses.find(use => !file.language.isTest(use));
  if (harmful !== undefined) return { refusal: unknownUse(file, harmful, services) };
  const fallback = emulatorFallback(found.node, file);
  if (fallback !== undefined) return fallback;
  const { migration } = found.match.compiled;
  if (migration.endpoint.from === 'capture') {
    const plan = planConsumers(file, trace.consumers, {
      start: found.node,
      secret: undefined,
      secretBindings: trace.bindings,
      endpointOf: () => undefined,
      renames: [],
    });
    return 'refusal' in plan ? plan : { plan, followUps: [unusedSetting(found.lookup.name)] };
  }
  const { setting } = migration.endpoint;
  const mixed = trace.consumers.some(({ compiled: { migration: other } }) => {
    return other.endpoint.from !== 'connectionString' || other.endpoint.setting !== setting;
  });
  if (mixed) {
    return { refusal: `Clients of different services read ${found.lookup.name}. Give each its own setting first.` };
  }
  const name = endpointName(found.lookup, setting);
  const renames = [
    { span: found.lookup.nameSpan, newText: name },
    ...messageRenames(file, found, name),
    ...[...trace.bindings].flatMap(binding => variableRenames(file, binding, setting)),
  ];
  const plan = planConsumers(file, trace.consumers, {
    start: found.node,
    secret: undefined,
    secretBindings: new Set(),
    endpointOf: match => {
      const secret = secretCapture(match);
      if (secret === undefined) return undefined;
      return { kind: 'expression', text: textWith(file.text, spanOf(secret), renames), from: spanOf(secret) };
    },
    renames,
  });
  if ('refusal' in plan) return plan;
  const setEndpoint: FollowUp = {
    kind: 'setEndpoint',
    message: `Set ${name} to ${setting.holds} wherever the app runs.`,
    copyable: `${name}=${setting.holds}`,
  };
  return { plan, followUps: [setEndpoint, unusedSetting(found.lookup.name)] };
}

function unusedSetting(name: string): FollowUp {
  return { kind: 'removeSetting', message: `Remove the setting ${name} once nothing reads it any more.` };
}

/** Name of the endpoint setting in the style of the old one: a section keeps its path. */
function endpointName(lookup: SettingLookup, setting: SettingName): string {
  const section = /^.*(?::|__)/u.exec(lookup.name)?.[0];
  return section === undefined ? setting.name : section + setting.shortName;
}

function outermostDefault(node: Node, file: SyntaxFile): Node {
  let at = node;
  while (at.parent !== null) {
    const { parent } = at;
    const inner = file.language.wrapped(parent) ?? file.language.defaulted(parent);
    if (inner?.id !== at.id) break;
    at = parent;
  }
  return at;
}

function emulatorFallback(node: Node, file: SyntaxFile): Refusal | undefined {
  const outer = outermostDefault(node, file);
  const texts = [...namedChildren(outer), ...namedChildren(node)].map(child => constantString(child, file)?.value);
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
  if (binding.kind !== 'value' || binding.exposure === 'exported') return [];
  if (!/conn|cs$|string/iu.test(binding.name)) return [];
  const words = setting.shortName.split(/(?=[A-Z])/u).map(word => word.toLowerCase());
  const snake = binding.name.includes('_') || file.language.id === 'python';
  const upper = binding.name === binding.name.toUpperCase();
  const joined = snake
    ? words.join('_')
    : words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const name = upper ? joined.toUpperCase() : joined;
  if (file.symbols.bindings.some(other => other.name === name)) return [];
  const places = [binding.nameNode, ...binding.references.map(({ node }) => node)];
  if (places.some(node => node.text !== binding.name || isShorthand(file, node))) return [];
  return places.map(node => ({ span: spanOf(node), newText: name }));
}

function isShorthand(file: SyntaxFile, node: Node): boolean {
  const holder = node.parent && file.language.list(node.parent);
  return holder?.elements.some(element => element.shorthand && element.node.id === node.id) === true;
}
