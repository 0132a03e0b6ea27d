import { objectAt, propertyOf } from '../formats/expression.ts';
import { attributeOf } from '../formats/hcl.ts';
import type { KeysOffValue, Service } from '../services/service.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { ArmResource } from './arm.ts';
import type { BicepResource } from './bicep.ts';
import { indentAt, indentStep, lineEndOf } from './edit.ts';
import type { Template, TemplateResource } from './template.ts';
import type { TerraformResource } from './terraform.ts';

/** Sets the switch that makes a service's keys worthless; `undefined` where it cannot be set or is set already. */
export function turnKeysOff(
  { language, text }: Template,
  resource: TemplateResource,
  { keysOff }: Service,
): readonly TextEdit[] | undefined {
  if (keysOff === undefined || resource.existing || !/^\w+$/u.test(keysOff.property)) return undefined;
  const lineEnd = lineEndOf(text);
  if (language === 'terraform') {
    const { block } = resource as TerraformResource;
    const { property, value } = keysOff.terraform;
    if (keysOff.terraform.resource !== resource.type) return undefined;
    const set = attributeOf(block.body, property);
    const written = literal(value, '"');
    if (set !== undefined) return changed(set.value.span, text, written);
    const last = block.body.attributes.at(-1);
    if (last === undefined) return undefined;
    const at = text.slice(last.span.end).search(/\r?\n|$/u) + last.span.end;
    return [
      {
        span: { start: at, end: at },
        newText: `${lineEnd}${indentAt(text, last.span.start)}${property} = ${written}`,
      },
    ];
  }
  if (keysOff.resourceType.toLowerCase() !== resource.type) return undefined;
  const body = language === 'bicep' ? (resource as BicepResource).declaration.body : (resource as ArmResource).body;
  const properties = body && objectAt(body, 'properties');
  const key = language === 'bicep' ? keysOff.property : `"${keysOff.property}"`;
  const value = literal(keysOff.value, language === 'bicep' ? "'" : '"');
  if (properties === undefined) {
    const after = body?.properties.at(-1);
    if (after === undefined || language === 'arm') return undefined;
    const indent = indentAt(text, after.span.start);
    const newText = ['', `${indent}properties: {`, `${indent}${indentStep(text)}${key}: ${value}`, `${indent}}`].join(
      lineEnd,
    );
    return [{ span: { start: after.span.end, end: after.span.end }, newText }];
  }
  const set = propertyOf(properties, keysOff.property);
  if (set !== undefined) return changed(set.value.span, text, value);
  const [first] = properties.properties;
  const comma = language === 'arm' ? ',' : '';
  if (first === undefined) {
    const outer = indentAt(text, properties.span.start);
    const newText = `{${lineEnd}${outer}${indentStep(text)}${key}: ${value}${lineEnd}${outer}}`;
    return [{ span: properties.span, newText }];
  }
  const at = { start: first.span.start, end: first.span.start };
  return [{ span: at, newText: `${key}: ${value}${comma}${lineEnd}${indentAt(text, first.span.start)}` }];
}

function changed(span: { start: number; end: number }, text: string, value: string): TextEdit[] | undefined {
  return text.slice(span.start, span.end) === value ? undefined : [{ span, newText: value }];
}

function literal(value: KeysOffValue, quote: string): string {
  if (typeof value === 'boolean') return String(value);
  const quoted = (text: string): string => quote + text + quote;
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}
