import { join, relative, sep } from 'node:path';
import { languageOfPath } from '../core/engine/language-of-path.ts';
import type { SourceDocument } from '../core/engine/finding.ts';
import type { FileSettings } from '../core/engine/config.ts';
import { mayHoldFinding, wordsInBytes } from '../core/engine/scan.ts';
import { isSilentName } from '../core/secrets/silent-files.ts';
import { displayPath, notText, isSkippedByName, type SkippedPath } from '../platform/file-walk.ts';
import type { ConfigFiles } from '../platform/config-files.ts';
import {
  blobReader,
  historyBlobs,
  openRepository,
  stagedFiles,
  type BlobReader,
  type GitBlob,
  type GitCommit,
  type HistoricBlob,
} from '../platform/git-repository.ts';
import { decodeFile } from '../platform/text-encoding.ts';
import type { CommandIo } from './io.ts';

/** A file as git holds it. */
export interface GitDocument {
  readonly kind: 'document';
  /** `uri` is its path as reports show it; absent where nothing in it could be a finding. */
  readonly document?: SourceDocument;
  readonly bytes: number;
  readonly settings: FileSettings;
  /** The first commit that holds it, when history is read. */
  readonly commit?: GitCommit;
}

export interface GitDocumentsOptions {
  readonly paths: readonly string[];
  readonly config: ConfigFiles;
}

/** What the next commit would bring, as it lies in the index. @throws GitError */
export async function* stagedDocuments(
  { paths, config }: GitDocumentsOptions,
  io: CommandIo,
): AsyncGenerator<GitDocument | SkippedPath> {
  const { root } = await openRepository(io.cwd);
  yield* documents(
    root,
    stagedFiles(io.cwd, { paths, signal: io.signal, wanted: worthReading(root, config) }),
    config,
    io,
  );
}

/** Every version of every file in the history, each once, oldest first. @throws GitError */
export async function* historicDocuments(
  { paths, config, since }: GitDocumentsOptions & { readonly since: string | undefined },
  io: CommandIo,
): AsyncGenerator<GitDocument | SkippedPath> {
  const { root } = await openRepository(io.cwd);
  const blobs = historyBlobs(io.cwd, {
    paths,
    signal: io.signal,
    wanted: worthReading(root, config),
    ...(since === undefined ? {} : { since }),
  });
  yield* documents(root, blobs, config, io);
}

/** A blob may lie at several paths: one that says nothing must not stand for the others. */
function worthReading(root: string, config: ConfigFiles): (path: string) => Promise<boolean> {
  return async path => {
    if (isSkippedByName({ absolutePath: path, named: false }) || isSilentName(path)) return false;
    return (await config.settingsFor(join(root, path))).ignoredBy === undefined;
  };
}

/** Reads under way at a time: git answers while the scan works. */
const readAhead = 8;
const defaultMaxBytes = 20_000_000;

async function* documents(
  root: string,
  blobs: AsyncIterable<GitBlob | HistoricBlob>,
  config: ConfigFiles,
  io: CommandIo,
): AsyncGenerator<GitDocument | SkippedPath> {
  const reader = blobReader(io.cwd);
  try {
    const pending: Promise<GitDocument | SkippedPath>[] = [];
    for await (const blob of blobs) {
      const next = read(root, blob, reader, config, io);
      // It is awaited in its turn; until then its failure is not unhandled.
      next.catch(() => undefined);
      pending.push(next);
      if (pending.length < readAhead) continue;
      const document = await pending.shift();
      if (document !== undefined) yield document;
      io.signal.throwIfAborted();
    }
    for (const next of pending) {
      yield await next;
      io.signal.throwIfAborted();
    }
    io.signal.throwIfAborted();
  } finally {
    reader.close();
  }
}

async function read(
  root: string,
  blob: GitBlob | HistoricBlob,
  reader: BlobReader,
  config: ConfigFiles,
  { cwd }: CommandIo,
): Promise<GitDocument | SkippedPath> {
  const absolutePath = join(root, blob.path);
  const settings = await config.settingsFor(absolutePath);
  const path = displayPath(absolutePath, cwd);
  const maxBytes = settings.maxFileSize ?? defaultMaxBytes;
  const content = await reader.read(blob.id, maxBytes);
  if (content === undefined) {
    const reason = `missing or larger than ${Math.floor(maxBytes / 1_000_000)} MB`;
    return { kind: 'skipped', path, reason, cause: 'tooLarge' };
  }
  const bytes = content.length;
  const found = { kind: 'document', bytes, settings, ...('commit' in blob ? { commit: blob.commit } : {}) } as const;
  const isUtf16 = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);
  if (!isUtf16 && !mayHoldFinding(wordsInBytes(content, true))) return found;
  const decoded = decodeFile(content);
  if (decoded === undefined) return notText(path);
  const stablePath = relative(await config.top(), absolutePath)
    .split(sep)
    .join('/');
  const document = { uri: path, languageId: languageOfPath(path), text: decoded.text, path: stablePath };
  return { ...found, document };
}
