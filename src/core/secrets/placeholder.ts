import type { GuardId } from './guards.ts';

/** Whole values that stand for "put your secret here" or "taken from elsewhere". A real secret that merely contains such a word is none. */
const placeholders: readonly (readonly [GuardId, RegExp])[] = [
  // Markers of templates and of people.
  ['angle-brackets', /^<{1,3}[^<>]*>{0,3}$/u],
  ['square-brackets', /^\[[^[\]]*\]$/u],
  ['template-function', /^\[\w+\(.*\]$/u],
  // An expression that was cut at a blank or a quote; code between two literals.
  ['open-expression', /^(?:\$\(|\$\{|\[\w+\()[^)}\]]*$|^[+&.](?:\s.*)?\s[+&.]$/u],
  ['double-braces', /^\{\{.*\}\}$/u],
  ['template-tag', /^\{%.*%\}$/u],
  ['braces', /^\{[\w.: ()[\]-]*\}$/u],
  ['hash-braces', /^#\{.*\}#?$/u],
  ['double-underscores', /^__\w+__$/u],
  // Also where a blank cuts it.
  ['double-at-signs', /^@@\w+(?:[ #]\w+)*@@$|^@@[A-Za-z]+$/u],
  // Variables of shells, pipelines, formats and query parameters.
  ['dollar-braces', /^\$\{.*\}$/u],
  ['dollar-parentheses', /^\$\(.*\)$/u],
  ['dollar-brackets', /^\$\[.*\]$/u],
  ['dollar-variable', /^\$(?:env:)?[A-Za-z_][\w.:]*$|^\$\d?$/u],
  ['percent-variable', /^%[\w.-]+%$/u],
  ['format-directive', /^%(?:\d+\$)?[-+0]?\d*[sdvqx@]$|^%\(\w+\)s$/u],
  ['query-parameter', /^[@:][A-Za-z_]+$|^\?$/u],
  // References to a vault.
  ['vault-reference', /^@Microsoft\.(?:KeyVault|AppConfiguration)\(/iu],
  [
    'store-reference',
    /^(?:op|vault|keyvault|kv|akvs?|azkv|secretref|secret|ref\+\w+|awssm|gcpsm|gsm|sm|ssm|bws?):(?:\/{2}\S|[a-z][\w/.#-]*$)/iu,
  ],
  // Look-ups that stand in place of a literal.
  [
    'look-up',
    /^(?:env:[A-Z]\w*$|!(?:Ref|Sub|GetAtt|ImportValue|env|vault|secret)\b|process\.env|import\.meta\.env|os\.(?:environ|getenv)|System\.getenv|Environment\.[GS]et|ENV\[|param\(|parameters\(|variables\(|env\(|config\[|configuration\[)/iu,
  ],
  ['terraform-reference', /^(?:var|local|data|module|secrets)\.[A-Za-z_][\w.[\]"*-]*$/u],
  // Masks.
  ['mask', /^(.)\1{3,}$|^[x*#.\u2022_ -]{3,}$/iu],
  ['redaction', /^<?(?:redacted|masked|removed|hidden|omitted|snip|secret|hunter2)>?$/iu],
  // Words people write where the value belongs.
  [
    'stand-in-word',
    /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|it|this)|placeholder|todo|tbd|fixme|dummy|example|sample|none|null|nil|undefined|true|false|empty|n\/a|password|passwd|pwd|pass|mypassword|apikey|api[-_ ]key|key|token|value|string)[!.]*$/iu,
  ],
  [
    'instruction',
    /^(?:your|my|the|insert|enter|put|add|set|paste|replace|fill|use|provide|some|any)[-_ .!()@]{0,3}(?:(?:your|the|with|own|real|actual|strong|azure|sql|storage|account|shared|access|cosmos|service|bus|open|ai|client|app|db|database|server|user|admin|primary|master|connection|api|sas|secret|password|passwd|passw0rd|p@ssw0rd|pwd|key|token|string|value|in|here|goes|a|me)[-_ .!()@]{0,3})*$/iu,
  ],
  [
    'instruction',
    /^(?:secret|password|passwd|passw0rd|pwd|pass|key|token|value|string)[-_ ](?:goes[-_ ])?here[!.]*$/iu,
  ],
  // `see 1Password`, `stored in user secrets`: words that say where it is.
  [
    'instruction',
    /^(?:see|ask|stored|kept|held|found|comes|taken|read|look) (?:in|from|at|by|up|for|the|your|our|my|team|key ?vault|vault|1password|lastpass|bitwarden|keepass|wiki|readme|docs?)(?: [\w.-]{1,24}){0,6}$/iu,
  ],
  ['variable-name', /^[A-Z]+(?:_[A-Z]+)+$/u],
];

/** Interpolation inside a longer value: what stands in the text is not the secret. */
const interpolation =
  /\$\{[^{}]*\}|\$\((?:[^$)]|\$(?!\())*\)|\{\{[^{}]*\}\}|#\{[^{}]*\}|\{your[_-]?\w+\}|<your[^<>]*>|%\w+%$/iu;

/** Whether a password-like value only shows where a secret belongs. Takes the value without its quotes. */
export function isPlaceholder(value: string): boolean {
  return placeholderGuard(value) !== undefined;
}

/** What shows that a value only stands where a secret belongs; `undefined` for one that may be a secret. */
export function placeholderGuard(value: string): GuardId | undefined {
  const trimmed = value.trim();
  if (trimmed.length === 0) return 'empty';
  // No placeholder is that long, and the expressions need not be tried on a megabyte.
  if (trimmed.length > 300) return undefined;
  for (const [id, expression] of placeholders) if (expression.test(trimmed)) return id;
  return interpolation.test(trimmed) ? 'interpolation' : undefined;
}

/**
 * Whether random-looking text is in truth a filler: `00000000`, `abcabcabc…`, `0123456789abcdef…`. For keys of a known
 * format, which are random by nature; never for passwords that people chose.
 */
export function isFiller(value: string): boolean {
  const body = value.replace(/={1,6}$/u, '');
  const counts = new Map<string, number>();
  let runs = 0;
  let steps = 0;
  for (let i = 0; i < body.length; i++) {
    const character = body.charAt(i);
    counts.set(character, (counts.get(character) ?? 0) + 1);
    if (i === 0) continue;
    const step = body.charCodeAt(i) - body.charCodeAt(i - 1);
    if (step === 0) runs++;
    if (step === 1) steps++;
  }
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / body.length) * Math.log2(count / body.length);
  const possible = Math.log2(Math.min(body.length, /^[0-9a-f]+$/iu.test(body) ? 16 : 64));
  return entropy < possible * 0.6 || runs > body.length / 3 || steps > body.length / 3;
}
