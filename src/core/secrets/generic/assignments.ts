import type { CredentialPattern } from '../../services/service.ts';
import { assigned, paired } from '../between-name-and-value.ts';
import { isCodeLanguage, isMarkupLanguage } from '../decoded-text.ts';
import { hasPlainSettings } from './languages.ts';
import { inKubernetesSecret, judge, judged, nameBegins, namePart, nameOf, nameWord, notNamed } from './named.ts';
import type { SecretKind } from './names.ts';
import { isStrong } from './values.ts';

/** Settings in the syntax of code and of settings files, which say where a name ends and a value begins. */

const quote = '["\'`\uE022\uE027]';
const setter = /(?:\.|\b(?:with|set|use))[\w$]{0,60}$/iu;
const adds =
  /(?<!have)(?:add|define|put|set|append|insert|getenv|get|env|environ\.get|header|headers|property|getproperty|addheader|fill|type|typetext|setvalue|setheader|environmentvariable|setenv|putenv|usesetting|withenvironment|withenv|getvalue|getordefault|option|param|parameter|config|arg)\s{0,4}\(\s{0,4}@?["'][#\w.:-]*$/iu;

/** `password = "…"` in its many forms. */
export function quotedAssignment(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `${nameWord(kind)}(?<separator>${paired}|${assigned})(?:[@$fFrRbBuUlLN]{1,2}(?=["'\`]))?(?<quote>${quote})(?<secret>(?:(?!\\k<quote>)[^\\r\\n]){1,512})\\k<quote>(?<after>[ \\t]{0,4}[:+.(,]?)`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const { separator = '', after = '', quote: opened = '' } = match.groups;
      const { name, prefix, before } = nameOf(match, kind);
      const other = notNamed(name, kind);
      if (other !== undefined) return { silent: other };
      if (/^[\]"'`\uE022\uE027\s]{0,6},\s*$/u.test(separator) && !adds.test(before) && !/^--\w/u.test(name))
        return { silent: 'argument-list' };
      if (/^\s*\($/u.test(separator.trimEnd()) && !setter.test(prefix)) return { silent: 'no-setter' };
      // Only C++ begins what it gives a name with a brace.
      if (separator.trimEnd().endsWith('{') && !/^(?:c|cpp)$/u.test(match.languageId))
        return { silent: 'not-the-value' };
      // `password: "x" + y` in a table of texts, `"password": "a": …`, `"x".length`: not the value itself.
      if (after.endsWith(':') || after.endsWith('(')) return { silent: 'not-the-value' };
      if (isCodeLanguage(match.languageId) && /^\s*\{[\w.]+\}/u.test(match.secret)) return { silent: 'filled-in' };
      if (opened === '`' && match.secret.includes('${')) return { silent: 'filled-in' };
      return inKubernetesSecret(match, kind, name) ?? judge(match, kind, name);
    },
    { begins: nameBegins[kind] },
  );
}

const lineStart =
  /(?:^|[\r\n])[ \t]*(?:[-*][ \t]+|[#;][ \t]*)?(?:export[ \t]+|set[ \t]+|setx[ \t]+|ENV[ \t]+|ARG[ \t]+|Environment=|\$env:|--?)?["']?$/iu;

/** `PASSWORD=…` and `password: …` without quotes, a line of a settings file. */
export function plainAssignment(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `${nameWord(kind)}["']?[ \\t]{0,40}(?<separator>[:=]|[:=]?[ \\t]*\\r?\\n[ \\t]{1,20}(?:- )?value:)[ \\t]{0,40}(?=(?<secret>[^\\s"'\`<>{}[\\]()|&*%@,\\uE022\\uE027][^\\s"'\`\\uE022\\uE027]{3,511}))\\k<secret>(?=["']?[ \\t]*(?:[\\r\\n]|$|#))`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const { separator = '' } = match.groups;
      const { name, before, prefix } = nameOf(match, kind);
      const listed = separator.includes('value');
      const atStart = match.span.start === prefix.length || lineStart.test(before);
      if (listed ? !/name:[ \t]*["']?$/u.test(before) : !atStart) return { silent: 'not-a-setting' };
      const other = notNamed(name, kind);
      if (other !== undefined) return { silent: other };
      if (match.languageId === 'shellscript' && /^[$`]|^\\?\$/u.test(match.secret)) return { silent: 'filled-in' };
      if (match.languageId === 'plaintext' && kind === 'password' && !isStrong(match.secret))
        return { silent: 'prose' };
      return inKubernetesSecret(match, kind, name) ?? judge(match, kind, name);
    },
    { inLanguage: hasPlainSettings, begins: nameBegins[kind] },
  );
}

/** `${PASSWORD:=…}`, `${PASSWORD:-…}` of shells and Compose, `${db.password:…}` of Spring. */
export function defaultOfVariable(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `\\$\\{(?<name>[\\w.-]{0,60}(?:${namePart[kind]})[\\w.]{0,24})(?::[-=]?|[-=])(?<secret>[^{}\\s"'\`$?+][^{}\\s"'\`$]{3,255})\\}`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const name = match.groups['name'] ?? '';
      const other = notNamed(name, kind);
      return other === undefined ? judge(match, kind, name) : { silent: other };
    },
    { hint: { words: nameBegins[kind], expression: inVariable(kind) } },
  );
}

/** The word of a name in `${…}`. */
function inVariable(kind: SecretKind): RegExp {
  return new RegExp(`(?<=\\$\\{[\\w.-]{0,60})(?:${namePart[kind]})`, 'iu');
}

/** `<password>…</password>`, `<entry key="password">…</entry>`, `<key>password</key><string>…</string>`. */
export function elementText(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `${nameWord(kind)}(?<separator>>(?:\\s{0,40}<[vV]alue>)?|(?:\\s[\\w:.-]{1,24}=["'][^"'<>]{0,200}["']){1,3}\\s?>|["'](?:\\s[\\w:.-]{1,24}=["'][^"'<>]{0,40}["']){0,3}\\s?>\\s{0,40}(?:<value[^<>]{0,60}>\\s{0,8})?|</key>\\s{0,40}<string>)(?<secret>[^<>\\r\\n]{1,512})</`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const { name, before } = nameOf(match, kind);
      if (!(/^[>\s]/u.test(match.groups['separator'] ?? '') ? /<$/u : /(?:(?:name|key|id)=["']|<key>)$/iu).test(before))
        return { silent: 'not-the-value' };
      const other = notNamed(name, kind);
      return other === undefined ? judge(match, kind, name) : { silent: other };
    },
    { inLanguage: language => isMarkupLanguage(language) || language === 'plaintext', begins: nameBegins[kind] },
  );
}
