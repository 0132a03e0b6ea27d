import type { SourceDocument } from '../engine/finding.ts';
import { mayBeArmTemplate, readArmTemplate } from './arm.ts';
import { readBicepTemplate } from './bicep.ts';
import type { Template } from './template.ts';
import { readTerraformTemplate } from './terraform.ts';

/** The one read last: several rules ask for the same text, one after the other. */
let last: { readonly languageId: string; readonly text: string; readonly template: Template | undefined } | undefined;

/** `undefined` for a file that is no template. */
export function readTemplate({ languageId, text }: SourceDocument): Template | undefined {
  if (last?.languageId !== languageId || last.text !== text)
    last = { languageId, text, template: read(languageId, text) };
  return last.template;
}

function read(languageId: string, text: string): Template | undefined {
  switch (languageId) {
    case 'bicep':
      return readBicepTemplate(text);
    case 'terraform':
      return readTerraformTemplate(text);
    case 'json':
    case 'jsonc':
      return readArmTemplate(text);
    default:
      return undefined;
  }
}

/** Languages that {@link readTemplate} reads. */
export const templateLanguages = ['bicep', 'terraform', 'json', 'jsonc'] as const;

/** Whether a document in one of these languages can be a template; quick, unlike {@link readTemplate}. */
export function mayBeTemplate({ languageId, text }: SourceDocument): boolean {
  return (languageId !== 'json' && languageId !== 'jsonc') || mayBeArmTemplate(text);
}
