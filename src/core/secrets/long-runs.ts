/** Quick conditions on a text, for hints. */
interface Run {
  readonly test: (text: string) => boolean;
}

/**
 * Whether a text holds so many characters of an alphabet (ASCII) in a row. Where there are none, which is nearly
 * everywhere, it looks at every so manieth character alone.
 */
export function longRun(alphabet: string, length: number): Run {
  const isIn = within(alphabet);
  return {
    test(text) {
      for (let last = length - 1; last < text.length;) {
        let first = last;
        while (first > last - length && isIn(text, first)) first--;
        if (first === last - length) return true;
        last = first + length;
      }
      return false;
    },
  };
}

/** Whether so many of them stand right before what ends them, which is looked for. */
export function endOfRun(alphabet: string, length: number, end: string): Run {
  const isIn = within(alphabet);
  return {
    test(text) {
      for (let at = text.indexOf(end, length); at !== -1; at = text.indexOf(end, at + 1)) {
        let first = at - 1;
        while (first >= at - length && isIn(text, first)) first--;
        if (first < at - length) return true;
      }
      return false;
    },
  };
}

function within(alphabet: string): (text: string, at: number) => boolean {
  const belongs = new Uint8Array(128);
  for (const character of alphabet) belongs[character.charCodeAt(0)] = 1;
  return (text, at) => belongs[text.charCodeAt(at)] === 1;
}
