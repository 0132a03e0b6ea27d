import type { Span } from '../text/text-edit.ts';

/** One `<add>` of `<appSettings>` or `<connectionStrings>` in a web.config or app.config. */
export interface AppConfigEntry {
  readonly section: 'appSettings' | 'connectionStrings';
  readonly name: string;
  /** With its entities undone. */
  readonly value: string;
  /** Between the quotes. */
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  /** The whole element. */
  readonly span: Span;
}

const sections = /<(?<section>appSettings|connectionStrings)\b[^>]*(?<!\/)>/gu;
const element = /<!--[\s\S]*?-->|<add\s(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>/gu;
const attribute = /(?<name>[\w:.-]+)\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/gu;

/** Whether a file is the configuration of a .NET Framework program, or a transform of one. */
export function isAppConfig(uri: string): boolean {
  return /(?:^|[/\\])(?:web|app)(?:\.[\w-]+)?\.config$/iu.test(uri);
}

/** The entries of a configuration file, those in comments left out. */
export function appConfigEntries(text: string): AppConfigEntry[] {
  const quiet = text.replace(/<!--[\s\S]*?-->/gu, comment => comment.replace(/[^\r\n]/gu, ' '));
  return [...quiet.matchAll(sections)].flatMap(opening => {
    const section = opening.groups?.['section'] === 'appSettings' ? 'appSettings' : 'connectionStrings';
    const start = opening.index + opening[0].length;
    const close = quiet.indexOf(`</${section}`, start);
    const inside = quiet.slice(start, close === -1 ? start : close);
    return [...inside.matchAll(element)].flatMap(found => entryOf(section, found, start + found.index) ?? []);
  });
}

function entryOf(section: AppConfigEntry['section'], found: RegExpExecArray, at: number): AppConfigEntry | undefined {
  const [whole] = found;
  const list = found.groups?.['attributes'];
  if (list === undefined) return undefined;
  const from = at + whole.indexOf(list);
  const [nameKey, valueKey] = section === 'appSettings' ? ['key', 'value'] : ['name', 'connectionString'];
  const attributes = new Map(
    [...list.matchAll(attribute)].map(({ 0: written, index, groups }) => {
      const raw = groups?.['double'] ?? groups?.['single'] ?? '';
      const end = from + index + written.length - 1;
      return [groups?.['name'] ?? '', { raw, span: { start: end - raw.length, end } }] as const;
    }),
  );
  const [name, value] = [attributes.get(nameKey), attributes.get(valueKey)];
  if (name === undefined || value === undefined) return undefined;
  return {
    section,
    name: decodeXml(name.raw),
    value: decodeXml(value.raw),
    nameSpan: name.span,
    valueSpan: value.span,
    span: { start: at, end: at + whole.length },
  };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeXml(text: string): string {
  return text.replace(/&(?:#(?<code>\d{1,6})|#x(?<hex>[\da-f]{1,6})|(?<name>[a-z]{2,4}));/giu, (whole, ...rest) => {
    const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
    const code = groups['code'] === undefined ? parseInt(groups['hex'] ?? '', 16) : Number(groups['code']);
    const named = entities[groups['name'] ?? ''];
    return named ?? (code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole);
  });
}

/** A text for an attribute, whichever quotes it stands in. */
export function encodeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}
