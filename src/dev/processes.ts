import { type ChildProcess, spawn, spawnSync, type SpawnOptions } from 'node:child_process';

/** What a finished command said. `code` is null when a signal ended it. */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sees each piece of output as it arrives; it is collected either way. */
  readonly onOutput?: (text: string) => void;
  /** Milliseconds after which the command and its children are ended. */
  readonly timeout?: number;
}

const windows = process.platform === 'win32';
const living = new Set<ChildProcess>();

process.on('exit', () => {
  // Asked, not forced: a child that is told can end the trees that it started itself.
  for (const child of living) kill(child, 'SIGTERM');
});

/** Starts a command as the head of a process tree that ends with this process. Errors are the child's `error` event. */
export function startTree(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  // A group of its own, so that one signal reaches grandchildren too.
  const child = spawn(command, args, { ...options, detached: !windows });
  living.add(child);
  child.once('exit', () => {
    // Grandchildren may outlive the head: the group is ended with it.
    kill(child, 'SIGKILL');
    living.delete(child);
  });
  child.once('error', () => living.delete(child));
  return child;
}

/** Ends a process tree: asks first, forces after `grace` milliseconds, and returns once the head is gone. */
export async function endTree(child: ChildProcess, grace = 3000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
  kill(child, 'SIGTERM');
  const force = setTimeout(() => kill(child, 'SIGKILL'), grace);
  await gone;
  clearTimeout(force);
}

/** Runs a command to its end and collects what it prints. Rejects only when it cannot be started. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = startTree(command, args, {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      pieces.push(text);
      options.onOutput?.(text);
    });
  }
  const deadline =
    options.timeout === undefined
      ? undefined
      : setTimeout(() => {
          pieces.push(`\n${command} was ended: it took longer than ${Math.round((options.timeout ?? 0) / 1000)} s\n`);
          void endTree(child);
        }, options.timeout);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, output: pieces.join('') };
  } finally {
    clearTimeout(deadline);
  }
}

const stopCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
let stop: ((code: number) => void) | undefined;

/**
 * Says what Ctrl+C and its like do (default: exit with the signal's usual code); the last call counts. Children end with
 * this process in any case.
 */
export function endOnSignals(onStop: (code: number) => void = code => process.exit(code)): void {
  if (stop === undefined) {
    for (const [signal, code] of Object.entries(stopCodes)) process.on(signal, () => stop?.(code));
  }
  stop = onStop;
}

/** Signals the whole group; on Windows, which has no signals, ends the tree at once. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (windows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is already gone, which is what was wanted.
  }
}
