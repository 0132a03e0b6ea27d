import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { SourceDocument } from '../core/engine/finding.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { adapterFor } from '../core/languages/adapters.ts';
import type { WorkspaceView } from '../core/rewrite/fix.ts';
import { walkFiles } from '../platform/file-walk.ts';
import { decodeFile } from '../platform/text-encoding.ts';
import type { Disk } from './disk.ts';
import type { CommandIo } from './io.ts';

/** The files around a document, up to the working directory. */
export function workspaceView({ encodings }: Pick<Disk, 'encodings'>, { cwd, signal }: CommandIo): WorkspaceView {
  /** Every finding in a file of settings asks for the code that reads it. */
  const mentions = new Map<string, Promise<readonly SourceDocument[]>>();
  return {
    mentioning(_fromUri, name) {
      const known = mentions.get(name) ?? codeWith(name);
      mentions.set(name, known);
      return known;
    },
    async findUp(fromUri, names) {
      const start = dirname(resolve(cwd, fromUri));
      const inside = start === cwd || start.startsWith(cwd + sep);
      for (let folder = start; ; folder = dirname(folder)) {
        const found = await findIn(folder, names);
        if (found) return found;
        // A file outside the working directory keeps to its own folder: nothing above it was asked for.
        if (!inside || folder === cwd || dirname(folder) === folder) return undefined;
      }
    },
  };

  async function codeWith(name: string): Promise<readonly SourceDocument[]> {
    const found: SourceDocument[] = [];
    const isCode = (path: string): boolean => adapterFor(languageOfPath(path)) !== undefined;
    const exclude = (path: string, isFolder: boolean): boolean => !isFolder && !isCode(path);
    for await (const file of walkFiles(['.'], { cwd, signal, exclude })) {
      if (file.kind !== 'file' || !file.text.includes(name)) continue;
      encodings.set(file.path, file.encoding);
      found.push({ uri: file.path, languageId: languageOfPath(file.path), text: file.text });
    }
    signal.throwIfAborted();
    return found;
  }

  async function findIn(folder: string, names: readonly RegExp[]): Promise<SourceDocument | undefined> {
    // A folder that cannot be read holds no manifest that could be edited; the search goes on above it.
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const files = entries.filter(entry => entry.isFile()).map(entry => entry.name);
    for (const name of names) {
      const found = files.sort().find(file => name.test(file));
      const bytes = found === undefined ? undefined : await readFile(resolve(folder, found)).catch(() => undefined);
      const decoded = bytes && decodeFile(bytes);
      if (found === undefined || !decoded) continue;
      const uri = relative(cwd, resolve(folder, found)).split(sep).join('/');
      encodings.set(uri, decoded.encoding);
      return { uri, languageId: languageOfPath(basename(found)), text: decoded.text };
    }
    return undefined;
  }
}
