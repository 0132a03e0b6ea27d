import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError, type CommandIo } from './io.ts';

/** Writes a report to the named file, or to stdout. */
export async function write(text: string, file: string | undefined, io: CommandIo): Promise<void> {
  if (file === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    await writeFile(resolve(io.cwd, file), text);
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** A file system error in words, without the absolute path that Node puts into its message. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Record<string, string> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    ENOSPC: 'no space left on the disk',
    EROFS: 'the file system is read-only',
  };
  return known[code] ?? (code || 'unknown error');
}
