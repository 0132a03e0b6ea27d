/** Runs `work` and prints one line with its time; while it lasts, a line after one second and then every ten. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const first = setTimeout(() => console.log(`  … ${title}`), 1000);
  const reminder = setInterval(() => console.log(`  … ${title} (${seconds(started)})`), 10_000);
  try {
    const result = await work();
    console.log(`✔ ${title} (${seconds(started)})`);
    return result;
  } catch (error) {
    console.log(`✘ ${title} (${seconds(started)})`);
    throw error;
  } finally {
    clearTimeout(first);
    clearInterval(reminder);
  }
}

/** The time since `started` (a `performance.now()`), such as `3.2 s`. */
export function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** Runs `main` as a command: an error is printed in words and becomes exit code 1. */
export function command(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  });
}
