import type { Node } from 'web-tree-sitter';
import type { Parameter } from '../languages/parameters.ts';
import { spanOf, walk, type Binding, type SettingLookup, type SyntaxFile } from '../languages/syntax.ts';
import type { SettingName } from '../services/service.ts';
import { spanContains, type TextEdit } from '../text/text-edit.ts';

/** Words that say what a connection string is and not which one. */
const generic = new Set(
  'azure storage account connection conn string str cs connectionstring connstr namespace blob blobs queue queues table tables file share shares service servicebus bus event events hub hubs eventhub eventhubs cosmos db cosmosdb redis app config configuration appconfig communication acs signalr web pubsub default key endpoint url uri get my the'.split(
    ' ',
  ),
);

function wordsOf(name: string): string[] {
  return name.split(/[_:\-.]+|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/u).filter(Boolean);
}

/** What a name says beyond what it is: `PHOTOS` of `PHOTOS_STORAGE_CONNECTION_STRING`. */
function ownWords(name: string): string[] {
  return wordsOf(name).filter(word => !generic.has(word.toLowerCase()));
}

/** Name of the endpoint setting in the style of the old one: a section keeps its path. */
export function endpointName({ name }: SettingLookup, setting: SettingName): string {
  if (setting.keepsName === true) return name;
  const level = springLevel(name);
  if (level !== undefined) return level + kebab(setting.shortName);
  const section = /^.*(?::|__)/u.exec(name)?.[0];
  return section === undefined ? setting.name : section + setting.shortName;
}

/** The same for one of several settings of a kind: it says which one. `undefined` where the old name does not. */
export function ownEndpointName({ name }: SettingLookup, setting: SettingName): string | undefined {
  const section = /^.*(?::|__)/u.exec(name)?.[0] ?? springLevel(name) ?? '';
  const last = name.slice(section.length);
  const own = ownWords(last);
  if (own.length === 0) return undefined;
  if (springLevel(name) !== undefined) return section + [...own, kebab(setting.shortName)].join('-').toLowerCase();
  if (/[a-z]/u.test(last)) return section + own.map(capital).join('') + setting.shortName;
  return section + [...own, ...wordsOf(setting.shortName)].join('_').toUpperCase();
}

/** The levels above the last of a Spring property such as `photos.storage.connection-string`. */
function springLevel(name: string): string | undefined {
  return /^(?:[a-z][a-z\d[\]-]*\.)+(?=[a-z][a-z\d-]*$)/u.exec(name)?.[0];
}

function kebab(name: string): string {
  return wordsOf(name).join('-').toLowerCase();
}

/** Whether a file reads an endpoint of this kind already, under any name. */
export function readsEndpoint(file: SyntaxFile, setting: SettingName): boolean {
  const snake = wordsOf(setting.shortName).join('_').toUpperCase();
  let found = false;
  walk(file.root, node => {
    const name = file.language.settingLookup(node)?.name;
    found ||=
      name === setting.name || name?.endsWith(setting.shortName) === true || name?.endsWith(`_${snake}`) === true;
    return !found;
  });
  return found;
}

/** A name as the look-up writes it: without the levels that it implies. */
export function writtenName({ section = '' }: SettingLookup, name: string): string {
  return name.startsWith(section) ? name.slice(section.length) : name;
}

/** Whether a file names a setting elsewhere than where it reads it, as what binds an attribute to it does. */
export function usesName(file: SyntaxFile, name: string): boolean {
  let found = false;
  walk(file.root, node => {
    if (file.language.settingLookup(node)?.name === name) return false;
    const [only, ...more] = file.language.pieces(node) ?? [];
    found ||= only?.kind === 'text' && more.length === 0 && only.value === name;
    return !found;
  });
  return found;
}

/** Messages that name the old setting name the new one, unless the file reads the old one elsewhere. */
export function messageRenames(
  file: SyntaxFile,
  found: readonly Node[],
  lookup: SettingLookup,
  name: string,
): TextEdit[] {
  const lookups: string[] = [];
  const edits: TextEdit[] = [];
  walk(file.root, node => {
    const other = found.some(({ id }) => id === node.id) ? undefined : file.language.settingLookup(node);
    if (other !== undefined) lookups.push(other.name);
    const pieces = file.language.pieces(node);
    if (pieces === undefined) return undefined;
    for (const piece of pieces) {
      if (piece.kind !== 'text') continue;
      const text = file.text.slice(piece.span.start, piece.span.end);
      const at = text.search(new RegExp(`(?<![\\w-])${escapeRegExp(lookup.name)}(?![\\w-])`, 'u'));
      // The name alone is not said but used: something else reads the setting by it.
      if (at === -1 || text === lookup.name) continue;
      const start = piece.span.start + at;
      const span = { start, end: start + lookup.name.length };
      if (!found.some(own => spanContains(spanOf(own), span))) edits.push({ span, newText: name });
    }
    return false;
  });
  return lookups.includes(lookup.name) ? [] : edits;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

/** Names called after the connection string are called after the endpoint, no two the same. */
export function nameRenames(
  file: SyntaxFile,
  bindings: Iterable<Binding>,
  parameters: Iterable<Parameter>,
  setting: SettingName,
): TextEdit[] {
  const passed = new Map([...parameters].map(parameter => [parameter.binding, parameter]));
  const given: { readonly name: string; readonly binding: Binding }[] = [];
  const edits: TextEdit[] = [];
  for (const binding of new Set([...bindings, ...passed.keys()])) {
    const parameter = passed.get(binding);
    const named = /^(?:value|helper|field)$/u.test(binding.kind) || parameter !== undefined;
    if (!named || binding.exposure === 'exported' || !/conn|cs$|string/iu.test(binding.name)) continue;
    const places = [binding.nameNode, ...binding.references.map(({ node, name }) => name ?? node)].map(namePart);
    const uncertain = binding.references.some(reference => reference.uncertain);
    if (uncertain || places.some(node => node.text !== binding.name || isShorthand(file, node))) continue;
    const free = (name: string): boolean =>
      !file.symbols.bindings.some(other => other.name === name && meets(other, binding)) &&
      !given.some(other => other.name === name && other.binding.name !== binding.name && meets(other.binding, binding));
    const name = candidates(file, binding.name, setting).find(free);
    if (name === undefined) continue;
    given.push({ name, binding });
    edits.push(...places.map(node => ({ span: spanOf(node), newText: name })));
    if (parameter === undefined) continue;
    const labels = parameter.calls.flatMap(({ argument }) => argument?.node.childForFieldName('name') ?? []);
    edits.push(
      ...labels.filter(({ text }) => text === binding.name).map(node => ({ span: spanOf(node), newText: name })),
    );
    edits.push(...documentationRenames(file, parameter, name));
  }
  return [...new Map(edits.map(edit => [edit.span.start, edit])).values()];
}

/** Whether two names could not be alike: one is used where the other would hide it. */
function meets(a: Binding, b: Binding): boolean {
  if (a.scope.id === b.scope.id) return true;
  const usedIn = ({ nameNode, references }: Binding, { scope }: Binding): boolean =>
    [nameNode, ...references.map(({ node }) => node)].some(node => spanContains(spanOf(scope), spanOf(node)));
  if (spanContains(spanOf(a.scope), spanOf(b.scope))) return usedIn(a, b);
  return spanContains(spanOf(b.scope), spanOf(a.scope)) && usedIn(b, a);
}

/** The name alone of a member such as `this.name`. */
function namePart(node: Node): Node {
  if (node.type.endsWith('identifier')) return node;
  for (const field of ['property', 'attribute', 'name', 'field']) {
    const part = node.childForFieldName(field);
    if (part !== null) return part;
  }
  return node;
}

function candidates(file: SyntaxFile, name: string, setting: SettingName): string[] {
  const [lead = ''] = /^(?:_+|m_)?(?:get_(?=\p{L})|[gG]et(?=\p{Lu}))?/u.exec(name) ?? [];
  const rest = name.slice(lead.length);
  const endpoint = wordsOf(setting.shortName);
  const verb = /get$/iu.test(lead);
  const style = (words: readonly string[]): string => {
    if (rest.length > 1 && rest === rest.toUpperCase()) return words.join('_').toUpperCase();
    if (rest.includes('_') || file.language.id === 'python') return words.join('_').toLowerCase();
    const joined = words.map((word, i) => (i === 0 ? word.toLowerCase() : capital(word))).join('');
    return verb || /^\p{Lu}/u.test(rest) ? joined.charAt(0).toUpperCase() + joined.slice(1) : joined;
  };
  const own = ownWords(rest);
  if (own.length === 0) return [lead + style(endpoint)];
  const names = [lead + style(endpoint), lead + style([...own, ...endpoint])];
  // Where another is told apart by its own words, this one is as well.
  const several = file.symbols.bindings.some(
    other => other.name !== name && /conn/iu.test(other.name) && ownWords(other.name).length > 0,
  );
  return several ? names.reverse() : names;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/** The comments and texts that document a function. */
export function documentation(file: SyntaxFile, { signature }: Parameter): Node[] {
  const comments: Node[] = [];
  const top = /^(?:lexical_declaration|variable_declaration)$/u.test(signature.node.parent?.type ?? '')
    ? (signature.node.parent ?? signature.node)
    : signature.node;
  const outer = top.parent?.type === 'export_statement' ? top.parent : top;
  let above = outer.previousNamedSibling;
  for (; above !== null && file.language.isComment(above); above = above.previousNamedSibling) comments.push(above);
  walk(signature.node, node => {
    if (file.language.isComment(node)) comments.push(node);
    const docstring = node.type === 'string' && node.parent?.type === 'expression_statement';
    if (docstring) comments.push(node);
    return undefined;
  });
  return comments;
}

/** What the documentation of a function says of its parameter. */
function documentationRenames(file: SyntaxFile, parameter: Parameter, name: string): TextEdit[] {
  const { binding } = parameter;
  const word = new RegExp(`(?<![\\w.])${escapeRegExp(binding.name)}(?!\\w)`, 'gu');
  return documentation(file, parameter).flatMap(comment =>
    [...comment.text.matchAll(word)].map(({ index }) => {
      const start = comment.startIndex + index;
      return { span: { start, end: start + binding.name.length }, newText: name };
    }),
  );
}

function isShorthand(file: SyntaxFile, node: Node): boolean {
  const holder = node.parent && file.language.list(node.parent);
  return holder?.elements.some(element => element.shorthand && element.node.id === node.id) === true;
}
