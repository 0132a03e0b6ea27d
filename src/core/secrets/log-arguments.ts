/** A stretch of code among the arguments of a call: no text of string literals, nothing that another call makes of it. */
export interface ArgumentPart {
  readonly start: number;
  readonly end: number;
}

const longestCall = 2_000;
/** Calls whose result shows their arguments as they are. */
const showing = /(?:^|[^\w$])(?:String|str|repr|JSON\.stringify|(?:[Ss]tring\.)?[Ff]ormat|fmt\.Sprintf|Sprintf)$/u;

/**
 * The code among a call's arguments, interpolations of strings included.
 * @param open offset of the call's opening parenthesis
 */
export function argumentParts(text: string, open: number, languageId: string): ArgumentPart[] {
  const limit = Math.min(text.length, open + longestCall);
  const parts: ArgumentPart[] = [];
  /** Depth of brackets below which another call changes what it is given; 0 when none does. */
  let hiddenFrom = 0;
  let depth = 0;
  let start = open + 1;
  const end = (at: number): void => {
    if (hiddenFrom === 0 && at > start) parts.push({ start, end: at });
  };
  for (let i = next(mark, text, open, limit); i < limit; i = next(mark, text, i + 1, limit)) {
    const character = text.charAt(i);
    if (character === '"' || character === "'" || character === '`') {
      const close = closingQuote(text, i, limit, languageId);
      // A look-up's name belongs to the code around it: `os.environ["NAME"]`, `config.Get("NAME")`.
      if (isLookUp(text, i, close)) {
        i = close;
        continue;
      }
      end(i);
      if (hiddenFrom === 0) parts.push(...interpolations(text, i, close, languageId));
      i = close;
      start = i + 1;
    } else if (character === '(' || character === '[' || character === '{') {
      depth++;
      const before = text.slice(Math.max(0, i - 40), i);
      const calls = character === '(' && depth > 1 && /[\w$]$/u.test(before);
      if (!calls || showing.test(before) || hiddenFrom !== 0 || isEmptyOrLookUp(text, i)) continue;
      // Up to the bracket: so that the name before it is seen to be called.
      end(i + 1);
      hiddenFrom = depth;
    } else if (character === ')' || character === ']' || character === '}') {
      if (depth === hiddenFrom) {
        hiddenFrom = 0;
        start = i + 1;
      }
      depth--;
      if (depth === 0) {
        end(i);
        return parts;
      }
    } else if (character === ';' && depth <= 1) {
      return [];
    }
  }
  return [];
}

/** What begins or ends a part of a call. */
const mark = /["'`()[\]{};]/gu;
/** What may end a string, or hide that it ends. */
const quoteMark = /["'`\\$]/gu;

/** Where an expression matches next, `limit` when it does not before that. */
function next(expression: RegExp, text: string, from: number, limit: number): number {
  expression.lastIndex = from;
  return expression.test(text) ? Math.min(expression.lastIndex - 1, limit) : limit;
}

function isEmptyOrLookUp(text: string, open: number): boolean {
  return /^\(\s?(?:\)|["'][\w.:-]{1,80}["']\s?\))/u.test(text.slice(open, open + 100));
}

function isLookUp(text: string, open: number, close: number): boolean {
  return (
    /[[(]\s?$/u.test(text.slice(Math.max(0, open - 2), open)) &&
    /^\s?[\])]/u.test(text.slice(close + 1, close + 3)) &&
    /[\w$]\s?[[(]\s?$/u.test(text.slice(Math.max(0, open - 4), open)) &&
    /^[\w.:-]{1,80}$/u.test(text.slice(open + 1, close))
  );
}

function closingQuote(text: string, open: number, limit: number, languageId: string): number {
  const quote = text.charAt(open);
  const raw = quote === '`' && languageId === 'go';
  for (let i = next(quoteMark, text, open + 1, limit); i < limit; i = next(quoteMark, text, i + 1, limit)) {
    const character = text.charAt(i);
    if (character === '\\' && !raw) i++;
    else if (character === quote) return i;
    else if (character === '$' && quote === '`' && text.charAt(i + 1) === '{') {
      const close = text.indexOf('}', i);
      if (close !== -1 && close < limit) i = close;
    }
  }
  return limit;
}

/** `${…}` of templates, `{…}` of strings that are marked to be filled in. */
function interpolations(text: string, open: number, close: number, languageId: string): ArgumentPart[] {
  const quote = text.charAt(open);
  const prefix = /[$@fr]{0,3}$/iu.exec(text.slice(Math.max(0, open - 3), open))?.[0] ?? '';
  const marked = languageId === 'csharp' ? prefix.includes('$') : languageId === 'python' && /f/iu.test(prefix);
  const expression =
    quote === '`' && languageId !== 'go' ? /\$\{([^{}]*)\}/gu : marked ? /(?<!\{)\{([^{}]*)\}/gu : undefined;
  if (expression === undefined) return [];
  return [...text.slice(open, close).matchAll(expression)].flatMap(match => {
    const inner = match[1] ?? '';
    const from = open + match.index + match[0].indexOf(inner);
    // What a call in there makes of its arguments is not the secret.
    return inner === '' || /[\w$]\s?\((?!\s?\)|["'][\w.:-]{1,80}["']\s?\))/u.test(inner)
      ? []
      : [{ start: from, end: from + inner.length }];
  });
}
