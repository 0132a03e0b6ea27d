import type { Span } from '../../src/core/text/text-edit.ts';

/** Text with `«` and `»` around the expected ranges, without these marks, and the ranges. */
export function readMarks(marked: string): { text: string; spans: Span[] } {
  let text = '';
  const spans: Span[] = [];
  let start: number | undefined;
  for (const part of marked.split(/([«»])/u)) {
    if (part === '«') start = text.length;
    else if (part === '»') {
      if (start === undefined) throw new Error('» without «');
      spans.push({ start, end: text.length });
      start = undefined;
    } else text += part;
  }
  if (start !== undefined) throw new Error('« without »');
  return { text, spans };
}
