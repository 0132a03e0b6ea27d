import { spanOf, type StatementAhead, type SyntaxFile } from '../languages/syntax.ts';
import type { PreparingStatement } from '../services/service.ts';
import type { Span } from '../text/text-edit.ts';
import { CannotEdit, type ConstructEdit } from './construct-edit.ts';
import { constructEdits } from './construct-edits.ts';
import type { Match } from './match.ts';
import { render, type Rendering } from './render.ts';
import { replace } from './replacing.ts';

/** Whether what a keyless form says about the construct's value is said already. */
export function isSaid(match: Match, file: SyntaxFile): boolean {
  const { behind } = match.compiled.migration;
  const name = behind && file.language.statements?.named(file, match.node)?.name;
  if (behind === undefined || name === undefined) return false;
  const compact = (text: string): string => text.replace(/\s/gu, '');
  return compact(file.text).includes(compact(behind.mark.replaceAll('$SELF', name)));
}

/**
 * Edits of a construct with the statements that its keyless form needs around its own.
 * @throws CannotEdit where there is no place for them
 */
export function editsWithStatements(match: Match, rendering: Rendering, taken: Set<string>): ConstructEdit[] {
  const { file } = rendering;
  const { language } = file;
  const { ahead = [], becomes, behind } = match.compiled.migration;
  if (ahead.length === 0 && becomes === undefined && behind === undefined) return constructEdits(match, rendering);
  const { statements } = language;
  if (statements === undefined) throw new Error(`No statements in ${language.id}`);
  const carried: Span[] = [];
  const write = (text: string, names: ReadonlyMap<string, string>): string => fill(text, rendering, names, carried);
  const prepared: StatementAhead[] = ahead.map(statement => asAhead(statement, write));
  const edits: ConstructEdit[] = [];
  const keep = (more: readonly { readonly span: ConstructEdit['span']; readonly newText: string }[]): void => {
    edits.push(...more.map(edit => ({ ...edit, keeps: [] })));
  };
  const made = becomes && becoming(match, becomes, file, write, taken);
  if (made !== undefined && 'inPlace' in made) {
    prepared.push({
      as: { capture: 'MADE', names: made.names },
      fallible: true,
      fill(names) {
        const { text, keeps } = render(match.compiled.after.root, { ...rendering, prepared: names });
        carried.push(...keeps);
        return text;
      },
    });
  }
  let names: ReadonlyMap<string, string> = new Map();
  if (prepared.length > 0) {
    const written = statements.ahead?.(file, match.node, prepared, taken);
    if (written === undefined || 'refusal' in written) throw new CannotEdit('statement', written?.refusal);
    ({ names } = written);
    keep(written.edits);
  }
  if (made !== undefined && 'inPlace' in made) {
    const text = made.inPlace(write(made.value, names));
    replace(spanOf(match.node), { text, keeps: carried }, match.node, rendering, edits);
  } else {
    edits.push(...constructEdits(match, { ...rendering, prepared: names }));
    if (made !== undefined) keep(made.edits);
  }
  if (behind === undefined) return withCarried(edits, carried);
  const named = statements.named(file, match.node);
  if (named === undefined) throw new CannotEdit('statement', statements.noName);
  const own = new Map([...names, ['SELF', named.name]]);
  const bindings = new Set(file.symbols.bindings.map(({ name }) => name));
  const declared = behind.functions?.find(name => !bindings.has(name) && !taken.has(name));
  if (behind.functions !== undefined && declared === undefined) {
    throw new CannotEdit(
      'statement',
      `The names ${behind.functions.join(', ')} are taken. Rename one, then run the fix again.`,
    );
  }
  if (declared !== undefined) {
    taken.add(declared);
    own.set('FUNCTION', declared);
  }
  keep(named.follow(write(behind.text, own).split('\n')));
  return withCarried(edits, carried);
}

/** What is written elsewhere than it stood is used there. */
function withCarried(edits: readonly ConstructEdit[], carried: readonly Span[]): ConstructEdit[] {
  return edits.map(edit => ({ ...edit, keeps: [...edit.keeps, ...carried] }));
}

type Write = (text: string, names: ReadonlyMap<string, string>) => string;

function becoming(
  match: Match,
  { names, value }: { readonly names: readonly string[]; readonly value: string },
  file: SyntaxFile,
  write: Write,
  taken: Set<string>,
):
  | { readonly edits: readonly { readonly span: ConstructEdit['span']; readonly newText: string }[] }
  | { readonly inPlace: (value: string) => string; readonly names: readonly string[]; readonly value: string } {
  const written = (made: string): string => write(value, new Map([['MADE', made]]));
  const result = file.language.statements?.becomes?.(file, match.node, names, written, taken);
  if (result === undefined || 'refusal' in result) throw new CannotEdit('statement', result?.refusal);
  return 'inPlace' in result ? { ...result, names, value } : result;
}

function asAhead(statement: PreparingStatement, write: Write): StatementAhead {
  if ('statement' in statement) {
    return { fallible: false, fill: names => write(statement.statement, names) };
  }
  if ('declares' in statement) {
    const as = { capture: statement.as, names: statement.names, declares: true } as const;
    return { as, fallible: false, fill: names => write(statement.declares, names) };
  }
  if ('attempt' in statement) return { fallible: true, fill: names => write(statement.attempt, names) };
  return {
    as: { capture: statement.as, names: statement.names },
    fallible: statement.safe !== true,
    fill: names => write(statement.value, names),
  };
}

/** Source text with its captures and imported names as the file writes them. */
function fill(template: string, rendering: Rendering, names: ReadonlyMap<string, string>, carried: Span[]): string {
  const { file, match, endpoint, imported } = rendering;
  let text = template;
  for (const [name, written] of imported) {
    if (name === written) continue;
    text = text.replace(new RegExp(`(?<![\\w."'])${name}(?![\\w"'])`, 'gu'), () => written);
  }
  if (file.language.quote('', file) === "''") text = text.replaceAll('"', "'");
  return text.replace(/\$([A-Z]+)/gu, (_, name: string) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    if (name === 'CREDENTIAL') return rendering.credential.text();
    if (name === 'SETTING') return rendering.setting();
    if (name === 'ENDPOINT' && endpoint !== undefined) {
      if (endpoint.kind === 'literal') return file.language.quote(endpoint.value, file, rendering.like);
      carried.push(endpoint.from);
      return endpoint.text;
    }
    const captured = match.captures.get(name);
    if (captured === undefined) throw new Error(`Nothing stands for ${name}`);
    carried.push(spanOf(captured));
    return rendering.renamed(spanOf(captured));
  });
}
