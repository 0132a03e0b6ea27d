import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the sample workspace into `folder`, which exists. */
export async function makeSampleWorkspace(folder: string): Promise<void> {
  await writeFile(join(folder, 'README.md'), '# Sample workspace\n');
}
