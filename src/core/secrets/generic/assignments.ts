import type { CredentialMatch, CredentialPattern, Grade } from '../../services/service.ts';
import { decodeBase64 } from '../base64.ts';
import { isCodeLanguage, isMarkupLanguage } from '../decoded-text.ts';
import { hasPlainSettings } from './gates.ts';
import { kindOfName, type SecretKind } from './names.ts';
import { isStrong, whyNoSecret } from './values.ts';

/** Words of names that the expressions look for; `kindOfName` decides on the whole name afterwards. */
const namePart: Readonly<Record<SecretKind, string>> = {
  password: 'passw(?:or)?d|passwort|passphrase|passcode|pwd|pass',
  key: 'secret|token|credentials?|(?:api|access|auth|account|private|signing|encrypt(?:ion)?|master|shared|subscription|client|admin|functions?|host|service|app|hmac|jwt|webhook|storage|crypto|security|license)[_.:-]?key',
};

const quote = '["\'`\uE022\uE027]';
/** Between a name and its quoted value, in any of the languages. */
const separators = [
  // name = "…", "name": "…", name := "…", name => "…", name: string = "…", `name ?? "…"`
  String.raw`["'\]\uE022\uE027]{0,2}(?:\??[ \t]{0,4}:?[ \t]{0,4}(?:&?str|string|String|SecureString)\??|[ \t]As[ \t]String)?\s{0,8}(?:[|?]{2}=|=>|:=|=(?![=~])|:(?!:)|\?\?|\|\|)\s{0,8}`,
  // <add key="name" value="…"/>
  String.raw`["']\s{1,8}value\s{0,4}=\s{0,4}`,
  // - name: X ⏎ value: "…" and { "name": "X", "value": "…" }
  String.raw`["'\uE022]?,?\s{1,40}["'\uE022]?value["'\uE022]?\s{0,4}[:=]\s{0,4}`,
  // put("name", "…"), getenv("name", "…")
  String.raw`["']\s{0,2},\s{0,8}`,
  // .password("…"), setApiKey("…"), ConvertTo-SecureString is a pattern of its own
  String.raw`\(\s{0,8}`,
].join('|');

/** How much of a name before the found word is read. */
const nameReach = 60;

/** The whole name that a match begins in the middle of. */
function nameBefore({ text, span }: CredentialMatch): string {
  const before = text.slice(Math.max(0, span.start - nameReach), span.start);
  return /[\w$.:-]{0,60}$/u.exec(before)?.[0] ?? '';
}

const documentation = /^(?:markdown|mdx|restructuredtext|asciidoc)$/u;

export function judge(
  match: CredentialMatch,
  kind: SecretKind,
  name: string,
  value = match.secret,
): { readonly grade: Grade } | { readonly silent: string } {
  const silent = whyNoSecret({ value, kind, name });
  if (silent !== undefined) return { silent };
  // A README shows how a setting is written: what nobody would have thought up by hand is still a secret there.
  if (documentation.test(match.languageId) && !isStrong(value)) return { silent: 'an example in documentation' };
  const shown = /[\w.-]{1,80}$/u.exec(name)?.[0];
  return {
    grade: { confidence: kind === 'key' || isStrong(value) ? 'medium' : 'low', args: { name: shown } },
  };
}

type Judgement = ReturnType<typeof judge>;

/** A pattern whose decision and its explanation are the same function. */
export function judged(
  regex: RegExp,
  decide: (match: CredentialMatch) => Judgement,
  conditions: Pick<CredentialPattern, 'hint' | 'inLanguage'> = {},
): CredentialPattern {
  return {
    regex,
    ...conditions,
    grade(match) {
      const judgement = decide(match);
      if (!('grade' in judgement)) return undefined;
      // A name alone says little where everything around it is an example.
      return documentation.test(match.languageId)
        ? { ...judgement.grade, confidence: 'low', severity: 'information' }
        : judgement.grade;
    },
    whySilent(match) {
      const judgement = decide(match);
      return 'silent' in judgement ? judgement.silent : undefined;
    },
  };
}

const setter = /(?:\.|\b(?:with|set|use))[\w$]{0,60}$/iu;
const adds =
  /(?:add|define|put|set|append|insert|getenv|get|env|environ\.get|header|headers|property|getproperty|addheader|setheader|usesetting|withenvironment|withenv|getvalue|getordefault|option|param|parameter|config|arg)\s{0,4}\(\s{0,4}@?["'][\w.:-]*$/iu;

/** `password = "…"` in its many forms. */
export function quotedAssignment(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `(?:${namePart[kind]})(?=(?<rest>[\\w.-]{0,24}))\\k<rest>(?<separator>${separators})(?:[@$fFrRbBuUlL]{1,2}(?=["'\`]))?(?<quote>${quote})(?<secret>(?:(?!\\k<quote>)[^\\r\\n]){1,512})\\k<quote>(?<after>[ \\t]{0,4}[:+.(,]?)`,
    'dgiu',
  );
  return judged(regex, match => {
    const { separator = '', rest = '', after = '', quote: opened = '' } = match.groups;
    const word = match.text.slice(match.span.start, match.span.end);
    const prefix = nameBefore(match);
    const name = prefix + (new RegExp(`^(?:${namePart[kind]})`, 'iu').exec(word)?.[0] ?? '') + rest;
    const named = kindOfName(name);
    if (named !== kind) return { silent: 'the name does not say that its value is a secret' };
    const before = match.text.slice(Math.max(0, match.span.start - prefix.length - 60), match.span.start);
    if (/^["'\uE022]?\]?\s*,/u.test(separator) && !/value/iu.test(separator) && !adds.test(before))
      return { silent: 'an argument list, not an assignment' };
    if (separator.startsWith('(') && !setter.test(prefix)) return { silent: 'a call that sets nothing' };
    // `password: "x" + y` in a table of texts, `"password": "a": …`, `"x".length`: not the value itself.
    if (after.endsWith(':') || after.endsWith('(')) return { silent: 'not the value itself' };
    if (isCodeLanguage(match.languageId) && /^\s*\{[\w.]+\}/u.test(match.secret))
      return { silent: 'filled in elsewhere' };
    if (opened === '`' && match.secret.includes('${')) return { silent: 'filled in elsewhere' };
    return inKubernetesSecret(match, kind, name) ?? judge(match, kind, name);
  });
}

const lineStart =
  /(?:^|[\r\n])[ \t]*(?:[-*][ \t]+|[#;][ \t]*)?(?:export[ \t]+|set[ \t]+|setx[ \t]+|ENV[ \t]+|ARG[ \t]+|\$env:|--?)?["']?$/iu;
/** `PASSWORD=…` and `password: …` without quotes, a line of a settings file. */
export function plainAssignment(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `(?:${namePart[kind]})(?=(?<rest>[\\w.-]{0,24}))\\k<rest>["']?[ \\t]{0,8}(?<separator>[:=]|[:=]?[ \\t]*\\r?\\n[ \\t]{1,20}(?:- )?value:)[ \\t]{0,8}(?=(?<secret>[^\\s"'\`<>{}[\\]()|&*%@,\\uE022\\uE027][^\\s"'\`\\uE022\\uE027]{3,511}))\\k<secret>(?=[ \\t]*(?:[\\r\\n]|$|#))`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const { rest = '', separator = '' } = match.groups;
      const prefix = nameBefore(match);
      const nameStart = match.span.start - prefix.length;
      const before = match.text.slice(Math.max(0, nameStart - 40), nameStart);
      const listed = separator.includes('value');
      if (listed ? !/name:[ \t]*["']?$/u.test(before) : !lineStart.test(before) && nameStart > 0)
        return { silent: 'not at the start of a setting' };
      const word =
        new RegExp(`^(?:${namePart[kind]})`, 'iu').exec(match.text.slice(match.span.start, match.span.end))?.[0] ?? '';
      const name = prefix + word + rest;
      if (kindOfName(name) !== kind) return { silent: 'the name does not say that its value is a secret' };
      if (match.languageId === 'shellscript' && /^[$`]|^\\?\$/u.test(match.secret))
        return { silent: 'filled in elsewhere' };
      if (match.languageId === 'plaintext' && kind === 'password' && !isStrong(match.secret))
        return { silent: 'prose, not a setting' };
      return inKubernetesSecret(match, kind, name) ?? judge(match, kind, name);
    },
    { inLanguage: hasPlainSettings },
  );
}

/** `<password>…</password>`. */
export function elementText(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `<(?<name>[\\w.:-]{0,40}(?:${namePart[kind]})[\\w.-]{0,24})>(?<secret>[^<>\\r\\n]{1,512})</`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const name = match.groups['name'] ?? '';
      if (kindOfName(name) !== kind) return { silent: 'the name does not say that its value is a secret' };
      return judge(match, kind, name);
    },
    { inLanguage: isMarkupLanguage },
  );
}

/** The values under `data:` of a Kubernetes Secret are base64: what they hide is judged. */
function inKubernetesSecret(match: CredentialMatch, kind: SecretKind, name: string): Judgement | undefined {
  if (!/ya?ml|docker/u.test(match.languageId)) return undefined;
  if (match.mentions(/^kind:[ \t]*["']?SealedSecret\b/mu)) return { silent: 'encrypted' };
  if (!match.mentions(/^kind:[ \t]*["']?Secret\b/mu)) return undefined;
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/u.test(match.secret) || match.secret.length % 4 !== 0) return undefined;
  const bytes = decodeBase64(match.secret);
  const value = bytes && printable(bytes);
  if (value === undefined) return undefined;
  const judgement = judge(match, kind, name, value.trim());
  return 'grade' in judgement
    ? { grade: { ...judgement.grade, args: { ...judgement.grade.args, note: 'base64, which hides nothing' } } }
    : judgement;
}

/** The text of printable ASCII bytes; `undefined` when there are others. */
function printable(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if ((byte < 0x20 || byte > 0x7e) && byte !== 9 && byte !== 10 && byte !== 13) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
