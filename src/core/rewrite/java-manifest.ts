import type { TextEdit } from '../text/text-edit.ts';

interface Artifact {
  /** `group:artifact`. */
  readonly name: string;
  readonly version: string;
}

/**
 * Adds a Maven dependency beside another of the same group. Empty when it is there; `undefined` when no place for it,
 * or no version, can be proven right.
 */
export function pom(text: string, { name, version }: Artifact): TextEdit[] | undefined {
  const [group = '', artifact = ''] = name.split(':');
  const uncommented = text.replace(/<!--[\s\S]*?-->/gu, comment => ' '.repeat(comment.length));
  if (new RegExp(`<artifactId>\\s*${artifact}\\s*</artifactId>`, 'u').test(uncommented)) return [];
  const managed = ['dependencyManagement', 'profiles', 'build'].reduce(
    (rest, element) => withoutElement(rest, element),
    uncommented,
  );
  const siblings = managed.matchAll(/<dependency>(?:(?!<\/dependency>)[\s\S])*<\/dependency>/gu);
  const sibling = [...siblings].find(([entry]) =>
    new RegExp(`<groupId>\\s*${group}(?:\\.\\w+)*\\s*<`, 'u').test(entry),
  );
  if (sibling === undefined) return undefined;
  const [entry] = sibling;
  const start = text.lastIndexOf('\n', sibling.index) + 1;
  const indent = text.slice(start, sibling.index);
  if (indent.trim() !== '') return undefined;
  const inner = /\n([^\S\r\n]+)</u.exec(entry)?.[1] ?? `${indent}    `;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = [
    `${indent}<dependency>`,
    `${inner}<groupId>${group}</groupId>`,
    `${inner}<artifactId>${artifact}</artifactId>`,
    // What gives the neighbour its version (a bill of materials, a parent) knows this one as well.
    ...(/<version>/u.test(entry) ? [`${inner}<version>${version}</version>`] : []),
    `${indent}</dependency>`,
  ];
  return [{ span: { start, end: start }, newText: lines.map(line => line + eol).join('') }];
}

function withoutElement(text: string, element: string): string {
  return text.replace(new RegExp(`<${element}>[\\s\\S]*?</${element}>`, 'gu'), part => ' '.repeat(part.length));
}

/** The same for Gradle, in Groovy or Kotlin: a line like the one of a neighbour of the same group. */
export function gradle(text: string, { name, version }: Artifact): TextEdit[] | undefined {
  const [group = ''] = name.split(':');
  if (new RegExp(`^[^\\S\\r\\n]*\\w+[^\\S\\r\\n(]*\\(?\\s*["']${name}(?=[:"'])`, 'mu').test(text)) return [];
  const line = new RegExp(
    `^([^\\S\\r\\n]*(?:implementation|api|compile)(?:[^\\S\\r\\n]+|\\())(["'])${group}:[\\w-]+(:[^"'\\r\\n]+)?\\2(\\)?)[^\\S\\r\\n]*\\r?$`,
    'mu',
  ).exec(text);
  if (line === null) return undefined;
  const [, lead = '', quote = '', own, close = ''] = line;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = line.index;
  const wanted = own === undefined ? name : `${name}:${version}`;
  return [{ span: { start, end: start }, newText: lead + quote + wanted + quote + close + eol }];
}
