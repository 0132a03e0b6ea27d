import { createScanner, findNodeAtLocation, findNodeAtOffset, getNodePath, parseTree, type Node } from 'jsonc-parser';
import type { SourceDocument } from '../engine/finding.ts';
import { appConfigEntries, encodeXml, isAppConfig } from '../formats/app-config.ts';
import { canonicalName, springSettingsAt } from '../formats/spring-settings.ts';
import { appSettingsSection } from '../languages/csharp-settings.ts';
import { indentAt, lineEndOf, wholeLines } from '../templates/edit.ts';
import type { WorkspaceView } from './fix.ts';
import type { HeldBySettings } from './lookup-node.ts';
import { springEdits } from './spring-edits.ts';
import type { TextEdit } from '../text/text-edit.ts';

/** A setting in a file that a program's environment or configuration is read from. */
export interface SettingEntry {
  readonly document: SourceDocument;
  /** As code looks it up: levels of a section are parted by `:`. */
  readonly name: string;
  readonly value: string;
  /** The same entry under another name, which the file writes in its own way, with another value. */
  readonly become: (name: string, value: string) => readonly TextEdit[];
  /** Another entry right behind it. */
  readonly beside: (name: string, value: string) => readonly TextEdit[];
  readonly remove: () => readonly TextEdit[];
}

/** The files of settings that one folder can hold, each looked for by itself. */
export const settingsFiles: readonly RegExp[] = [
  /^\.env$/u,
  /^\.env\.local$/u,
  /^\.env\.development$/u,
  /^\.env\.production$/u,
  /^\.env\.(?:example|sample|template)$/u,
  /^local\.settings\.json$/iu,
  /^appsettings\.json$/iu,
  /^appsettings\.Development\.json$/iu,
  /^appsettings\.Production\.json$/iu,
  /^(?:web|app)\.config$/iu,
  /^web\.debug\.config$/iu,
  /^web\.release\.config$/iu,
  /^application\.(?:properties|ya?ml)$/u,
  /^application-(?:dev|development|local)\.(?:properties|ya?ml)$/u,
  /^application-(?:prod|production)\.(?:properties|ya?ml)$/u,
  /^application-(?:stage|staging|test)\.(?:properties|ya?ml)$/u,
];

const jsonOptions = { allowTrailingComma: true, disallowComments: false };

export function isSettingsFile(uri: string): boolean {
  const name = /[^/\\]*$/u.exec(uri)?.[0] ?? '';
  return settingsFiles.some(pattern => pattern.test(name));
}

/** A setting's name as its file and the app's environment have it. */
export function shownName(name: string): string {
  return name.startsWith(appSettingsSection) ? name.slice(appSettingsSection.length) : name;
}

/** The setting that code looks up under a name; environment variables write the levels of a section with `__`. */
export function settingEntry(document: SourceDocument, name: string): SettingEntry | undefined {
  const variable = name.replaceAll(':', '__');
  if (isDotenv(document.uri)) return dotenvEntries(document).find(entry => entry.name === variable);
  if (isAppConfig(document.uri)) {
    return configEntries(document).find(entry => entry.name.toLowerCase() === name.toLowerCase());
  }
  if (isSpringFile(document.uri)) return springEntry(document, name);
  const root = parseTree(document.text, [], jsonOptions);
  if (root === undefined) return undefined;
  const path = isFunctionsFile(document.uri) ? ['Values', variable] : spelledPath(root, name.split(':'));
  const value = path && findNodeAtLocation(root, path);
  return value && jsonEntry(document, path, value);
}

/** The setting whose value is at an offset. */
export function settingEntryAt(document: SourceDocument, offset: number): SettingEntry | undefined {
  if (isDotenv(document.uri)) {
    return dotenvEntries(document).find(({ start, end }) => start <= offset && offset < end);
  }
  if (isAppConfig(document.uri)) {
    return configEntries(document).find(({ start, end }) => start <= offset && offset < end);
  }
  if (isSpringFile(document.uri)) {
    const settings = springSettingsAt(document.uri, document.text, offset);
    const at = settings?.properties.find(({ valueSpan: { start, end } }) => start <= offset && offset < end);
    return at && springEntry(document, at.name);
  }
  const root = parseTree(document.text, [], jsonOptions);
  const value = root && findNodeAtOffset(root, offset);
  if (value?.type !== 'string' || value.parent?.type !== 'property' || value === value.parent.children?.[0]) {
    return undefined;
  }
  const path = getNodePath(value).map(String);
  if (isFunctionsFile(document.uri) && (path.length !== 2 || path[0] !== 'Values')) return undefined;
  return jsonEntry(document, path, value);
}

/** What the settings files around a document say that settings hold. */
export async function heldAround(
  document: SourceDocument,
  workspace: WorkspaceView | undefined,
): Promise<HeldBySettings | undefined> {
  if (workspace === undefined) return undefined;
  const found: SourceDocument[] = [];
  for (const pattern of settingsFiles) {
    const file = await workspace.findUp(document.uri, [pattern]);
    if (file !== undefined) found.push(file);
  }
  return name => found.map(file => settingEntry(file, name)?.value).find(value => value !== undefined);
}

function isDotenv(uri: string): boolean {
  return /(?:^|[/\\])\.env(?:\.[\w.-]+)?$/u.test(uri);
}

function isFunctionsFile(uri: string): boolean {
  return /(?:^|[/\\])local\.settings\.json$/iu.test(uri);
}

function isSpringFile(uri: string): boolean {
  return /(?:^|[/\\])application(?:-\w+)?\.(?:properties|ya?ml)$/u.test(uri);
}

/** A property that stands once in a Spring application's file: in several documents it is for several profiles. */
function springEntry(document: SourceDocument, name: string): SettingEntry | undefined {
  const { uri, text } = document;
  const starts = [0, ...[...text.matchAll(/^[#!]?---[^\S\r\n]*$/gmu)].map(found => found.index + found[0].length)];
  const sections = starts.flatMap(start => springSettingsAt(uri, text, start) ?? []);
  const found = new Map(
    sections.flatMap(settings =>
      settings.properties
        .filter(({ canonical }) => canonical === canonicalName(name))
        .map(property => [property.span.start, { settings, property }] as const),
    ),
  );
  const [only, other] = found.values();
  if (only === undefined || other !== undefined) return undefined;
  const { settings, property } = only;
  const change = (remove: readonly string[], set: readonly (readonly [string, string])[]): readonly TextEdit[] =>
    springEdits(uri, text, settings, property, { remove, set }) ?? [];
  return {
    document,
    name: property.name,
    value: property.value,
    become: (newName, newValue) => change([property.name], [[newName, newValue]]),
    beside: (newName, newValue) =>
      change(
        [],
        [
          [newName, newValue],
          [property.name, property.value],
        ],
      ),
    remove: () => change([property.name], []),
  };
}

type EntryInText = SettingEntry & { readonly start: number; readonly end: number };

/** Entries as `ConfigurationManager` looks them up. */
function configEntries(document: SourceDocument): EntryInText[] {
  const { text } = document;
  return appConfigEntries(text).map(({ section, name, value, nameSpan, valueSpan, span }) => {
    const prefix = section === 'appSettings' ? appSettingsSection : 'ConnectionStrings:';
    const [nameKey, valueKey] = section === 'appSettings' ? ['key', 'value'] : ['name', 'connectionString'];
    const own = (newName: string): string => encodeXml(newName.slice(newName.lastIndexOf(':') + 1));
    return {
      document,
      name: prefix + name,
      value,
      ...valueSpan,
      become: (newName, newValue) => [
        { span: nameSpan, newText: own(newName) },
        { span: valueSpan, newText: encodeXml(newValue) },
      ],
      beside(newName, newValue) {
        const written = `<add ${nameKey}="${own(newName)}" ${valueKey}="${encodeXml(newValue)}" />`;
        const newText = `${lineEndOf(text)}${indentAt(text, span.start)}${written}`;
        return [{ span: { start: span.end, end: span.end }, newText }];
      },
      remove: () => [{ span: wholeLines(text, span), newText: '' }],
    };
  });
}

function dotenvEntries(document: SourceDocument): EntryInText[] {
  const line = /^([^\S\r\n]*(?:export[^\S\r\n]+)?)([\w.-]+)([^\S\r\n]*=)([^\r\n]*)(?:\r?\n|$)/gmu;
  return [...document.text.matchAll(line)].map(match => {
    const [whole, lead = '', name = '', equals = '', after = ''] = match;
    const rest = after.trimStart();
    const quoted = /^(["'`])(.*?)\1/u.exec(rest);
    const value = quoted?.[2] ?? rest.replace(/(?:^|\s+)#.*$/u, '').trimEnd();
    const nameStart = match.index + lead.length;
    const start = nameStart + name.length + equals.length + after.length - rest.length + (quoted === null ? 0 : 1);
    const end = start + value.length;
    return {
      document,
      name,
      value,
      start,
      end,
      become: (newName, newValue) => [
        { span: { start: nameStart, end: nameStart + name.length }, newText: newName.replaceAll(':', '__') },
        { span: { start, end }, newText: newValue },
      ],
      beside(newName, newValue) {
        const at = match.index + whole.length;
        const newline = document.text.includes('\r\n') ? '\r\n' : '\n';
        const quote = quoted?.[1] ?? '';
        const line = `${lead}${newName.replaceAll(':', '__')}${equals}${quote}${newValue}${quote}`;
        const newText = whole.endsWith('\n') ? line + newline : newline + line;
        return [{ span: { start: at, end: at }, newText }];
      },
      remove: () => [{ span: { start: match.index, end: match.index + whole.length }, newText: '' }],
    };
  });
}

/** Configuration names are the same in any letter case: the path as the file writes it. */
function spelledPath(root: Node, wanted: readonly string[]): string[] | undefined {
  const path: string[] = [];
  let node: Node | undefined = root;
  for (const name of wanted) {
    const property: Node | undefined = node?.children?.find(
      child => String(child.children?.[0]?.value).toLowerCase() === name.toLowerCase(),
    );
    if (property === undefined) return undefined;
    path.push(String(property.children?.[0]?.value));
    node = property.children?.[1];
  }
  return path;
}

function jsonEntry(document: SourceDocument, path: readonly string[], value: Node): SettingEntry | undefined {
  const key = value.parent?.children?.[0];
  if (value.type !== 'string' || key === undefined) return undefined;
  const inFunctions = isFunctionsFile(document.uri);
  const name = inFunctions ? String(path[1]) : path.join(':');
  return {
    document,
    name,
    value: String(value.value),
    become(newName, newValue) {
      const own = inFunctions ? newName.replaceAll(':', '__') : (newName.split(':').at(-1) ?? newName);
      return [
        { span: { start: key.offset, end: key.offset + key.length }, newText: JSON.stringify(own) },
        { span: { start: value.offset, end: value.offset + value.length }, newText: JSON.stringify(newValue) },
      ];
    },
    beside(newName, newValue) {
      const own = inFunctions ? newName.replaceAll(':', '__') : (newName.split(':').at(-1) ?? newName);
      const line = document.text.slice(0, key.offset).match(/(?:\r?\n[^\S\n]*)?$/u)?.[0] ?? '';
      const at = value.offset + value.length;
      const newText = `,${line === '' ? ' ' : line}${JSON.stringify(own)}: ${JSON.stringify(newValue)}`;
      return [{ span: { start: at, end: at }, newText }];
    },
    remove: () => removeProperty(document.text, value.parent),
  };
}

/** A property with its line and comma; the last one takes the comma in front of it along. */
function removeProperty(text: string, property: Node | undefined): TextEdit[] {
  if (property === undefined) return [];
  const { offset, length } = property;
  const siblings = property.parent?.children ?? [];
  const comma = commaBehind(text, offset + length);
  const end = comma === undefined ? offset + length : comma + 1;
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?:\r?\n|$)/u.exec(text.slice(end))?.[0].length;
  const alone = text.slice(line, offset).trim() === '' && rest !== undefined;
  const edits: TextEdit[] = [];
  const before = siblings[siblings.indexOf(property) - 1];
  if (comma === undefined && before !== undefined) {
    const at = commaBehind(text, before.offset + before.length);
    if (at !== undefined) edits.push({ span: { start: at, end: at + 1 }, newText: '' });
  }
  const space = alone ? 0 : (/^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0);
  const start = !alone && comma === undefined ? text.slice(0, offset).trimEnd().length : offset;
  const last = edits[0]?.span.end;
  const span = alone
    ? { start: line, end: end + rest }
    : { start: Math.max(start, last ?? 0), end: comma === undefined ? end : end + space };
  return [...edits, { span, newText: '' }];
}

/** The comma that follows a place, comments aside. */
function commaBehind(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return text.charAt(scanner.getTokenOffset()) === ',' ? scanner.getTokenOffset() : undefined;
}
