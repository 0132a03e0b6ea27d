import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { configFileName, settingsFor, type FileSettings } from '../core/engine/config.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import type { Finding, SourceDocument } from '../core/engine/finding.ts';
import { adapterFor } from '../core/languages/adapters.ts';
import type { WorkspaceView } from '../core/rewrite/fix.ts';
import { configFiles, readSettings, type ConfigFiles } from '../platform/config-files.ts';
import { displayPath, walkFiles, type SkippedPath } from '../platform/file-walk.ts';
import { gitIgnored } from '../platform/git-ignored.ts';
import { trackedDespiteIgnored } from '../platform/git-repository.ts';
import { holdsGit } from '../platform/repository-root.ts';
import type { ScannedFile } from '../platform/sift-file.ts';
import { siftFiles } from '../platform/sift.ts';
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
  /** Suppressed ones included; absent where the scan that found the file does not answer for them. */
  readonly findings?: readonly Finding[];
}

/** Files in which there is nothing to report. */
export interface ClearFiles {
  readonly kind: 'clear';
  readonly absolutePaths: readonly string[];
  readonly bytes: number;
}

export interface DiskOptions {
  /** Reads what git ignores too, whatever a settings file says. */
  readonly includeIgnored?: boolean;
}

/** Files as the commands see them: read with their encoding, written back in it. */
export interface Disk {
  /**
   * Every document at or below `paths` (the working directory when empty), and what had to be left out. Files in which
   * there is nothing to report come without their text, several at a time. Uses all cores.
   */
  documents(paths: readonly string[]): AsyncGenerator<FoundDocument | ClearFiles | SkippedPath>;
  readonly config: ConfigFiles;
  /** Whether git leaves a file (absolute path) out of commits. */
  readonly isGitIgnored: (absolutePath: string) => Promise<boolean>;
  /** The files around a document, up to the working directory. */
  readonly workspace: WorkspaceView;
  /** Writes a file that was read through this disk, in the encoding that it had. @throws UsageError */
  write(uri: string, text: string): Promise<void>;
}

export function disk({ cwd, signal, stderr }: CommandIo, { includeIgnored }: DiskOptions = {}): Disk {
  /** Folders that were seen to hold no settings file, or no repository: none of them is asked for one. */
  const withoutSettings = new Set<string>();
  const withoutGit = new Set<string>();
  const config = configFiles({
    root: cwd,
    read: async file => (withoutSettings.has(dirname(file)) ? undefined : readSettings(file)),
    isRepository: async folder => !withoutGit.has(folder) && holdsGit(folder),
    onProblems(file, problems) {
      for (const { message, position } of problems) {
        stderr.write(`keyless: ${displayPath(file, cwd)}:${position.line + 1}:${position.character + 1}: ${message}\n`);
      }
    },
  });
  const { isGitIgnored } = gitIgnored({ useGit: true });
  const encodings = new Map<string, TextEncoding>();
  /** Every finding in a file of settings asks for the code that reads it. */
  const mentions = new Map<string, Promise<readonly SourceDocument[]>>();
  return {
    config,
    isGitIgnored,
    async *documents(paths) {
      let tracked: ReturnType<typeof trackedDespiteIgnored> | undefined;
      const walk = siftFiles(paths.length > 0 ? paths : ['.'], {
        cwd,
        top: await config.top(),
        workerFile: join(__dirname, 'sift-worker.js'),
        signal,
        async keep(path) {
          tracked ??= trackedDespiteIgnored(cwd, signal);
          return (await tracked).has(path);
        },
        async inFolder(folder, entries) {
          if (!entries.some(({ name }) => name === configFileName)) withoutSettings.add(folder);
          if (!entries.some(({ name }) => name === '.git')) withoutGit.add(folder);
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
      for await (const entries of walk) {
        const clear = entries.filter(entry => entry.kind === 'clear');
        if (clear.length > 0) {
          const bytes = clear.reduce((sum, entry) => sum + entry.bytes, 0);
          yield { kind: 'clear', absolutePaths: clear.map(({ absolutePath }) => absolutePath), bytes };
        }
        for (const entry of entries) {
          if (entry.kind === 'skipped') yield entry;
          else if (entry.kind === 'file') yield await documentOf(entry);
        }
      }
      signal.throwIfAborted();
    },
    workspace: {
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
    },
    async write(uri, text) {
      try {
        await writeFile(resolve(cwd, uri), encodeFile({ text, encoding: encodings.get(uri) ?? 'utf8' }));
      } catch (error) {
        throw new UsageError(`Cannot write ${uri}: ${reasonOf(error)}`);
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

  async function documentOf(file: ScannedFile): Promise<FoundDocument | SkippedPath> {
    const { path, absolutePath, named, text, encoding, bytes, findings } = file;
    const settings = await config.settingsFor(absolutePath);
    if (settings.ignoredBy !== undefined) {
      const by = displayPath(join(settings.ignoredBy, configFileName), cwd);
      return { kind: 'skipped', path, reason: `left out by "ignore" in ${by}`, cause: 'leftOut' };
    }
    encodings.set(path, encoding);
    const stablePath = await config.stablePath(absolutePath);
    return {
      kind: 'document',
      document: { uri: path, languageId: languageOfPath(path), text, path: stablePath },
      bytes,
      settings,
      mayBeIgnored: named || includeIgnored === true || settings.includeIgnored === true,
      absolutePath,
      // What lies outside of the working directory's repository is named otherwise in fingerprints.
      ...(stablePath === file.stablePath && findings && { findings }),
    };
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

/** Says on stderr what could not be read, or was named in vain; what is skipped on purpose is only counted. */
export function reportSkipped({ path, reason, cause }: SkippedPath, command: string, io: CommandIo): boolean {
  if (cause === 'notText' || cause === 'tooLarge') return false;
  io.stderr.write(`keyless ${command}: ${path}: ${reason}\n`);
  return cause !== 'leftOut';
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
