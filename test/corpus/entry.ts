import { languageOfPath } from '../../src/core/engine/language-of-path.ts';
import type { Span } from '../../src/core/text/text-edit.ts';
import { readMarks } from '../harness/marked-text.ts';
import { valuesFor, type Values } from './values.ts';

/** One text and what a careful security engineer would have a scanner say about it. */
export interface CorpusEntry {
  readonly id: string;
  readonly path: string;
  /** VS Code language id. */
  readonly languageId: string;
  readonly text: string;
  /** In text order; empty where everything must stay silent. */
  readonly expected: readonly ExpectedSecret[];
  /** Why nothing is to be found. */
  readonly why?: string;
}

export interface ExpectedSecret {
  /** Rules that may report it; the first is the most exact one. */
  readonly rules: readonly string[];
  readonly span: Span;
}

/** Makes a text in which every secret stands between `«` and `»`. */
export type Template = (values: Values) => string;

/** An entry whose marked secrets must be found. */
export function positive(id: string, path: string, rules: readonly string[], template: Template): CorpusEntry {
  const { text, spans } = readMarks(template(valuesFor(id)));
  if (spans.length === 0) throw new Error(`${id} marks no secret`);
  return { id, path, languageId: languageOfPath(path), text, expected: spans.map(span => ({ rules, span })) };
}

/** An entry in which nothing must be found. */
export function negative(id: string, path: string, why: string, template: Template): CorpusEntry {
  const text = template(valuesFor(id));
  if (/[«»]/u.test(text)) throw new Error(`${id} marks a secret`);
  return { id, path, languageId: languageOfPath(path), text, expected: [], why };
}
