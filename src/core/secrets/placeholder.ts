/** Whole values that stand for "put your secret here" or "taken from elsewhere". A real secret that merely contains such a word is none. */
const placeholders: readonly RegExp[] = [
  // Markers of templates and of people.
  /^<[^<>]*>?$/u,
  /^\[[^[\]]*\]$/u,
  // An expression of a Resource Manager template.
  /^\[\w+\(.*\]$/u,
  // An expression that was cut at a blank or a quote.
  /^(?:\$\(|\$\{|\[\w+\()[^)}\]]*$/u,
  /^\{\{.*\}\}$/u,
  /^\{%.*%\}$/u,
  /^\{[\w.: ()[\]-]*\}$/u,
  /^#\{.*\}#?$/u,
  /^__\w+__$/u,
  /^@@\w+@@$/u,
  // Variables of shells, pipelines, formats and query parameters.
  /^\$\{.*\}$/u,
  /^\$\(.*\)$/u,
  /^\$\[.*\]$/u,
  /^\$(?:env:)?[A-Za-z_][\w.:]*$/u,
  /^\$\d?$/u,
  /^%[\w.-]+%$/u,
  /^%(?:\d+\$)?[-+0]?\d*[sdvqx@]$/u,
  /^%\(\w+\)s$/u,
  /^[@:][A-Za-z_]+$/u,
  /^\?$/u,
  // References to a vault.
  /^@Microsoft\.(?:KeyVault|AppConfiguration)\(/iu,
  /^(?:op|vault|keyvault|akvs?|secretref|secret|ref\+\w+|awssm|gcpsm|bws?):\/{0,2}\S/iu,
  // Look-ups that stand in place of a literal.
  /^(?:process\.env|import\.meta\.env|os\.(?:environ|getenv)|System\.getenv|Environment\.|ENV\[|var\.|local\.|data\.|module\.|param\(|parameters\(|variables\(|env\(|config\[|configuration\[|secrets\.)/iu,
  // Masks.
  /^(.)\1{3,}$/u,
  /^[x*#.\u2022_ -]{3,}$/iu,
  /^<?(?:redacted|masked|removed|hidden|omitted|snip|secret|hunter2)>?$/iu,
  // Words people write where the value belongs.
  /^(?:change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|it|this)|placeholder|todo|tbd|fixme|dummy|example|sample|none|null|nil|undefined|true|false|empty|n\/a|password|passwd|pwd|pass|mypassword|apikey|api[-_ ]key|key|token|value|string)[!.]*$/iu,
  /^(?:your|my|the|insert|enter|put|add|set|paste|replace|fill|use|provide|some|any)[-_ .]?(?:(?:your|the|with|own|real|actual|strong|azure|sql|storage|account|shared|access|cosmos|service|bus|open|ai|client|app|db|database|server|user|admin|primary|master|connection|api|sas|secret|password|passwd|pwd|key|token|string|value|in|here|goes|a|me)[-_ .]?)*$/iu,
  /^[A-Z]+(?:_[A-Z]+)+$/u,
];

/** Interpolation inside a longer value: what stands in the text is not the secret. */
const interpolation =
  /\$\{[^{}]*\}|\$\((?:[^$)]|\$(?!\())*\)|\{\{[^{}]*\}\}|#\{[^{}]*\}|\{your[_-]?\w+\}|<your[^<>]*>|%\w+%$/iu;

/** Whether a password-like value only shows where a secret belongs. Takes the value without its quotes. */
export function isPlaceholder(value: string): boolean {
  const trimmed = value.trim();
  if (trimmed.length === 0) return true;
  // No placeholder is that long, and the expressions need not be tried on a megabyte.
  if (trimmed.length > 300) return false;
  return interpolation.test(trimmed) || placeholders.some(expression => expression.test(trimmed));
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
