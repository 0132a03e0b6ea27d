import { parseArmJson } from '../formats/arm-json.ts';
import { constantText, objectAt, propertyOf } from '../formats/expression.ts';
import { attributeOf, parseHcl } from '../formats/hcl.ts';
import type { Refusal } from '../rewrite/fix.ts';
import type { TextEdit } from '../text/text-edit.ts';
import { indentAt, indentStep, lineEndOf } from './edit.ts';
import type { Template, TemplateOutput, TemplateParameter } from './template.ts';

/** Marks a parameter, variable or output so that its value is kept out of logs and deployment history. */
export function markSecure(
  { language, text }: Template,
  kind: 'parameter' | 'output',
  { name, span, nameSpan }: TemplateParameter | TemplateOutput,
): readonly TextEdit[] | Refusal {
  switch (language) {
    case 'bicep': {
      const start = text.lastIndexOf(kind === 'parameter' ? 'param' : 'output', nameSpan.start - 1);
      const newText = `@secure()${lineEndOf(text)}${indentAt(text, start)}`;
      return [{ span: { start, end: start }, newText }];
    }
    case 'arm': {
      const root = parseArmJson(text);
      const declared = root && objectAt(root, `${kind}s`, name);
      const type = declared && propertyOf(declared, 'type')?.value;
      const secure = { string: 'securestring', object: 'secureObject' }[constantText(type)?.toLowerCase() ?? ''];
      if (type === undefined || secure === undefined) {
        return { refusal: `Only "string" and "object" have a secure form: make ${name} one of them first.` };
      }
      return [{ span: type.span, newText: `"${secure}"` }];
    }
    case 'terraform': {
      const wanted = kind === 'parameter' ? 'variable' : 'output';
      const block = parseHcl(text).body.blocks.find(found => found.type === wanted && found.span.start === span.start);
      if (block === undefined) return { refusal: 'The text changed since this was found. Scan it again.' };
      const set = attributeOf(block.body, 'sensitive');
      if (set !== undefined) return [{ span: set.value.span, newText: 'true' }];
      const lineEnd = lineEndOf(text);
      const outer = indentAt(text, block.span.start);
      const inner = `${outer}${indentStep(text)}`;
      const last = block.body.attributes.at(-1);
      const content = text.slice(block.inside.start, block.inside.end);
      if (!content.includes('\n')) {
        const kept = content.trim().replace(/^value\s*=/u, 'value     =');
        const lines = [...(kept === '' ? [] : [kept]), 'sensitive = true'].map(line => `${lineEnd}${inner}${line}`);
        return [{ span: block.inside, newText: `${lines.join('')}${lineEnd}${outer}` }];
      }
      // In line with the equals signs above it.
      const width =
        last === undefined ? 0 : /^[\w-]+ */u.exec(text.slice(last.span.start, last.value.span.start))?.[0].length;
      const line = `${'sensitive'.padEnd((width ?? 0) - 1)} = true`;
      const after = last?.span.end ?? block.inside.start;
      const at = lineEndAfter(text, after);
      return [{ span: { start: at, end: at }, newText: `${lineEnd}${inner}${line}` }];
    }
  }
}

/** The end of the line on which a place is, its comment included. */
function lineEndAfter(text: string, offset: number): number {
  const found = /\r?\n|$/u.exec(text.slice(offset));
  return offset + (found?.index ?? 0);
}
