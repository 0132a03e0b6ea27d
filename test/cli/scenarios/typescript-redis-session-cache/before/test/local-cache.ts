import { createClient } from 'redis';

// The cache of the pipeline.
export const local = createClient({ url: 'redis://localhost:6379' });
