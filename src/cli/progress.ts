import type { CommandIo } from './io.ts';

export interface Progress {
  update(files: number, findings: number): void;
  end(): void;
}

const period = 200;

/** One line on a terminal's stderr that is written over and taken away at the end; nothing anywhere else. */
export function progress({ stderr }: CommandIo): Progress {
  if (stderr.isTTY !== true) return { update: () => undefined, end: () => undefined };
  let last = performance.now();
  let isShown = false;
  return {
    update(files, findings) {
      const now = performance.now();
      if (now - last < period) return;
      last = now;
      isShown = true;
      stderr.write(`\r\u001b[K${files} files, ${findings} findings`);
    },
    end() {
      if (isShown) stderr.write('\r\u001b[K');
    },
  };
}
