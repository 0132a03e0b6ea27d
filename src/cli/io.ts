/** What a command may touch of the process: given in, so that tests see everything that goes out. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** A mistake in the command line or a file that cannot be read or written: exit code 2, message on stderr. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By name: each bundle has a class of its own. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}

export const EXIT = { clean: 0, findings: 1, error: 2 } as const;
