/** One setting's name in the conventions of all formats. */
export interface Names {
  /** `azure storage key` */
  readonly words: string;
  readonly camel: string;
  readonly pascal: string;
  readonly snake: string;
  readonly kebab: string;
  readonly env: string;
  readonly dotted: string;
  /** `Azure:Storage:Key`, as .NET configuration writes it. */
  readonly colon: string;
}

/** @param words lower case, separated by spaces. */
export function names(words: string): Names {
  const parts = words.split(' ');
  const capital = parts.map(part => part.charAt(0).toUpperCase() + part.slice(1));
  return {
    words,
    camel: [parts[0], ...capital.slice(1)].join(''),
    pascal: capital.join(''),
    snake: parts.join('_'),
    kebab: parts.join('-'),
    env: parts.join('_').toUpperCase(),
    dotted: parts.join('.'),
    colon: capital.join(':'),
  };
}

export function joinLines(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
