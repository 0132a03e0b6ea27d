import { isMap, isScalar, isSeq, parseAllDocuments, type Document, type ParsedNode } from 'yaml';
import type { Span } from '../text/text-edit.ts';

/** One property of a Spring application's settings. */
export interface SpringProperty {
  /** Full name as written, levels joined with dots, e.g. `spring.datasource.url`. */
  readonly name: string;
  /** The name as Spring compares it: lower case, without hyphens and underscores. */
  readonly canonical: string;
  /** The value with escapes undone. */
  readonly value: string;
  /** The value as it stands in the text, quotes included. */
  readonly valueSpan: Span;
  /** From the key to the end of the value. */
  readonly span: Span;
  /** The key as it is written at this place, and the full name of what it stands in (empty at the top). */
  readonly ownKey: string;
  readonly parent: string;
  /** In YAML: the mappings that it stands in, outermost first. */
  readonly levels: readonly SpringLevel[];
}

export interface SpringLevel {
  /** Offset of the key that leads on to the property. */
  readonly key: number;
  /** The keys of the mapping: text and offset. */
  readonly keys: readonly { readonly text: string; readonly start: number }[];
}

/** The settings that hold together: a file, or the document of a file of several, each of which is for another profile. */
export interface SpringSettings {
  readonly form: 'properties' | 'yaml';
  readonly properties: readonly SpringProperty[];
}

const fileName = /(?:^|[/\\])(?:application|bootstrap)(?:-[\w.-]+)?\.(?<form>properties|ya?ml)$/iu;

/** What Spring Boot treats as the same name. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/[-_]/gu, '');
}

/** The settings around an offset; `undefined` when the file is not one of Spring's, or cannot be read. */
export function springSettingsAt(uri: string, text: string, offset: number): SpringSettings | undefined {
  const form = fileName.exec(uri)?.groups?.['form']?.toLowerCase();
  if (form === undefined) return undefined;
  return form === 'properties' ? propertiesAt(text, offset) : yamlAt(text, offset);
}

/** Lines that separate documents of a properties file. */
const separator = /^[#!]---[^\S\r\n]*$/u;

function propertiesAt(text: string, offset: number): SpringSettings {
  let sections: SpringProperty[][] = [[]];
  let found: SpringProperty[] | undefined;
  let start = 0;
  while (start < text.length) {
    const end = logicalEnd(text, start);
    const line = text.slice(start, end);
    if (separator.test(line)) sections = [...sections, []];
    const property = propertyIn(line, start);
    const section = sections.at(-1);
    if (property !== undefined) section?.push(property);
    if (start <= offset && offset <= end) found = section;
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return { form: 'properties', properties: found ?? sections.at(-1) ?? [] };
}

/** The end of a line and of those that continue it. */
function logicalEnd(text: string, start: number): number {
  const comment = /^\s*[#!]/u.test(text.slice(start, start + 80));
  for (let at = start; ;) {
    const lineBreak = /\r\n|\n|\r/u.exec(text.slice(at));
    if (lineBreak === null) return text.length;
    const end = at + lineBreak.index;
    const slashes = /\\*$/u.exec(text.slice(at, end))?.[0].length ?? 0;
    if (comment || slashes % 2 === 0) return end;
    at = end + lineBreak[0].length;
  }
}

function propertyIn(line: string, start: number): SpringProperty | undefined {
  const match = /^(?<indent>\s*)(?<key>(?:\\.|[^\s:=\\#!])(?:\\.|[^\s:=\\])*)(?<between>\s*[:=]?[^\S\r\n]*)/u.exec(
    line,
  );
  const { indent = '', key = '', between = '' } = match?.groups ?? {};
  if (match === null) return undefined;
  const raw = line.slice(match[0].length).replace(/\s+$/u, '');
  const from = start + indent.length;
  const valueStart = from + key.length + between.length;
  const name = unescapeProperty(key);
  return {
    name,
    canonical: canonicalName(name),
    value: unescapeProperty(raw),
    valueSpan: { start: valueStart, end: valueStart + raw.length },
    span: { start: from, end: valueStart + raw.length },
    ownKey: name,
    parent: '',
    levels: [],
  };
}

function unescapeProperty(text: string): string {
  return text.replace(/\\(?:(?:\r\n|\n|\r)\s*|u([0-9a-f]{4})|(.))/giu, (_, code?: string, plain?: string) => {
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    const control: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };
    return plain === undefined ? '' : (control[plain] ?? plain);
  });
}

function yamlAt(text: string, offset: number): SpringSettings | undefined {
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  if (!Array.isArray(documents)) return undefined;
  const document = documents.find(({ range }) => range[0] <= offset && offset <= range[2]);
  if (document === undefined || document.errors.length > 0) return undefined;
  return { form: 'yaml', properties: yamlProperties(document) };
}

function yamlProperties(document: Document.Parsed): SpringProperty[] {
  const found: SpringProperty[] = [];
  const visit = (node: ParsedNode | null, name: string, levels: readonly SpringLevel[]): void => {
    if (isSeq(node)) {
      node.items.forEach((item, i) => {
        visit(item, `${name}[${i}]`, levels);
      });
      return;
    }
    if (!isMap(node)) return;
    const keys = node.items.flatMap(({ key }) =>
      isScalar(key) ? [{ text: String(key.value), start: key.range[0] }] : [],
    );
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const ownKey = String(key.value);
      const own = name === '' ? ownKey : `${name}.${ownKey}`;
      const [start] = key.range;
      const path = [...levels, { key: start, keys }];
      visit(value, own, path);
      if (!isScalar(value)) continue;
      const [valueStart, end] = value.range;
      found.push({
        name: own,
        canonical: canonicalName(own),
        value: scalarText(value.value),
        valueSpan: { start: valueStart, end },
        span: { start, end },
        ownKey,
        parent: name,
        levels: path,
      });
    }
  };
  visit(document.contents, '', []);
  return found;
}

function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
