import {
  canonicalName,
  springSettingsAt,
  type SpringProperty,
  type SpringSettings,
} from '../formats/spring-settings.ts';
import type { SpringChange } from '../services/service.ts';
import { applyEdits, type Span, type TextEdit } from '../text/text-edit.ts';

/**
 * Edits that change properties of a Spring application's settings; new ones take the place of `at`.
 * `undefined` when the result would not read as planned, or a comment would be lost.
 */
export function springEdits(
  uri: string,
  text: string,
  settings: SpringSettings,
  at: SpringProperty,
  change: SpringChange,
): TextEdit[] | undefined {
  const byName = new Map(settings.properties.map(property => [property.canonical, property]));
  const names = new Set(change.remove.map(canonicalName));
  const removed = settings.properties.filter(({ canonical }) => names.has(canonical));
  const edits: TextEdit[] = [];
  const added: (readonly [name: string, value: string])[] = [];
  for (const [name, value] of change.set) {
    const existing = byName.get(canonicalName(name));
    if (existing === undefined || removed.includes(existing)) {
      added.push([name, value]);
      continue;
    }
    const edit = changedValue(text, existing, value);
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  const inPlace = added.length > 0;
  if (inPlace) {
    const newText = settings.form === 'yaml' ? yamlLines(text, at, added) : propertyLines(text, at, added);
    if (newText === undefined) return undefined;
    edits.push({ span: at.span, newText });
  }
  const gone = removed.filter(property => !(inPlace && property === at));
  const lines = new Map(gone.flatMap(property => linesOf(property, gone)).map(span => [span.start, span]));
  for (const span of lines.values()) {
    const line = wholeLines(text, span);
    if (line === undefined) return undefined;
    edits.push({ span: line, newText: '' });
  }
  return readsAsPlanned(uri, text, settings, at, change, edits) ? edits : undefined;
}

function changedValue(text: string, { valueSpan, value: old }: SpringProperty, value: string): TextEdit | undefined {
  const raw = text.slice(valueSpan.start, valueSpan.end);
  const quote = /^["']/u.exec(raw)?.[0] ?? '';
  if (raw !== quote + old + quote) return undefined;
  return { span: valueSpan, newText: quote + value + quote };
}

type Added = readonly (readonly [name: string, value: string])[];

function propertyLines(text: string, at: SpringProperty, added: Added): string {
  const between = text.slice(at.span.start + at.ownKey.length, at.valueSpan.start);
  const separator = /^\s*[:=]\s*$/u.test(between) ? between : '=';
  return added.map(([name, value]) => name + separator + value).join(lineBreak(text) + indentAt(text, at));
}

/** Nested like its surroundings; a name whose first level stands there already keeps its dots. */
function yamlLines(text: string, at: SpringProperty, added: Added): string | undefined {
  const prefix = at.parent === '' ? '' : `${canonicalName(at.parent)}.`;
  const siblings = new Set(at.levels.at(-1)?.keys.map(key => canonicalName(key.text)));
  const indent = indentAt(text, at);
  const step = indentStep(text, at) ?? 2;
  const lines: string[] = [];
  for (const [name, value] of added) {
    if (!canonicalName(name).startsWith(prefix)) return undefined;
    const own = name.split('.').slice(prefix === '' ? 0 : at.parent.split('.').length);
    const dotted = at.ownKey.includes('.') || siblings.has(canonicalName(own[0] ?? ''));
    const levels = dotted ? [own.join('.')] : own;
    levels.forEach((level, i) => {
      const last = i === levels.length - 1;
      lines.push(' '.repeat(i * step) + level + (last ? `: ${scalar(value)}` : ':'));
    });
  }
  return lines.join(lineBreak(text) + indent);
}

function scalar(value: string): string {
  return /^[\w$][\w./:$@{}[\]?=&;~+-]*$/u.test(value) && !/^[\d.]+$/u.test(value) ? value : JSON.stringify(value);
}

function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** White space that lines the continuation up with the property; in an item of a sequence its dash counts. */
function indentAt(text: string, { span }: SpringProperty): string {
  return text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start).replace(/\S/gu, ' ');
}

/** By how much a level is indented, as the property's own level is. */
function indentStep(text: string, { levels, span }: SpringProperty): number | undefined {
  const outer = levels.at(-2);
  const column = (offset: number): number => offset - text.lastIndexOf('\n', offset - 1) - 1;
  const step = outer === undefined ? 0 : column(span.start) - column(outer.key);
  return step > 0 ? step : undefined;
}

/** The property's own lines, and those of mappings that would be left empty. */
function linesOf(property: SpringProperty, gone: readonly SpringProperty[]): Span[] {
  const spans = [property.span];
  const starts = new Set(gone.map(({ span }) => span.start));
  for (let i = property.levels.length - 1; i > 0; i--) {
    const level = property.levels[i];
    const outer = property.levels[i - 1];
    if (level === undefined || outer === undefined || !level.keys.every(({ start }) => starts.has(start))) break;
    starts.add(outer.key);
    const name = outer.keys.find(({ start }) => start === outer.key)?.text ?? '';
    spans.push({ start: outer.key, end: outer.key + name.length + 1 });
  }
  return spans;
}

/** The lines of a span with their line end; `undefined` when they hold something else as well. */
function wholeLines(text: string, { start, end }: Span): Span | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[^\S\r\n]*(?:\r\n|\n|\r|$)/u.exec(text.slice(end));
  if (rest === null || text.slice(from, start).trim() !== '') return undefined;
  return { start: from, end: end + rest[0].length };
}

function readsAsPlanned(
  uri: string,
  text: string,
  settings: SpringSettings,
  at: SpringProperty,
  change: SpringChange,
  edits: readonly TextEdit[],
): boolean {
  const expected = new Map(
    settings.properties
      .filter(({ canonical }) => !change.remove.map(canonicalName).includes(canonical))
      .map(({ canonical, value }) => [canonical, value]),
  );
  for (const [name, value] of change.set) expected.set(canonicalName(name), value);
  const before = edits.reduce(
    (sum, { span, newText }) => (span.end <= at.span.start ? sum + newText.length - (span.end - span.start) : sum),
    0,
  );
  const changed = applyEdits(text, edits);
  // The last property of a file leaves a place behind its end.
  const place = Math.min(changed.length, Math.max(0, at.span.start + before));
  const result = springSettingsAt(uri, changed, place);
  const actual = new Map(result?.properties.map(({ canonical, value }) => [canonical, value]));
  return actual.size === expected.size && [...expected].every(([name, value]) => actual.get(name) === value);
}
