import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git of its own, whatever the machine's settings and the hook that runs these tests say. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** Runs git in a folder and returns what it prints, trimmed. */
export async function git(folder: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await run('git', ['-c', 'init.defaultBranch=main', ...args], {
    cwd: folder,
    env: { ...environment, ...env },
  });
  return stdout.trim();
}

/** Commits everything that lies in the folder, and returns the commit's id. */
export async function commitAll(folder: string, message: string, date = '2026-01-02T03:04:05Z'): Promise<string> {
  await git(folder, ['add', '--all', '--force']);
  await git(folder, ['commit', '--quiet', '--allow-empty', '-m', message], {
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  });
  return git(folder, ['rev-parse', 'HEAD']);
}
