import { parseAllDocuments } from 'yaml';
import type { Finding, SourceDocument } from '../engine/finding.ts';
import { connectionStringFields, type ConnectionStringField } from '../formats/connection-string.ts';
import { type ConnectionStringAround, connectionStringAround } from '../secrets/connection-string-around.ts';
import { type DecodedText, decodeText, isCodeLanguage } from '../secrets/decoded-text.ts';
import type {
  ConnectionStringMigration,
  FunctionsConnectionMigration,
  Service,
  SettingMigration,
  SpringMigration,
} from '../services/service.ts';
import {
  canonicalName,
  springSettingsAt,
  type SpringProperty,
  type SpringSettings,
} from '../formats/spring-settings.ts';
import { applyEdits, spanContains, type Span, type TextEdit } from '../text/text-edit.ts';
import { serviceFollowUps, withOwn } from './follow-ups.ts';
import { syntaxErrors } from '../templates/edit.ts';
import { functionsSettingAt, type SettingPlace } from './setting-places.ts';
import { springEdits } from './spring-edits.ts';
import { explanation, guidance, type Fix, type FixOffer, type FollowUp, isRefusal, type Refusal } from './fix.ts';

/**
 * Offers to make the setting that holds the found secret keyless. None in code, unless the secret is in a connection
 * string that itself can say how to sign in: there the client changes, see client-rewrites.ts.
 */
export function settingRewrites(document: SourceDocument, finding: Finding, services: readonly Service[]): FixOffer[] {
  const service = services.find(({ credentials }) => credentials.some(({ id }) => id === finding.ruleId));
  if (service === undefined) return [];
  const migrations = service.settings.filter(({ cures }) => cures.includes(finding.ruleId));
  const spring = springRewrite(document, finding, migrations, service);
  if (spring !== undefined) return [spring];
  // What the Functions host reads it signs in to on its own, on a developer's machine as well.
  const functionsSetting = functionsSettingAt(document, finding.span);
  const functions = migrations.find(migration => migration.form === 'functionsConnection');
  if (functionsSetting !== undefined && functions !== undefined) {
    return [
      offer(functions.title, () => rewriteFunctionsConnection(document, finding, functionsSetting, functions, service)),
    ];
  }
  const address = addressRewrite(document, finding, migrations, service);
  if (address !== undefined) return [address];
  const inText = migrations.find(migration => migration.form === 'connectionString');
  const place = inText === undefined ? undefined : findConnectionString(document, finding.span);
  if (inText !== undefined && place !== undefined) {
    return [offer(inText.title, () => rewriteConnectionString(document, finding, place, inText, service))];
  }
  if (isCodeLanguage(document.languageId)) return [];
  return [offerWithout(otherSetting(document, finding, service))];
}

/** For a secret inside an address that itself can say how to sign in. */
function addressRewrite(
  { text, uri }: SourceDocument,
  { span }: Finding,
  migrations: readonly SettingMigration[],
  service: Service,
): FixOffer | undefined {
  const before = /[^\s"'`<>]*$/u.exec(text.slice(Math.max(0, span.start - reach), span.start))?.[0] ?? '';
  const after = /^[^\s"'`<>]*/u.exec(text.slice(span.end, span.end + reach))?.[0] ?? '';
  for (const migration of migrations) {
    if (migration.form !== 'address') continue;
    const from = before.search(migration.scheme);
    if (from === -1) continue;
    const whole = { start: span.start - before.length + from, end: span.end + after.length };
    return offer(migration.title, () => {
      const raw = text.slice(whole.start, whole.end);
      const escaped = raw.includes('&amp;');
      const result = migration.rewrite(escaped ? raw.replaceAll('&amp;', '&') : raw);
      if (typeof result !== 'string') return result;
      const newText = escaped ? result.replaceAll('&', '&amp;') : result;
      if (newText.includes(text.slice(span.start, span.end))) {
        return {
          refusal:
            'The address is written in a way that this fix cannot prove safe to change. Take the password out by hand.',
        };
      }
      return {
        files: [{ uri, edits: [{ span: whole, newText }] }],
        followUps: followUps(migration.followUps, service),
      };
    });
  }
  return undefined;
}

/** For a secret in a property of a Spring application that has a keyless form of its own. */
function springRewrite(
  document: SourceDocument,
  finding: Finding,
  migrations: readonly SettingMigration[],
  service: Service,
): FixOffer | undefined {
  const { text, uri } = document;
  if (migrations.every(({ form }) => form !== 'spring')) return undefined;
  const settings = springSettingsAt(uri, text, finding.span.start);
  const at = settings?.properties.find(({ valueSpan }) => spanContains(valueSpan, finding.span));
  if (settings === undefined || at === undefined) return undefined;
  for (const migration of migrations) {
    if (migration.form !== 'spring' || !migration.property.test(at.canonical)) continue;
    return offer(migration.title, () => rewriteSpring(document, settings, at, migration, service));
  }
  return undefined;
}

function rewriteSpring(
  { text, uri }: SourceDocument,
  settings: SpringSettings,
  at: SpringProperty,
  migration: SpringMigration,
  service: Service,
): Fix | Refusal {
  const byName = new Map(settings.properties.map(({ canonical, value }) => [canonical, value]));
  const change = migration.rewrite({
    name: at.name,
    prefix: at.name.slice(0, at.name.lastIndexOf('.') + 1),
    value: at.value,
    valueOf: name => byName.get(canonicalName(name)),
  });
  if (isRefusal(change)) return change;
  const edits = springEdits(uri, text, settings, at, change);
  if (edits === undefined) {
    return {
      refusal:
        'The lines to be changed hold something else as well, such as a comment, and it would be lost. Move it to a line of its own, then run the fix again.',
    };
  }
  return {
    files: [{ uri, edits }],
    followUps: followUps([...(change.followUps ?? []), ...migration.followUps], service),
  };
}

/** Built at once, which costs little here: what would refuse is offered as an explanation, not as a fix. */
function offer(title: string, build: () => Fix | Refusal): FixOffer {
  const result = build();
  if (isRefusal(result)) return explanation(result);
  return { id: 'use-identity-in-setting', title, isPreferred: true, build: () => Promise.resolve(result) };
}

/** How far around a finding its connection string is looked for. */
const reach = 4096;

interface ConnectionStringPlace {
  readonly decoded: DecodedText;
  readonly found: ConnectionStringAround;
}

/** The connection string whose password is at `span`. */
function findConnectionString(document: SourceDocument, span: Span): ConnectionStringPlace | undefined {
  const { text, languageId } = document;
  const window = { start: Math.max(0, span.start - reach), end: Math.min(text.length, span.end + reach) };
  const decoded = decodeText(text, window, languageId);
  const secret = decoded.toDecoded(span.start);
  const key = /[\w ]{2,40}\s*=\s*\S?$/u.exec(decoded.text.slice(Math.max(0, secret - 60), secret));
  if (key === null) return undefined;
  const at = { start: secret - key[0].trimStart().length, end: decoded.toDecoded(span.end - 1) + 1 };
  const found = connectionStringAround(decoded.text, at);
  return found.fields.some(({ content }) => content.start === secret) && found.fields.length > 1
    ? { decoded, found }
    : undefined;
}

function rewriteConnectionString(
  document: SourceDocument,
  finding: Finding,
  { decoded, found }: ConnectionStringPlace,
  migration: ConnectionStringMigration,
  service: Service,
): Fix | Refusal {
  const { text, languageId, uri } = document;
  const change = migration.rewrite({
    values: found.values,
    jdbc: found.jdbc,
    languageId,
    uri,
    surroundings: surroundingsOf(text, finding.span),
    mentions: evidence => evidence.test(text),
  });
  if (isRefusal(change)) return change;
  const removed = found.fields.filter(({ name }) => change.remove.includes(name));
  const [first] = removed;
  if (first === undefined) return { refusal: 'The text changed since the secret was found. Scan it again.' };
  const edits = removalEdits(decoded, removed, first, change.add);
  if (edits === undefined) {
    return {
      refusal:
        'The connection string is put together from parts, and what would go lies across two of them. Join them first.',
    };
  }
  const result = applyEdits(text, edits);
  if (!isAsPlanned(document, result, edits, found, removed, change.add)) {
    return {
      refusal:
        'The connection string is written in a way that this fix cannot prove safe to change. Remove user and password by hand.',
    };
  }
  return {
    files: [{ uri, edits }],
    followUps: [...(change.followUps ?? []), ...followUps(migration.followUps, service)],
  };
}

/** Puts `add` in the place of the first removed field and deletes the others with one `;` each. */
function removalEdits(
  decoded: DecodedText,
  removed: readonly ConnectionStringField[],
  first: ConnectionStringField,
  add: string,
): TextEdit[] | undefined {
  const { text } = decoded;
  const deletions: Span[] = [];
  for (const { whole } of removed) {
    if (whole === first.whole) continue;
    const last = text.charAt(whole.end - 1) !== ';' && text.charAt(whole.start - 1) === ';';
    const previous = deletions.at(-1);
    const start = last ? whole.start - 1 : whole.start;
    // A deletion that touches the one before it becomes one with it.
    if (previous !== undefined && previous.end >= start)
      deletions[deletions.length - 1] = { start: previous.start, end: whole.end };
    else deletions.push({ start, end: whole.end });
  }
  const valueEnd = text.charAt(first.whole.end - 1) === ';' ? first.whole.end - 1 : first.whole.end;
  const edits: TextEdit[] = [{ span: decoded.toSource({ start: first.key.start, end: valueEnd }), newText: add }];
  for (const deletion of deletions) {
    let span = decoded.toSource(deletion);
    if (crossesLiterals(decoded, deletion)) {
      // The `;` in front stands in another literal, and may stay.
      span = decoded.toSource({ start: deletion.start + 1, end: deletion.end });
      if (crossesLiterals(decoded, { start: deletion.start + 1, end: deletion.end })) return undefined;
    }
    edits.push({ span, newText: '' });
  }
  return crossesLiterals(decoded, { start: first.key.start, end: valueEnd }) ? undefined : edits;
}

/** Whether a decoded stretch covers the end of one literal and the start of the next. */
function crossesLiterals(decoded: DecodedText, span: Span): boolean {
  for (let i = span.start; i + 1 < span.end; i++) {
    const here = decoded.toSource({ start: i, end: i + 1 });
    const next = decoded.toSource({ start: i + 1, end: i + 2 });
    if (next.start !== here.end) return true;
  }
  return false;
}

/** Reads the result back: the same fields without the removed ones, and the new one. */
function isAsPlanned(
  document: SourceDocument,
  result: string,
  edits: readonly TextEdit[],
  before: ConnectionStringAround,
  removed: readonly ConnectionStringField[],
  add: string,
): boolean {
  const added = edits.find(({ newText }) => newText !== '');
  if (added === undefined) return false;
  const shift = edits.reduce(
    (sum, { span, newText }) => (span.end <= added.span.start && newText === '' ? sum - (span.end - span.start) : sum),
    0,
  );
  const start = added.span.start + shift;
  const window = { start: Math.max(0, start - reach), end: Math.min(result.length, start + reach) };
  const decoded = decodeText(result, window, document.languageId);
  const at = decoded.toDecoded(start);
  const after = connectionStringAround(decoded.text, { start: at, end: at + add.length });
  const expected = before.fields.filter(field => !removed.includes(field)).map(({ name, value }) => `${name}=${value}`);
  const actual = after.fields.map(({ name, value }) => `${name}=${value}`);
  const [name = '', value = ''] = add.split('=');
  const index = actual.indexOf(`${name.toLowerCase()}=${value}`);
  if (index === -1) return false;
  actual.splice(index, 1);
  return actual.length === expected.length && actual.every((field, i) => field === expected[i]);
}

/** The XML tag around a place, or its line. */
function surroundingsOf(text: string, span: Span): string {
  const open = text.lastIndexOf('<', span.start);
  const close = text.indexOf('>', span.end);
  if (open !== -1 && close !== -1 && open > text.lastIndexOf('>', span.start)) return text.slice(open, close);
  return text.slice(text.lastIndexOf('\n', span.start) + 1, span.end);
}

function rewriteFunctionsConnection(
  document: SourceDocument,
  finding: Finding,
  { name, value, siblings, replaceBy }: SettingPlace,
  migration: FunctionsConnectionMigration,
  service: Service,
): Fix | Refusal {
  if (/^WEBSITE_CONTENTAZUREFILECONNECTIONSTRING$/iu.test(name)) {
    return {
      refusal:
        'The content share of a Consumption or Premium plan has no identity-based form. Move the app to Flex Consumption, or take this value from Key Vault.',
    };
  }
  const fields = connectionStringFields(value);
  if (fields.size < 2)
    return { refusal: 'This setting is a bare key: code that reads it must change before the setting can go.' };
  const values = migration.rewrite(fields);
  if (isRefusal(values)) return values;
  const settings = Object.entries(values).map(([suffix, text]) => ({ name: `${name}__${suffix}`, text }));
  const taken = settings.find(setting =>
    siblings.some(sibling => sibling.toLowerCase() === setting.name.toLowerCase()),
  );
  if (taken !== undefined) {
    return {
      refusal: `${taken.name} is already set. Delete ${name}: while it is there, the host uses it and ignores the other.`,
    };
  }
  const { text, uri } = document;
  const edits = replaceBy(settings);
  const secret = text.slice(finding.span.start, finding.span.end);
  if (edits === undefined || applyEdits(text, edits).includes(secret) || !parsesAsBefore(document, edits)) {
    return {
      refusal:
        text.indexOf(secret) === text.lastIndexOf(secret)
          ? 'The file is not written in a way that this fix can change safely. Correct its syntax first.'
          : 'The same secret stands elsewhere in this file as well. Remove the other copies first, then run the fix again.',
    };
  }
  return {
    files: [{ uri, edits }],
    followUps: [
      {
        kind: 'setEndpoint',
        message: `Set ${settings.map(setting => setting.name).join(', ')} in the app’s settings in Azure as well.`,
        copyable: settings.map(setting => `${setting.name}=${setting.text}`).join('\n'),
        together: {
          key: 'set for functions',
          message: 'Set {} in the app’s settings in Azure as well.',
          item: settings.map(setting => setting.name).join(', '),
        },
      },
      {
        kind: 'removeSetting',
        message: `Delete ${name} from the app’s settings in Azure: while it is there, the host uses it and ignores the new ones.`,
        together: {
          key: 'remove from functions',
          message:
            'Delete {} from the app’s settings in Azure: while they are there, the host uses them and ignores the new ones.',
          item: name,
        },
      },
      ...followUps(migration.followUps, service),
    ],
  };
}

function parsesAsBefore(document: SourceDocument, edits: readonly TextEdit[]): boolean {
  const { languageId, text } = document;
  const after = applyEdits(text, edits);
  if (languageId === 'dotenv') return true;
  if (languageId === 'yaml' || languageId === 'dockercompose') {
    return parseAllDocuments(after).every(({ errors }) => errors.length === 0);
  }
  return syntaxErrors({ languageId, text: after }) <= syntaxErrors(document);
}

/** What must change with a setting that cannot become keyless by itself. */
function otherSetting(document: SourceDocument, finding: Finding, service: Service): Refusal {
  const format = service.credentials.find(({ id }) => id === finding.ruleId);
  const advice = format?.inSettings?.(document);
  const guide = format?.guideInSettings?.(document);
  return {
    refusal:
      advice ??
      `Here only the code that reads this setting can change: make it connect to ${service.name} with its endpoint and DefaultAzureCredential, then delete the setting.`,
    ...(guide && { guide: { ...guide, followUps: serviceFollowUps(service) } }),
  };
}

function offerWithout(refusal: Refusal): FixOffer {
  const { guide } = refusal;
  return guide === undefined ? explanation(refusal) : guidance({ ...refusal, guide });
}

/** The migration's own follow-ups, and those of its service that they do not say better. */
function followUps(own: readonly FollowUp[], service: Service): FollowUp[] {
  return withOwn(own, serviceFollowUps(service));
}
