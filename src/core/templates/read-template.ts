import type { SourceDocument } from '../engine/finding.ts';
import { readArmTemplate } from './arm.ts';
import { readBicepTemplate } from './bicep.ts';
import type { Template } from './template.ts';
import { readTerraformTemplate } from './terraform.ts';

/** `undefined` for a file that is no template. */
export function readTemplate({ languageId, text }: SourceDocument): Template | undefined {
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
