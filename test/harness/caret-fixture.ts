import type { StandIns } from '../../src/core/secrets/stand-ins.ts';
import type { Span } from '../../src/core/text/text-edit.ts';

export interface ExpectedFinding {
  readonly span: Span;
  readonly ruleId: string;
  readonly severity: string;
}

/**
 * Reads a fixture in which a line of carets stands under the expected range of the line above, followed by rule id and
 * severity. `{{kind}}` becomes a stand-in of that kind; carets below it mean the stand-in's own range.
 */
export function readFixture(fixture: string, standIns: StandIns): { text: string; expected: ExpectedFinding[] } {
  const out: string[] = [];
  const expected: ExpectedFinding[] = [];
  let lineStart = 0;
  let columns: (column: number) => number = column => column;
  for (const line of fixture.replace(/^\n/u, '').split('\n')) {
    const carets = /^(?<indent> *)(?<carets>\^+) (?<ruleId>[\w-]+) (?<severity>error|warning|information)$/u.exec(
      line,
    )?.groups;
    if (carets === undefined) {
      lineStart = out.reduce((sum, { length }) => sum + length + 1, 0);
      const filled = fill(line, standIns);
      columns = filled.columns;
      out.push(filled.text);
      continue;
    }
    const start = carets['indent']!.length;
    expected.push({
      span: { start: lineStart + columns(start), end: lineStart + columns(start + carets['carets']!.length) },
      ruleId: carets['ruleId']!,
      severity: carets['severity']!,
    });
  }
  return { text: out.join('\n'), expected };
}

function fill(line: string, standIns: StandIns): { text: string; columns: (column: number) => number } {
  const shifts: { at: number; by: number }[] = [];
  const text = line.replaceAll(/\{\{(\w+)\}\}/gu, (mark: string, kind: string, offset: number) => {
    const value = (standIns as unknown as Record<string, () => string>)[kind]!();
    shifts.push({ at: offset + mark.length, by: value.length - mark.length });
    return value;
  });
  return { text, columns: column => shifts.reduce((sum, { at, by }) => (column >= at ? sum + by : sum), column) };
}
