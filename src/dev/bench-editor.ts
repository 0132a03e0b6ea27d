import { rescan, rescanAsync, type ScanState } from '../core/engine/scan.ts';
import { createStandIns } from '../core/secrets/stand-ins.ts';

/** What a scan costs the editor, in milliseconds of processor time of the thread that scans. */
export interface EditorCost {
  readonly lines: number;
  readonly keystrokes: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

const standIns = createStandIns(3);

function sourceFile(lines: number): string {
  return Array.from({ length: lines }, (_, i) =>
    i % 50 === 7
      ? `  const connection${i} = "Server=tcp:contoso.database.windows.net;User ID=app;Password=${standIns.password()};";`
      : `  const total${i} = accumulate(previous${i}, "${(i * 104729).toString(36)}", { index: ${i} }); // step ${i}`,
  ).join('\n');
}

/** Types single characters at random places of a long file and scans after each. */
export function typingCost(lines: number, keystrokes: number): EditorCost {
  const document = (text: string) => ({ uri: 'typed.ts', languageId: 'typescript', text });
  let state = rescan(document(sourceFile(lines)), undefined);
  let random = 12345;
  const next = (below: number): number => (random = (Math.imul(random, 1103515245) + 12345) >>> 0) % below;
  const times: number[] = [];
  const type = (measured: boolean): void => {
    const { text } = state.document;
    const place = next(text.length);
    // An editor hands over its text in one piece.
    const typed = Buffer.from(`${text.slice(0, place)}${'ab =";'.charAt(next(6))}${text.slice(place)}`).toString();
    const started = process.threadCpuUsage();
    state = rescan(document(typed), state);
    if (measured) times.push(milliseconds(process.threadCpuUsage(started)));
  };
  for (let i = 0; i < 50; i++) type(false);
  for (let i = 0; i < keystrokes; i++) type(true);
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { lines, keystrokes, median: at(0.5), p95: at(0.95), most: at(1) };
}

/** The longest stretch for which scanning a JSON file of so many megabytes keeps its thread busy without a pause. */
export async function longestBlock(megabytes: number): Promise<number> {
  const record = (i: number): string =>
    JSON.stringify({
      id: i,
      connection: i % 500 === 7 ? `Password=${standIns.password()}` : `name-${i}`,
      tags: ['a', i],
    });
  const records: string[] = [];
  for (let length = 0, i = 0; length < megabytes * 1e6; i++)
    length += records[records.push(record(i)) - 1]?.length ?? 0;
  const text = Buffer.from(`[${records.join(',')}]`).toString();
  let longest = 0;
  let last = process.threadCpuUsage();
  let scanned: ScanState | undefined;
  const done = rescanAsync({ uri: 'large.json', languageId: 'json', text }, undefined).then(state => (scanned = state));
  while (scanned === undefined) {
    await Promise.race([done, new Promise(resolve => setImmediate(resolve))]);
    longest = Math.max(longest, milliseconds(process.threadCpuUsage(last)));
    last = process.threadCpuUsage();
  }
  return longest;
}

function milliseconds({ user, system }: { user: number; system: number }): number {
  return (user + system) / 1000;
}
