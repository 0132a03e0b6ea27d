import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import type { SourceDocument } from '../core/engine/finding.ts';
import type { WorkspaceView } from '../core/rewrite/fix.ts';
import type { SkippedPath, WalkedFile } from '../platform/file-walk.ts';
import { siftFiles, type ClearFile } from '../platform/sift.ts';
import { decodeFile, encodeFile, type TextEncoding } from '../platform/text-encoding.ts';
import { UsageError, type CommandIo } from './io.ts';
import { reasonOf } from './output.ts';

/** A text file below the working directory. The document's `uri` is its path as reports show it. */
export interface FoundDocument {
  readonly kind: 'document';
  readonly document: SourceDocument;
  readonly bytes: number;
}

/** Files as the commands see them: read with their encoding, written back in it. */
export interface Disk {
  /**
   * Every document at or below `paths` (the working directory when empty), and what had to be left out. A file in which
   * there is nothing to report comes without its text. Uses all cores.
   */
  documents(paths: readonly string[]): AsyncGenerator<FoundDocument | ClearFile | SkippedPath>;
  /** The files around a document, up to the working directory. */
  readonly workspace: WorkspaceView;
  /** Writes a file that was read through this disk, in the encoding that it had. @throws UsageError */
  write(uri: string, text: string): Promise<void>;
}

export function disk({ cwd, signal }: CommandIo): Disk {
  const encodings = new Map<string, TextEncoding>();
  return {
    async *documents(paths) {
      const workerFile = join(__dirname, 'sift-worker.js');
      for await (const entry of siftFiles(paths.length > 0 ? paths : ['.'], { cwd, signal, workerFile }))
        yield entry.kind === 'file' ? documentOf(entry) : entry;
      signal.throwIfAborted();
    },
    workspace: {
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
    },
    async write(uri, text) {
      try {
        await writeFile(resolve(cwd, uri), encodeFile({ text, encoding: encodings.get(uri) ?? 'utf8' }));
      } catch (error) {
        throw new UsageError(`Cannot write ${uri}: ${reasonOf(error)}`);
      }
    },
  };

  function documentOf({ path, text, encoding, bytes }: WalkedFile): FoundDocument {
    encodings.set(path, encoding);
    return { kind: 'document', document: { uri: path, languageId: languageOfPath(path), text }, bytes };
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

/** Says on stderr what could not be read; what is skipped on purpose (binary, too large) is only counted. */
export function reportSkipped({ path, reason, cause }: SkippedPath, command: string, io: CommandIo): boolean {
  if (cause === 'notText' || cause === 'tooLarge') return false;
  io.stderr.write(`keyless ${command}: ${path}: ${reason}\n`);
  return true;
}
