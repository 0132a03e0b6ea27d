import { joinConstants } from '../languages/joined-text.ts';
import type { Languages } from '../languages/languages.ts';
import { isCodeLanguage } from '../secrets/decoded-text.ts';
import { isDocumentation } from '../secrets/silent-files.ts';
import type { SourceDocument } from './finding.ts';
import { formats } from './formats.ts';
import { keywordSearch } from './prefilter.ts';
import type { Candidate } from './scan-block.ts';
import { rescanAsync, scanAsync, type AsyncScanOptions, type ScanState } from './scan.ts';

/**
 * A secret's place that a value from elsewhere fills (`AccountKey=" + key`, `Password=${pw}`, `%s`, `{0}`), and calls
 * whose argument is a secret whatever it is called.
 */
const openPlace =
  /(?:AccountKey|SharedAccessKey|SharedAccessSignature|[Pp]assword|PASSWORD|[Pp]wd|PWD|[?&]sig|:\/\/[\w.%-]{0,60}:|Bearer )\s?=?\s?(?:["'`]\s{0,20}[+,)]|\$\{|\{\w{0,40}[}:]|%[sv])|(?:(?:Key|Sas|Secret|Password|Network)Credential|WithClientSecret|FromSecret|CosmosClient|X509Certificate2?|LoadPkcs12\w{0,24}|client_credential|clientSecret|credential|\.(?:key|password))\s{0,4}[(=:]/gu;
const openPlaceHere = new RegExp(openPlace.source, 'uy');
/** In lower case, what each match of `openPlace` begins with. */
const openPlaces = keywordSearch(
  [],
  [
    [
      ...[
        'accountkey',
        'sharedaccesskey',
        'sharedaccesssignature',
        'password',
        'pwd',
        '?sig',
        '&sig',
        '://',
        'bearer ',
      ],
      ...['keycredential', 'sascredential', 'secretcredential', 'passwordcredential', 'networkcredential'],
      ...[
        'withclientsecret',
        'fromsecret',
        'cosmosclient',
        'x509certificate',
        'loadpkcs12',
        'client_credential',
        'clientsecret',
        'credential',
        '.key',
        '.password',
      ],
    ],
  ],
);
/** A name that is given a literal which could be the secret: no blanks, not letters alone. */
const namedLiteral =
  /(?<![\w$])(?<name>[A-Za-z_$][\w$]{0,60})["']?(?:\s{0,4}:\s{0,4}[\w.&<>]{1,20})?\s{0,4}(?::=|[=:])\s{0,8}[@$frbu]{0,2}["'`](?!https?:|[0-9a-f]{8}-[0-9a-f]{4}-)(?=[^"'`\s]{0,80}\d)[^"'`\s<>{}()]{8,512}["'`]/gu;
/** How far behind such a place the name of its value stands. */
const reach = 240;
const mostPlaces = 500;
/** Longer files are data more than code; to look at them at each keystroke would be felt. */
const joinLimit = 300_000;

/** Whether a secret may be put together from what stands apart: only then is a file parsed. */
export function mayBeSplit({ text, languageId, uri }: SourceDocument, { blocks }: Pick<ScanState, 'blocks'>): boolean {
  // Where a file is not looked at, there are none.
  if (blocks.length === 0) return false;
  if (!isCodeLanguage(languageId) || isDocumentation(uri) || text.length > joinLimit) return false;
  const places = openPlacesIn(text);
  if (places.length === 0) return false;
  const names = new Set(firstOf(text.matchAll(namedLiteral)).map(({ groups }) => groups?.['name']));
  if (names.size === 0) return false;
  return places.some(index =>
    [...text.slice(index, index + reach).matchAll(/[A-Za-z_$][\w$]*/gu)].some(([name]) => names.has(name)),
  );
}

/** Offsets; of text that is not ASCII the expression alone tells them. */
function openPlacesIn(text: string): number[] {
  const [begun] = openPlaces.hitsIn(text).places ?? [];
  if (begun === undefined) return firstOf(text.matchAll(openPlace)).map(({ index }) => index);
  const places: number[] = [];
  for (const place of begun) {
    openPlaceHere.lastIndex = place;
    if (openPlaceHere.test(text) && places.push(place) === mostPlaces) break;
  }
  return places;
}

function firstOf<T>(all: Iterable<T>): T[] {
  const first: T[] = [];
  for (const one of all) if (first.push(one) === mostPlaces) break;
  return first;
}

/**
 * As `rescanAsync`, but joins what is constant first, by the syntax tree, where a file may hold a secret in parts.
 * @param languages asked for only then
 */
export async function rescanJoined(
  document: SourceDocument,
  previous: ScanState | undefined,
  languages: () => Languages | Promise<Languages>,
  options: AsyncScanOptions = {},
): Promise<ScanState | undefined> {
  const state = await rescanAsync(document, previous, options);
  if (state === undefined || !mayBeSplit(document, state)) return state;
  const also = await joinedCandidates(document, state, await languages(), options);
  if (also.length === 0 || options.signal?.aborted === true) return state;
  return rescanAsync(document, state, { ...options, also });
}

async function joinedCandidates(
  document: SourceDocument,
  { findings, now }: ScanState,
  languages: Languages,
  options: AsyncScanOptions,
): Promise<Candidate[]> {
  // Joining only adds: where a text cannot be parsed, what was found in it as it stands still counts.
  const joined = await languages.read(document, joinConstants).catch(() => undefined);
  if (joined === undefined) return [];
  const { signal } = options;
  const found = await scanAsync(
    { ...document, text: joined.text },
    { now, keepSuppressed: true, ...(signal && { signal }) },
  );
  return (found ?? []).flatMap(({ ruleId, span: at, severity, confidence, messageArgs }): Candidate[] => {
    const compiled = formats.find(({ format }) => format.id === ruleId);
    const span = joined.toLiteral(at);
    if (compiled === undefined || span === undefined || confidence === 'low') return [];
    const known = findings.find(finding => finding.span.start < span.end && span.start < finding.span.end);
    const knownByName = formats.some(({ format }) => format.id === known?.ruleId && format.givesWay === true);
    // What was found where it stands is known better there.
    if (known !== undefined && (!knownByName || compiled.format.givesWay === true)) return [];
    return [{ compiled, span, grade: { severity, confidence, args: messageArgs } }];
  });
}
