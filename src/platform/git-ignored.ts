import { spawn } from 'node:child_process';
import { dirname, relative, sep } from 'node:path';
import { isFolderIgnored, isGitIgnored } from './ignore-files.ts';
import { repositoryRoot } from './repository-root.ts';

export interface GitIgnoredOptions {
  /** Ask git itself, which also knows global ignore files and what is tracked all the same. Not in an untrusted workspace. */
  readonly useGit: boolean;
}

export interface GitIgnored {
  /** Whether git leaves a file (absolute path) out of commits; `false` outside of repositories and once aborted. Never rejects. */
  readonly isGitIgnored: (absolutePath: string, signal?: AbortSignal) => Promise<boolean>;
  /** Asks anew from now on: an ignore file or the index has changed. */
  readonly forget: () => void;
}

/**
 * Whether git leaves a file of a workspace folder out of commits. A folder that lies as a whole in what an outer
 * repository ignores was opened all the same: there only the folder's own ignore files count, as in a walk of it.
 */
export async function isIgnoredWithin(
  git: GitIgnored,
  folder: string,
  absolutePath: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const [file, whole] = await Promise.all([git.isGitIgnored(absolutePath, signal), isFolderIgnored(folder)]);
  return file && whole ? isGitIgnored(absolutePath, folder) : file;
}

interface Question {
  readonly path: string;
  readonly answer: (ignored: boolean) => void;
}

/** How long questions are gathered for one run of git, in milliseconds. */
const gatherFor = 10;
const longestRun = 5000;

/** Tells which files git ignores. Questions that come together share one run of git; answers are kept. */
export function gitIgnored({ useGit }: GitIgnoredOptions): GitIgnored {
  let known = new Map<string, Promise<boolean>>();
  let waiting: Question[] = [];

  const ask = (path: string): Promise<boolean> =>
    new Promise(answer => {
      if (waiting.length === 0) setTimeout(() => void answerAll(), gatherFor);
      waiting.push({ path, answer });
    });
  const answerAll = async (): Promise<void> => {
    const questions = waiting;
    waiting = [];
    const byRoot = new Map<string, Question[]>();
    for (const question of questions) {
      const root = await repositoryRoot(dirname(question.path));
      if (root === undefined) question.answer(false);
      else byRoot.set(root, [...(byRoot.get(root) ?? []), question]);
    }
    await Promise.all(
      [...byRoot].map(async ([root, asked]) => {
        const paths = asked.map(({ path }) => path);
        const ignored = (useGit ? await askGit(root, paths) : undefined) ?? (await readIgnoreFiles(root, paths));
        for (const { path, answer } of asked) answer(ignored.has(path));
      }),
    );
  };
  return {
    isGitIgnored(absolutePath, signal) {
      let ignored = known.get(absolutePath);
      if (ignored === undefined) known.set(absolutePath, (ignored = ask(absolutePath)));
      return signal === undefined ? ignored : Promise.race([ignored, aborted(signal)]);
    },
    forget() {
      known = new Map();
    },
  };
}

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(false);
    else signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}

async function readIgnoreFiles(root: string, paths: readonly string[]): Promise<Set<string>> {
  const ignored = new Set<string>();
  for (const path of paths) if (await isGitIgnored(path, root)) ignored.add(path);
  return ignored;
}

/** `undefined` where git cannot tell: it is not installed, too old, or refuses the repository. */
function askGit(root: string, paths: readonly string[]): Promise<Set<string> | undefined> {
  return new Promise(resolve => {
    // The setting keeps a repository from having a program of its own run.
    const args = ['-c', 'core.fsmonitor=false', 'check-ignore', '--stdin', '-z'];
    const git = spawn('git', args, { cwd: root, stdio: ['pipe', 'pipe', 'ignore'], timeout: longestRun });
    const asked = new Map(paths.map(path => [relativeTo(root, path), path]));
    let output = '';
    git.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    git.on('error', () => resolve(undefined));
    git.on('close', code => {
      // 1 says that none of them is ignored.
      if (code !== 0 && code !== 1) resolve(undefined);
      else resolve(new Set(output.split('\0').flatMap(path => asked.get(path) ?? [])));
    });
    // A git that ends early closes the pipe; its exit code tells.
    git.stdin.on('error', () => undefined);
    git.stdin.end([...asked.keys()].map(path => `${path}\0`).join(''));
  });
}

function relativeTo(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
