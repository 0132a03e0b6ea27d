import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the bundles go; what the package and the CLI tests use. */
export const dist = join(root, 'dist');

/** The package that `npm run package` writes. */
export const vsix = join(root, 'keyless-azure.vsix');

/** What a run leaves behind (sample workspace, server data, screenshots, results); ignored by git. */
export const scratch = join(root, '.cache');

/** Downloads kept between runs. `KEYLESS_CACHE` lets several checkouts share one. */
export const downloads = process.env.KEYLESS_CACHE ?? join(scratch, 'downloads');
