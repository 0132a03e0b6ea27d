import type { CredentialMatch, CredentialPattern } from '../../services/service.ts';
import { isDocumentationLanguage, isText } from './languages.ts';
import { inKubernetesSecret, isByChance, judge, judged, nameBegins, nameOf, nameWord, notNamed } from './named.ts';
import type { SecretKind } from './names.ts';

/**
 * Settings in running text, where only the value itself can say that it is one: log lines, comments, tables, literals
 * that hold commands or queries, output of notebooks.
 */

const marks = '[ \\t"\'`*_\\]\\uE022\\uE027]';
const between = [
  // DB_PASSWORD=…, **Password:** `…`
  `${marks}{0,6}(?::=|=>|[:=])(?![:=])[ \\t\`*]{0,6}`,
  // the password is "…", set `X` to `…`
  `${marks}{0,4}[ \\t](?:is|to|was)[ \\t:]{1,3}["'\`*]{0,3}`,
  // the password of the admin is …, password for SAP: …
  `[ \\t](?:of|for|on|in|to)(?:[ \\t][\\w-]{1,20}){1,5}[ \\t]?(?:is|was|[:=])[ \\t"'\`*]{1,6}`,
  // | X | … |
  `${marks}{0,6}\\|[ \\t\`*_"']{0,20}`,
  // --password …, user `…`, password `…`
  `[ \\t]{1,3}["'\`]?`,
].join('|');

/** `password=…` anywhere, of a value that nobody would have thought up by hand. */
export function spokenAssignment(kind: SecretKind): CredentialPattern {
  const regex = new RegExp(
    `${nameWord(kind)}(?<separator>${between})(?=[^\\s"'\`<>|,;\\\\\\uE022\\uE027]{0,511}\\d)(?<secret>[^\\s"'\`<>|,;&@%*/\\\\(){}[\\]\\uE022\\uE027][^\\s"'\`<>|,;\\\\\\uE022\\uE027]{7,511})`,
    'dgiu',
  );
  return judged(
    regex,
    match => {
      const { name, before } = nameOf(match, kind);
      const other = notNamed(name, kind);
      if (other !== undefined) return { silent: other };
      const separator = match.groups['separator'] ?? '';
      const quoted = (isDocumentationLanguage(match.languageId) ? /["'`]$/u : /["']$/u).test(separator);
      // A verb: `pass to 3rd-party components`.
      if (/^pass$/iu.test(name) && /^[ \t]+(?:(?:to|on|in|for)[ \t]+)?$/u.test(separator) && !announces.test(before))
        return { silent: 'prose' };
      if (/^[ \t]+["'`]?$/u.test(separator) && !quoted && !/^--?[a-z]/iu.test(name) && !announces.test(before))
        return { silent: 'prose' };
      const value = ended(match, kind, before);
      if (!isText(match.languageId) && ((!quoted && !isQuotedOrComment(match)) || /^\w+\(/u.test(value)))
        return { silent: 'expression' };
      const judgement = inKubernetesSecret(match, kind, name) ?? judge(match, kind, name, value);
      if ('silent' in judgement) return judgement;
      // An option of a program leaves no doubt what its quoted value is, nor one that sets what a program reads.
      const isOption =
        ((/^--?[a-z]/iu.test(name) || /#define[ \t]{1,4}$/u.test(before) ? quoted : /(?:^|\s)\/$/u.test(before)) ||
          (separator === '=' && setsByOption.test(before))) &&
        !isDocumentationLanguage(match.languageId);
      if (!isByChance(value, kind) && !isOption) return { silent: 'prose' };
      const { start } = match.secretSpan;
      return { grade: { ...judgement.grade, secretSpan: { start, end: start + value.length } } };
    },
    { begins: nameBegins[kind] },
  );
}

/** What comes before a name that its value follows after a blank: of shells, Dockerfiles, C and `.netrc`. */
const announces = /(?:\bsetx|\bENV|#define|\blogin[ \t]{1,4}\S{1,40})[ \t]{1,4}$/iu;

/** Of Helm, kubectl and Docker. */
const setsByOption = /[ \t]-(?:e|-(?:set(?:-string)?|from-literal|env|build-arg))[ \t=]{1,4}["']?$/u;

/** The value without what ends the sentence, the query or the bracket around it. */
function ended({ secret, text, secretSpan }: CredentialMatch, kind: SecretKind, before: string): string {
  const query = kind === 'key' || /[?&]$/u.test(before) ? (/^[^&]*/u.exec(secret)?.[0] ?? '') : secret;
  if (query.length < secret.length || /["'`]/u.test(text.charAt(secretSpan.end))) return query;
  return query.replace(/[.:)\]}*]{1,4}$/u, '');
}

/** Whether a place in code is text: the inside of a literal, or a comment. */
function isQuotedOrComment({ text, span }: CredentialMatch): boolean {
  const from = Math.max(0, span.start - 200);
  const line = text.slice(from, span.start);
  const start = Math.max(line.lastIndexOf('\n'), line.lastIndexOf('\r')) + 1;
  const before = line.slice(start);
  if (/(?:^|[\s;{}])(?:\/\/|\/\*|#|--|<!--|\*\s|')/u.test(before)) return true;
  return ['"', "'", '`'].some(quote => before.split(quote).length % 2 === 0);
}
