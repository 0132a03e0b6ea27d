import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { applySettings } from '../core/engine/apply-settings.ts';
import { parseConfig } from '../core/engine/config-parser.ts';
import { configFileName, type ConfigLayer } from '../core/engine/config.ts';
import { secretDigest } from '../core/engine/duplicates.ts';
import type { Finding } from '../core/engine/finding.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { rescanJoined } from '../core/engine/split-secrets.ts';
import { createLanguages, type Languages } from '../core/languages/languages.ts';
import { lineIndex, type Position } from '../core/text/line-index.ts';
import { configFiles, type ConfigFiles } from './config-files.ts';
import { walkFiles, type SkippedPath, type WalkedFile } from './file-walk.ts';
import { gitIgnored, isIgnoredWithin } from './git-ignored.ts';
import { grammarsIn } from './grammars.ts';
import { isGitIgnored } from './ignore-files.ts';

export interface WorkspaceScanRequest {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Absolute paths below the folder: looks at these alone. A file that is gone or left out counts as one without findings. */
  readonly files?: readonly string[];
  /** Globs relative to the folder, as in `files.exclude`. */
  readonly exclude: readonly string[];
  /** Looks at files that git ignores too. */
  readonly gitIgnored: boolean;
  readonly maxBytes: number;
  /** For `secretDigest`; the same for every request whose digests are compared. */
  readonly salt: string;
  /** The editor's own settings, which the settings files in the folder overrule. */
  readonly layer: ConfigLayer;
  /** See `GitIgnoredOptions`. */
  readonly useGit: boolean;
  /** Absolute path of the folder with the grammars (see `grammarsIn`). */
  readonly grammars: string;
}

/** A finding with all that the text was needed for. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly start: Position;
  readonly end: Position;
  /** See `secretDigest`. */
  readonly secret: string;
}

export interface ScannedWorkspaceFile {
  readonly kind: 'file';
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly findings: readonly PlacedFinding[];
}

/** Findings of a folder or of files in it, file by file. Ends early when aborted; a file that cannot be read is reported. */
export async function* scanFolder(
  request: WorkspaceScanRequest,
  signal: AbortSignal,
): AsyncGenerator<ScannedWorkspaceFile | SkippedPath, void, undefined> {
  const { folder, maxBytes } = request;
  const context = await contextOf(request, signal);
  const { gitIgnored } = context;
  const exclude = excluder(folder, request.exclude);
  const options = { cwd: folder, signal, maxBytes, gitIgnored, exclude };
  if (request.files === undefined) {
    for await (const entry of walkFiles([folder], options))
      yield entry.kind === 'file' ? await scanFile(entry, context) : entry;
    return;
  }
  for (const path of request.files) {
    if (signal.aborted) return;
    if (await isLeftOut(path, context, exclude)) {
      yield clean(path, 0);
      continue;
    }
    for await (const entry of walkFiles([path], options)) {
      if (entry.kind === 'file') yield await scanFile(entry, context);
      else if (entry.cause === 'unreadable') yield entry;
      else yield clean(path, 0);
    }
  }
}

function clean(path: string, bytes: number): ScannedWorkspaceFile {
  return { kind: 'file', path, bytes, findings: [] };
}

interface ScanContext extends WorkspaceScanRequest {
  readonly config: ConfigFiles;
  /** Whether git leaves the file out of commits; not asked of what the walk leaves out. */
  readonly isUncommitted: (absolutePath: string) => Promise<boolean>;
  readonly languages: () => Languages;
  readonly signal: AbortSignal;
}

/** A folder's own settings file may ask for what git ignores. */
async function contextOf(request: WorkspaceScanRequest, signal: AbortSignal): Promise<ScanContext> {
  const config = configFiles({ root: request.folder, outermost: request.layer, parse: parseConfig });
  const { includeIgnored = request.gitIgnored } = await config.settingsFor(join(request.folder, configFileName));
  const git = gitIgnored({ useGit: request.useGit });
  const isUncommitted = (path: string): Promise<boolean> => isIgnoredWithin(git, request.folder, path, signal);
  let languages: Languages | undefined;
  return {
    ...request,
    gitIgnored: includeIgnored,
    config,
    isUncommitted,
    languages: () => (languages ??= createLanguages(grammarsIn(request.grammars))),
    signal,
  };
}

async function scanFile(file: WalkedFile, context: ScanContext): Promise<ScannedWorkspaceFile> {
  const { config, salt, signal } = context;
  const { absolutePath, text, bytes } = file;
  const settings = await config.settingsFor(absolutePath);
  if (settings.ignoredBy !== undefined || bytes > (settings.maxFileSize ?? Infinity)) return clean(absolutePath, bytes);
  const document = {
    uri: absolutePath,
    languageId: languageOfPath(absolutePath),
    text,
    path: await config.stablePath(absolutePath),
  };
  const scanned = await rescanJoined(document, undefined, context.languages, { signal, yieldEvery: 50 });
  const found = scanned?.findings ?? [];
  const ignored = found.length > 0 && context.gitIgnored && (await context.isUncommitted(absolutePath));
  const findings = applySettings(document, found, { ...settings, gitIgnored: ignored });
  if (findings.length === 0) return clean(absolutePath, bytes);
  const lines = lineIndex(text);
  return {
    kind: 'file',
    path: absolutePath,
    bytes,
    findings: findings.map(finding => ({
      finding,
      start: lines.positionAt(finding.span.start),
      end: lines.positionAt(finding.span.end),
      secret: secretDigest(document, finding, salt),
    })),
  };
}

const neverWalked: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** Whether a walk of the folder would pass a file by. */
async function isLeftOut(
  path: string,
  { folder, gitIgnored, maxBytes }: ScanContext,
  exclude: (absolutePath: string) => boolean,
): Promise<boolean> {
  const parts = relative(folder, path).split(sep);
  if (parts.some(part => neverWalked.has(part))) return true;
  if (parts.some((_part, index) => exclude(join(folder, ...parts.slice(0, index + 1))))) return true;
  if (!gitIgnored && (await isGitIgnored(path, folder))) return true;
  try {
    const { size } = await stat(path);
    return size > maxBytes;
  } catch {
    return true;
  }
}

function excluder(folder: string, globs: readonly string[]): (absolutePath: string) => boolean {
  if (globs.length === 0) return () => false;
  const matches = picomatch([...globs], { dot: true });
  return absolutePath => matches(relative(folder, absolutePath).split(sep).join('/'));
}
