import type { LanguageAdapter } from './syntax.ts';
import { csharp } from './csharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { python } from './python.ts';
import { typescript } from './typescript.ts';

const byLanguageId: Readonly<Record<string, LanguageAdapter>> = {
  typescript,
  typescriptreact: typescript,
  javascript: typescript,
  javascriptreact: typescript,
  python,
  csharp,
  java,
  go,
};

/** The adapter for a VS Code language id; `undefined` for languages that are not rewritten. */
export function adapterFor(languageId: string): LanguageAdapter | undefined {
  return Object.hasOwn(byLanguageId, languageId) ? byLanguageId[languageId] : undefined;
}
