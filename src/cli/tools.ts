import { join } from 'node:path';
import { createLanguages } from '../core/languages/languages.ts';
import type { RewriteTools } from '../core/rewrite/client-rewrites.ts';
import { grammarsIn } from '../platform/grammars.ts';
import type { Disk } from './disk.ts';

/** What fixes need, with the grammars that lie beside the bundle; they are read when a file first needs one. */
export function rewriteTools({ workspace }: Disk): RewriteTools {
  return { languages: createLanguages(grammarsIn(join(__dirname, 'grammars'))), workspace };
}
