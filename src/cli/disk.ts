import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { configFileName, settingsFor, type FileSettings } from '../core/engine/config.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import type { SourceDocument } from '../core/engine/finding.ts';
import type { WorkspaceView } from '../core/rewrite/fix.ts';
import { configFiles, type ConfigFiles } from '../platform/config-files.ts';
import { displayPath, type SkippedPath } from '../platform/file-walk.ts';
import { gitIgnored } from '../platform/git-ignored.ts';
import { trackedDespiteIgnored } from '../platform/git-repository.ts';
import { siftFiles, type ClearFile } from '../platform/sift.ts';
import { decodeFile, encodeFile, type TextEncoding } from '../platform/text-encoding.ts';
import { UsageError, type CommandIo } from './io.ts';
import { reasonOf } from './output.ts';

/** A text file below the working directory. The document's `uri` is its path as reports show it. */
export interface FoundDocument {
  readonly kind: 'document';
  readonly document: SourceDocument;
  readonly bytes: number;
  /** Of the settings files above it. */
  readonly settings: FileSettings;
  /** Git may ignore it: it was named, or ignored files are read too. */
  readonly mayBeIgnored: boolean;
  readonly absolutePath: string;
}

export interface DiskOptions {
  /** Reads what git ignores too, whatever a settings file says. */
  readonly includeIgnored?: boolean;
}

/** Files as the commands see them: read with their encoding, written back in it. */
export interface Disk {
  /**
   * Every document at or below `paths` (the working directory when empty), and what had to be left out. A file in which
   * there is nothing to report comes without its text. Uses all cores.
   */
  documents(paths: readonly string[]): AsyncGenerator<FoundDocument | ClearFile | SkippedPath>;
  readonly config: ConfigFiles;
  /** Whether git leaves a file (absolute path) out of commits. */
  readonly isGitIgnored: (absolutePath: string) => Promise<boolean>;
  /** The files around a document, up to the working directory. */
  readonly workspace: WorkspaceView;
  /** Writes a file that was read through this disk, in the encoding that it had. @throws UsageError */
  write(uri: string, text: string): Promise<void>;
}

export function disk({ cwd, signal, stderr }: CommandIo, { includeIgnored }: DiskOptions = {}): Disk {
  const config = configFiles({
    root: cwd,
    onProblems(file, problems) {
      for (const { message, position } of problems) {
        stderr.write(`keyless: ${displayPath(file, cwd)}:${position.line + 1}:${position.character + 1}: ${message}\n`);
      }
    },
  });
  const { isGitIgnored } = gitIgnored({ useGit: true });
  const encodings = new Map<string, TextEncoding>();
  return {
    config,
    isGitIgnored,
    async *documents(paths) {
      let tracked: ReturnType<typeof trackedDespiteIgnored> | undefined;
      const walk = siftFiles(paths.length > 0 ? paths : ['.'], {
        cwd,
        workerFile: join(__dirname, 'sift-worker.js'),
        signal,
        async keep(path) {
          tracked ??= trackedDespiteIgnored(cwd, signal);
          return (await tracked).has(path);
        },
        async inFolder(folder) {
          const layers = await config.layersFor(join(folder, '*'));
          const { maxFileSize, includeIgnored: configured } = settingsFor(slashed(folder), layers, true);
          return {
            gitIgnored: includeIgnored ?? configured ?? false,
            ...(maxFileSize === undefined ? {} : { maxBytes: maxFileSize }),
            ...(layers.length === 0
              ? {}
              : { exclude: (path, isFolder) => settingsFor(slashed(path), layers, isFolder).ignoredBy !== undefined }),
          };
        },
      });
      for await (const entry of walk) {
        if (entry.kind !== 'file') {
          yield entry;
          continue;
        }
        const { path, absolutePath, named, text, encoding, bytes } = entry;
        const settings = await config.settingsFor(absolutePath);
        if (settings.ignoredBy !== undefined) {
          const file = displayPath(join(settings.ignoredBy, configFileName), cwd);
          yield { kind: 'skipped', path, reason: `left out by "ignore" in ${file}`, cause: 'leftOut' };
          continue;
        }
        encodings.set(path, encoding);
        yield {
          kind: 'document',
          document: { uri: path, languageId: languageOfPath(path), text, path: await config.stablePath(absolutePath) },
          bytes,
          settings,
          mayBeIgnored: named || includeIgnored === true || settings.includeIgnored === true,
          absolutePath,
        };
      }
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

/** Says on stderr what could not be read, or was named in vain; what is skipped on purpose is only counted. */
export function reportSkipped({ path, reason, cause }: SkippedPath, command: string, io: CommandIo): boolean {
  if (cause === 'notText' || cause === 'tooLarge') return false;
  io.stderr.write(`keyless ${command}: ${path}: ${reason}\n`);
  return cause !== 'leftOut';
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
