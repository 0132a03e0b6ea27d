import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { configFileName, settingsFor, type FileSettings } from '../core/engine/config.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import type { Finding, SourceDocument } from '../core/engine/finding.ts';
import { configFiles, readSettings, type ConfigFiles, type ConfigFilesOptions } from '../platform/config-files.ts';
import { displayPath, type SkippedPath } from '../platform/file-walk.ts';
import type { GitIgnored } from '../platform/git-ignored.ts';
import { holdsGit } from '../platform/repository-root.ts';
import type { ScannedFile } from '../platform/sift-file.ts';
import { siftFiles } from '../platform/sift.ts';
import { encodeFile, type TextEncoding } from '../platform/text-encoding.ts';
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

export interface DiskOptions extends Pick<ConfigFilesOptions, 'parse'> {
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
  /** In which encoding each file was read, by the URI of its document. */
  readonly encodings: Map<string, TextEncoding>;
  /** Writes a file that was read through this disk, in the encoding that it had. @throws UsageError */
  write(uri: string, text: string): Promise<void>;
}

export function disk({ cwd, signal, stderr }: CommandIo, { includeIgnored, parse }: DiskOptions): Disk {
  /** Folders that were seen to hold no settings file, or no repository: none of them is asked for one. */
  const withoutSettings = new Set<string>();
  const withoutGit = new Set<string>();
  const config = configFiles({
    root: cwd,
    parse,
    read: async file => (withoutSettings.has(dirname(file)) ? undefined : readSettings(file)),
    isRepository: async folder => !withoutGit.has(folder) && holdsGit(folder),
    onProblems(file, problems) {
      for (const { message, position } of problems) {
        stderr.write(`keyless: ${displayPath(file, cwd)}:${position.line + 1}:${position.character + 1}: ${message}\n`);
      }
    },
  });
  let ignored: Promise<GitIgnored> | undefined;
  const encodings = new Map<string, TextEncoding>();
  return {
    config,
    encodings,
    async isGitIgnored(absolutePath) {
      ignored ??= import('../platform/git-ignored.ts').then(({ gitIgnored }) => gitIgnored({ useGit: true }));
      return (await ignored).isGitIgnored(absolutePath);
    },
    async *documents(paths) {
      let tracked: Promise<{ has(path: string): boolean }> | undefined;
      const walk = siftFiles(paths.length > 0 ? paths : ['.'], {
        cwd,
        top: await config.top(),
        workerFile: join(__dirname, 'sift-worker.js'),
        signal,
        async keep(path) {
          tracked ??= import('../platform/git-repository.ts').then(git => git.trackedDespiteIgnored(cwd, signal));
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
    async write(uri, text) {
      try {
        await writeFile(resolve(cwd, uri), encodeFile({ text, encoding: encodings.get(uri) ?? 'utf8' }));
      } catch (error) {
        throw new UsageError(`Cannot write ${uri}: ${reasonOf(error)}`);
      }
    },
  };

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
