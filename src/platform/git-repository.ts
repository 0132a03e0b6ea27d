import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Git cannot do what was asked for. The message says why and what to do, for people. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** A repository, read through the `git` of this machine. */
export interface GitRepository {
  /** Absolute: the folder that paths in the repository are relative to. */
  readonly root: string;
}

export interface GitBlob {
  /** Object id, in hexadecimal. */
  readonly id: string;
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
}

export interface HistoricBlob extends GitBlob {
  readonly commit: GitCommit;
}

/** The commit that brought something in. */
export interface GitCommit {
  readonly id: string;
  /** The author's date: ISO 8601 with offset. */
  readonly date: string;
}

export interface GitReadOptions {
  /** Relative to the working directory or absolute; everything when empty. */
  readonly paths: readonly string[];
  /** Leaves out paths (relative to the repository's root) that are not worth reading. */
  readonly wanted: (path: string) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** @throws GitError when there is no git or no repository */
export async function openRepository(cwd: string): Promise<GitRepository> {
  const bare = (await ask(cwd, ['rev-parse', '--is-bare-repository'])) === 'true';
  return { root: bare ? cwd : await ask(cwd, ['rev-parse', '--show-toplevel']) };
}

/** The files that the next commit changes, as they are in the index. @throws GitError */
export async function* stagedFiles(cwd: string, { paths, wanted, signal }: GitReadOptions): AsyncGenerator<GitBlob> {
  const args = ['diff', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff'];
  let changed: Change | undefined;
  for await (const record of records(cwd, [...args, '--diff-filter=AMT', '--', ...paths], signal)) {
    if (changed === undefined) changed = readChange(record);
    else {
      if (changed.isFile && (await wanted(record))) yield { id: changed.id, path: record };
      changed = undefined;
    }
  }
}

export interface HistoryOptions extends GitReadOptions {
  /** Leaves out what this revision already reaches. */
  readonly since?: string;
}

/**
 * Every version of every file that a branch, tag, remote branch or stash reaches, each once, with the first commit that
 * holds it; oldest first.
 * @throws GitError
 */
export async function* historyBlobs(
  cwd: string,
  { since, paths, wanted, signal }: HistoryOptions,
): AsyncGenerator<HistoricBlob> {
  const from = since === undefined ? [] : ['--not', await commitOf(cwd, since)];
  const args = ['-c', 'log.showRoot=true', 'log', '--all', '--reverse', '--date-order', '--raw', '-z', '--no-abbrev'];
  // Of a merge only what none of its parents has.
  const form = ['--no-renames', '--no-ext-diff', '-c', '--format=%x01%H%x00%aI', '--diff-filter=AMT'];
  const seen = new Set<string>();
  let commit: GitCommit | undefined;
  let commitId: string | undefined;
  let changed: Change | undefined;
  for await (const record of records(cwd, [...args, ...form, ...from, '--', ...paths], signal)) {
    if (commitId !== undefined) {
      commit = { id: commitId, date: record };
      commitId = undefined;
    } else if (changed !== undefined) {
      const { id, isFile } = changed;
      changed = undefined;
      if (!isFile || commit === undefined || seen.has(packed(id)) || !(await wanted(record))) continue;
      seen.add(packed(id));
      yield { id, path: record, commit };
    } else if (record.startsWith('\u0001')) commitId = record.slice(1);
    else if (record !== '') changed = readChange(record);
  }
}

/**
 * Files that git tracks although an ignore file names them: they are committed all the same. None where git cannot tell.
 * @returns absolute paths, of the files and of every folder that holds one
 */
export async function trackedDespiteIgnored(cwd: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  try {
    const { root } = await openRepository(cwd);
    const args = ['ls-files', '-z', '--cached', '--ignored', '--exclude-standard', '--full-name', '--', root];
    for await (const path of records(cwd, args, signal)) {
      if (path === '') continue;
      for (let at = join(root, path); at.length > root.length && !found.has(at); at = dirname(at)) found.add(at);
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
  }
  return found;
}

/** Half the memory of the id, and no hold on the text that it was cut from. */
function packed(id: string): string {
  return Buffer.from(id, 'hex').toString('latin1');
}

interface Change {
  readonly id: string;
  readonly isFile: boolean;
}

/** `:100644 100644 <id> <id> M`, with a `:`, a mode and an id more for each further parent. */
function readChange(record: string): Change {
  const text = record.trim();
  const parents = /^:*/u.exec(text)?.[0].length ?? 0;
  const fields = text.slice(parents).split(' ');
  const mode = fields[parents] ?? '';
  const id = fields[2 * parents + 1] ?? '';
  // Neither links nor submodules, and nothing that was taken away.
  return { id, isFile: mode.startsWith('100') && !/^0*$/u.test(id) };
}

/** @throws GitError where the revision names no commit */
async function commitOf(cwd: string, revision: string): Promise<string> {
  try {
    return await ask(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new GitError(
      `There is no revision "${revision}". Name a branch, a tag or a commit; a shallow clone may lack it.`,
    );
  }
}

/** Reads blobs through one process. */
export interface BlobReader {
  /** `undefined` for a blob that is missing or larger. Several reads may be under way; each is answered in its turn. */
  read(id: string, maxBytes: number): Promise<Buffer | undefined>;
  close(): void;
}

interface BlobRequest {
  readonly maxBytes: number;
  readonly resolve: (content: Buffer | undefined) => void;
  readonly reject: (error: Error) => void;
}

export function blobReader(cwd: string): BlobReader {
  const git = spawn('git', ['cat-file', '--batch'], { cwd, env: environment(), stdio: ['pipe', 'pipe', 'ignore'] });
  const requests: BlobRequest[] = [];
  let header = '';
  /** What is under way; a blob that is too large is passed by without being kept. */
  let content: { readonly request: BlobRequest; left: number; readonly parts: Buffer[] | undefined } | undefined;

  const fail = (): void => {
    for (const { reject } of [...(content ? [content.request] : []), ...requests.splice(0)])
      reject(new GitError('git ended while it was read. Try `git fsck`.'));
    content = undefined;
  };
  const begin = (line: string): void => {
    const request = requests.shift();
    if (request === undefined) return;
    const size = /^[0-9a-f]+ \w+ (?<size>\d+)$/u.exec(line)?.groups?.['size'];
    if (size === undefined) request.resolve(undefined);
    else content = { request, left: Number(size) + 1, parts: Number(size) > request.maxBytes ? undefined : [] };
  };
  git.stdout.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length;) {
      if (content === undefined) {
        const end = chunk.indexOf(10, at);
        header += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
        at = end === -1 ? chunk.length : end + 1;
        if (end === -1) return;
        begin(header);
        header = '';
      } else {
        const taken = Math.min(content.left, chunk.length - at);
        content.parts?.push(chunk.subarray(at, at + taken));
        content.left -= taken;
        at += taken;
        if (content.left > 0) return;
        const { parts, request } = content;
        content = undefined;
        // Git ends each blob with a line feed of its own.
        request.resolve(parts && Buffer.concat(parts).subarray(0, -1));
      }
    }
  });
  git.on('error', fail);
  git.on('close', fail);
  git.stdin.on('error', () => undefined);
  return {
    read: (id, maxBytes) =>
      new Promise((resolve, reject) => {
        requests.push({ maxBytes, resolve, reject });
        if (git.exitCode !== null) fail();
        else git.stdin.write(`${id}\n`);
      }),
    close: () => void git.kill(),
  };
}

/** The NUL-separated records that git prints, as they come. @throws GitError */
async function* records(cwd: string, args: readonly string[], signal: AbortSignal): AsyncGenerator<string> {
  const git = start(cwd, args);
  const stop = (): void => void git.kill();
  signal.addEventListener('abort', stop, { once: true });
  const complaint = collect(git.stderr);
  const ended = new Promise<number | null>((resolve, reject) => {
    git.on('error', error => reject(cannotStart(error)));
    git.on('close', resolve);
  });
  // Whoever stops reading early does not ask how it ended.
  ended.catch(() => undefined);
  try {
    git.stdout.setEncoding('utf8');
    let rest = '';
    for await (const chunk of git.stdout as AsyncIterable<string>) {
      const parts = (rest + chunk).split('\0');
      rest = parts.pop() ?? '';
      yield* parts;
    }
    if (rest !== '') yield rest;
    const code = await ended;
    if (code !== 0 && !signal.aborted) throw new GitError(explain(await complaint));
  } finally {
    signal.removeEventListener('abort', stop);
    git.kill();
  }
}

function start(cwd: string, args: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn('git', [...options, ...args], { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Neither a program that the repository names nor a pattern in a path that a person gave. */
const options = ['--no-pager', '--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];

/** Messages in one language, and no download of what a partial clone lacks. */
function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
}

/** What git prints, without white space around it. @throws GitError */
function ask(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', [...options, ...args], { cwd, env: environment() }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim());
      else reject(typeof error.code === 'number' ? new GitError(explain(stderr)) : cannotStart(error));
    });
  });
}

function cannotStart(error: Error): GitError {
  return 'code' in error && error.code === 'ENOENT'
    ? new GitError('There is no git on this machine. Install git, or scan without --staged and --history.')
    : new GitError('Git cannot be started.');
}

function explain(complaint: string): string {
  if (/not a git repository/iu.test(complaint)) {
    return 'This folder is in no git repository. Run it inside of one, or scan without --staged and --history.';
  }
  if (/dubious ownership/iu.test(complaint)) {
    return 'This repository belongs to somebody else. If you trust it, add it to git\'s "safe.directory".';
  }
  const [line = ''] = complaint.trim().split('\n');
  return line === '' ? 'Git failed without a word.' : `Git failed: ${line.slice(0, 200)}`;
}

async function collect(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (text.length < 2000) text += String(chunk);
  return text;
}
