/**
 * A hint that a text holds so many characters of an alphabet (ASCII) in a row, right behind them `end`. Where there are
 * none, which is nearly everywhere, it looks at every so manieth character alone.
 */
export function longRun(alphabet: string, length: number, end = ''): { readonly test: (text: string) => boolean } {
  const belongs = new Uint8Array(128);
  for (const character of alphabet) belongs[character.charCodeAt(0)] = 1;
  const isIn = (text: string, at: number): boolean => belongs[text.charCodeAt(at)] === 1;
  return {
    test(text) {
      for (let last = length - 1; last < text.length;) {
        if (!isIn(text, last)) {
          last += length;
          continue;
        }
        let first = last;
        while (first > last - length && isIn(text, first)) first--;
        if (first > last - length) {
          last = first + length;
          continue;
        }
        while (last + 1 < text.length && isIn(text, last + 1)) last++;
        if (text.startsWith(end, last + 1)) return true;
        last += length;
      }
      return false;
    },
  };
}
