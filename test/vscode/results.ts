import { readFile } from 'node:fs/promises';

/** What a test run comes to, as the runners hand it on in a JSON file. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  /** One line for each test, more for one that failed. */
  readonly report: readonly string[];
}

/** The environment variable that names the file a run writes its results to. */
export const resultsVariable = 'KEYLESS_TEST_RESULTS';

/** The results in `file`; undefined when the run never got so far as to write them. */
export async function readResults(file: string): Promise<Results | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results;
  } catch {
    return undefined;
  }
}
