import { stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import { secretDigest } from '../core/engine/duplicates.ts';
import type { Finding } from '../core/engine/finding.ts';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import { scanAsync } from '../core/engine/scan.ts';
import { lineIndex, type Position } from '../core/text/line-index.ts';
import { walkFiles, type SkippedPath, type WalkedFile } from './file-walk.ts';
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
  const { folder, maxBytes, gitIgnored } = request;
  const exclude = excluder(folder, request.exclude);
  const options = { cwd: folder, signal, maxBytes, gitIgnored, exclude };
  if (request.files === undefined) {
    for await (const entry of walkFiles([folder], options))
      yield entry.kind === 'file' ? await scanFile(entry, request.salt, signal) : entry;
    return;
  }
  for (const path of request.files) {
    if (signal.aborted) return;
    if (await isLeftOut(path, request, exclude)) {
      yield { kind: 'file', path, bytes: 0, findings: [] };
      continue;
    }
    for await (const entry of walkFiles([path], options)) {
      if (entry.kind === 'file') yield await scanFile(entry, request.salt, signal);
      else if (entry.cause === 'unreadable') yield entry;
      else yield { kind: 'file', path, bytes: 0, findings: [] };
    }
  }
}

async function scanFile(file: WalkedFile, salt: string, signal: AbortSignal): Promise<ScannedWorkspaceFile> {
  const { absolutePath, text, bytes } = file;
  const document = { uri: absolutePath, languageId: languageOfPath(absolutePath), text };
  const findings = (await scanAsync(document, { signal, yieldEvery: 50 })) ?? [];
  if (findings.length === 0) return { kind: 'file', path: absolutePath, bytes, findings: [] };
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
  { folder, gitIgnored, maxBytes }: WorkspaceScanRequest,
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
