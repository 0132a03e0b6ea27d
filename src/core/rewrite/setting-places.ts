import { findNodeAtOffset, getNodePath, parseTree } from 'jsonc-parser';
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  type ParsedNode,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import type { SourceDocument } from '../engine/finding.ts';
import { constantText } from '../formats/expression.ts';
import { isFunctionsSetting } from '../templates/forms.ts';
import { readTemplate } from '../templates/read-template.ts';
import { writerFor } from '../templates/use-identity.ts';
import { applyEdits, type Span, spanContains, type TextEdit } from '../text/text-edit.ts';

/** A setting, in whatever file it is written. */
export interface SettingPlace {
  readonly name: string;
  readonly value: string;
  /** Names beside it. */
  readonly siblings: readonly string[];
  /** Puts settings in its place, in the file's own way of writing; `undefined` where that cannot be done safely. */
  readonly replaceBy: (
    settings: readonly { readonly name: string; readonly text: string }[],
  ) => readonly TextEdit[] | undefined;
}

/** The setting whose value holds the span, in a file that is surely about a Functions app. */
export function functionsSettingAt(document: SourceDocument, span: Span): SettingPlace | undefined {
  const place = settingPlaceAt(document, span);
  if (place === undefined) return undefined;
  const local = /(?:^|[/\\])local\.settings\.json$/iu.test(document.uri);
  return local || [place.name, ...place.siblings].some(isFunctionsSetting) ? place : undefined;
}

/** The setting whose value holds the span. */
export function settingPlaceAt(document: SourceDocument, span: Span): SettingPlace | undefined {
  const { languageId, uri } = document;
  if (/(?:^|[/\\])local\.settings\.json$/iu.test(uri)) return jsonPlace(document, span);
  if (languageId === 'dotenv') return dotenvPlace(document, span);
  if (languageId === 'yaml' || languageId === 'dockercompose') return yamlPlace(document, span);
  return templatePlace(document, span);
}

/** An entry of `Values` of a `local.settings.json`. */
function jsonPlace({ text }: SourceDocument, span: Span): SettingPlace | undefined {
  const tree = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
  const valueNode = tree && findNodeAtOffset(tree, span.start);
  const property = valueNode?.parent;
  if (valueNode?.type !== 'string' || property?.type !== 'property') return undefined;
  const [key] = property.children ?? [];
  const path = getNodePath(valueNode);
  if (key === undefined || path.length !== 2 || path[0] !== 'Values' || key === valueNode) return undefined;
  return {
    name: String(key.value),
    value: String(valueNode.value),
    siblings: (property.parent?.children ?? []).map(sibling => String(sibling.children?.[0]?.value)),
    replaceBy(settings) {
      const colon = text.slice(key.offset + key.length, valueNode.offset);
      const before = /[{,]?(\s*)$/u.exec(text.slice(0, property.offset))?.[1] ?? ' ';
      const written = settings.map(one => `${JSON.stringify(one.name)}${colon}${JSON.stringify(one.text)}`);
      const newText = written.join(`,${before === '' ? ' ' : before}`);
      return [{ span: { start: property.offset, end: property.offset + property.length }, newText }];
    },
  };
}

const dotenvName = /^(?<head>[ \t]*(?:export[ \t]+)?)(?<name>[A-Za-z_][\w.:-]*)(?<equals>[ \t]*=[ \t]*)/u;

interface DotenvLine {
  readonly head: string;
  readonly name: string;
  readonly equals: string;
  /** With its quotes. */
  readonly value: string;
  readonly span: Span;
}

function dotenvLines(text: string): DotenvLine[] {
  let start = 0;
  return text.split('\n').flatMap(line => {
    const from = start;
    start += line.length + 1;
    const found = dotenvName.exec(line);
    if (found?.groups === undefined) return [];
    const { head = '', name = '', equals = '' } = found.groups;
    const value = line.slice(found[0].length).trimEnd();
    return [{ head, name, equals, value, span: { start: from, end: from + found[0].length + value.length } }];
  });
}

function dotenvPlace({ text }: SourceDocument, span: Span): SettingPlace | undefined {
  const lines = dotenvLines(text);
  const at = lines.find(line => spanContains(line.span, span));
  if (at === undefined) return undefined;
  const { head, name, equals, value } = at;
  const quote = /^(?<quote>["'])[\s\S]*\k<quote>$/u.exec(value)?.groups?.['quote'] ?? '';
  return {
    name,
    value: value.slice(quote.length, value.length - quote.length),
    siblings: lines.map(line => line.name),
    replaceBy(settings) {
      const end = text.includes('\r\n') ? '\r\n' : '\n';
      const newText = settings.map(one => `${head}${one.name}${equals}${quote}${one.text}${quote}`).join(end);
      return [{ span: at.span, newText }];
    },
  };
}

/** A scalar's text, and how it is written. */
interface Held {
  readonly value: string;
  readonly range: readonly [number, number, number];
  readonly type: Scalar['type'];
}

type Text = Scalar<string> & { readonly range: [number, number, number] };

/** A key with its value, `KEY=value` in a list, or an object with `name` and `value`. */
function yamlPlace({ text }: SourceDocument, span: Span): SettingPlace | undefined {
  let place: SettingPlace | undefined;
  for (const document of parseAllDocuments(text)) {
    if (!('contents' in document) || document.errors.length > 0) continue;
    visit(document, {
      Scalar(key, node, path) {
        if (key === 'key' || typeof node.value !== 'string' || !node.range) return undefined;
        const [start, end] = node.range;
        if (!spanContains({ start, end }, span)) return undefined;
        place = yamlPlaceOf(text, node as Text, path.at(-1), path.at(-2), path.at(-3), merged(document));
        return visit.BREAK;
      },
    });
  }
  return place;
}

function yamlPlaceOf(
  text: string,
  node: Text,
  parent: unknown,
  holder: unknown,
  list: unknown,
  mergedInto: (map: YAMLMap<ParsedNode, ParsedNode | null>) => readonly string[],
): SettingPlace | undefined {
  const [start] = node.range;
  const block = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL';
  // A block of one line, such as `>-` with a value below it, gives way to a plain one.
  if (block && (isSeq(parent) || /[\r\n]/u.test(node.value.trim()))) return undefined;
  const end = block ? start + text.slice(start, node.range[1]).trimEnd().length : node.range[1];
  if (isSeq(parent)) {
    const named = /^(?<name>[A-Za-z_][\w.-]*)=(?<value>[\s\S]*)$/u.exec(node.value)?.groups;
    if (named === undefined || parent.flow === true) return undefined;
    const { name = '', value = '' } = named;
    const siblings = parent.items.flatMap(item => (isScalar(item) ? (String(item.value).split('=')[0] ?? '') : []));
    return {
      name,
      value,
      siblings,
      replaceBy: settings => {
        const written = settings.map(one => quoted(node, `${one.name}=${one.text}`));
        return [{ span: { start, end }, newText: written.join(`${lineBreakAt(text, start)}- `) }];
      },
    };
  }
  if (!isPair(parent) || !isMap(holder) || holder.flow === true) return undefined;
  const pair = parent as Pair<ParsedNode, ParsedNode | null>;
  const map = holder as YAMLMap<ParsedNode, ParsedNode | null>;
  const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
  const name = map.items.find(item => isScalar(item.key) && item.key.value === 'name')?.value;
  if (key === 'value' && isScalar(name) && isSeq(list)) {
    const held: Held = { value: node.value.trim(), range: [start, end, end], type: node.type };
    return entryPlace(text, held, map, name as Text, list.items);
  }
  if (key === undefined) return undefined;
  const keyStart = pair.key.range[0];
  const between = text.slice(pair.key.range[1], start);
  return {
    name: key,
    value: block ? node.value.trim() : node.value,
    siblings: [...namesIn(map), ...mergedInto(map)],
    replaceBy: settings => {
      const written = settings.map(one => `${one.name}${between}${quoted(node, one.text)}`);
      return [{ span: { start: keyStart, end }, newText: written.join(lineBreakAt(text, keyStart)) }];
    },
  };
}

function namesIn(map: YAMLMap<ParsedNode, ParsedNode | null>): string[] {
  return map.items.map(item => (isScalar(item.key) ? String(item.key.value) : ''));
}

/** Names that a mapping gets by `<<`. */
function merged(document: Document.Parsed): (map: YAMLMap<ParsedNode, ParsedNode | null>) => readonly string[] {
  return map =>
    map.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || (key.value !== '<<' && typeof key.value !== 'symbol')) return [];
      const sources = isSeq(value) ? value.items : [value];
      return sources.flatMap(source => {
        const held = isAlias(source) ? source.resolve(document) : source;
        return isMap(held) ? namesIn(held as YAMLMap<ParsedNode, ParsedNode | null>) : [];
      });
    });
}

/** `- name: NAME`, `  value: …`, as Kubernetes has it. */
function entryPlace(
  text: string,
  value: Held,
  map: YAMLMap<ParsedNode, ParsedNode | null>,
  name: Text,
  items: readonly unknown[],
): SettingPlace | undefined {
  const { range } = map;
  if (!range || typeof name.value !== 'string') return undefined;
  const span = { start: range[0], end: Math.max(value.range[1], name.range[1]) };
  const within = ([start, end]: Held['range']): Span => ({ start: start - span.start, end: end - span.start });
  return {
    name: name.value,
    value: value.value,
    siblings: items.flatMap(item => (isMap(item) ? String(item.get('name')) : [])),
    replaceBy: settings => {
      if (map.items.length !== 2) return undefined;
      const dash = text.lastIndexOf('-', span.start - 1);
      const gap = text.slice(dash + 1, span.start);
      const own = text.slice(span.start, span.end);
      const written = settings.map(one =>
        applyEdits(own, [
          { span: within(name.range), newText: quoted(name, one.name) },
          { span: within(value.range), newText: quoted(value, one.text) },
        ]),
      );
      return [{ span, newText: written.join(`${lineBreakAt(text, dash)}-${gap}`) }];
    },
  };
}

/** A text in the same quotes as the scalar that it replaces; in some where it needs them. */
function quoted({ type }: { readonly type?: Scalar['type'] }, value: string): string {
  if (type === 'QUOTE_SINGLE') return `'${value.replaceAll("'", "''")}'`;
  if (type === 'QUOTE_DOUBLE' || !/^[A-Za-z][\w./:=-]*$/u.test(value) || value.endsWith(':'))
    return JSON.stringify(value);
  return value;
}

/** A line end, and what stands before the place on its line up to a dash. */
function lineBreakAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const dash = /^(?<indent>[ \t]*)-[ \t]+$/u.exec(line)?.groups?.['indent'];
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${dash ?? line.replace(/\S/gu, ' ')}`;
}

/** A constant text among the settings that a template gives to an app. */
function templatePlace(document: SourceDocument, span: Span): SettingPlace | undefined {
  const template = readTemplate(document);
  const setting = template?.settings.find(({ valueSpan }) => spanContains(valueSpan, span));
  const value = constantText(setting?.value);
  if (template === undefined || setting?.name === undefined || value === undefined) return undefined;
  if (setting.form !== 'property' && setting.form !== 'entry') return undefined;
  const writer = writerFor(template);
  return {
    name: setting.name,
    value,
    siblings: setting.functions ? [...setting.siblings, 'FUNCTIONS_EXTENSION_VERSION'] : setting.siblings,
    replaceBy: settings =>
      writer.replaceSetting(
        setting,
        settings.map(one => ({ name: one.name, value: writer.constant(one.text) })),
      ),
  };
}
