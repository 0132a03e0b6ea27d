import { isMap, isScalar, isSeq, type Pair, parseDocument, type ParsedNode, type YAMLMap } from 'yaml';
import type { Span } from '../text/text-edit.ts';
import { mayBeWorkflow } from './workflow-text.ts';

/** A workflow of GitHub Actions, as far as signing in to Azure takes. */
export interface Workflow {
  readonly text: string;
  readonly root: YAMLMap<ParsedNode, ParsedNode | null>;
  readonly jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  readonly name: string;
  readonly map: YAMLMap<ParsedNode, ParsedNode | null>;
  /** Where its first key stands. */
  readonly start: number;
  readonly span: Span;
  readonly steps: readonly WorkflowStep[];
}

export interface WorkflowStep {
  /** E.g. `azure/login`, in lower case. */
  readonly action: string;
  /** E.g. `v2`. */
  readonly version: string;
  readonly map: YAMLMap<ParsedNode, ParsedNode | null>;
  readonly inputs: YAMLMap<ParsedNode, ParsedNode | null> | undefined;
  /** Where its dash stands. */
  readonly dash: number;
}

type Entry = Pair<ParsedNode, ParsedNode | null>;

/** `undefined` for another kind of file, or one with errors. */
export function readWorkflow(text: string): Workflow | undefined {
  if (!mayBeWorkflow({ text })) return undefined;
  const document = parseDocument(text, { keepSourceTokens: false });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) return undefined;
  const jobs = valueOf(root, 'jobs');
  if (!isMap(jobs)) return undefined;
  return {
    text,
    root,
    jobs: jobs.items.flatMap(item => {
      const { key, value } = item;
      if (!isMap(value)) return [];
      const map = value as YAMLMap<ParsedNode, ParsedNode | null>;
      const steps = valueOf(map, 'steps');
      return [
        {
          name: isScalar(key) ? String(key.value) : '',
          map,
          start: map.range?.[0] ?? 0,
          span: { start: map.range?.[0] ?? 0, end: map.range?.[1] ?? 0 },
          steps: isSeq(steps) ? steps.items.flatMap(step => stepOf(text, step)) : [],
        },
      ];
    }),
  };
}

function stepOf(text: string, node: ParsedNode): WorkflowStep[] {
  if (!isMap(node)) return [];
  const map = node as YAMLMap<ParsedNode, ParsedNode | null>;
  const uses = valueOf(map, 'uses');
  const named = isScalar(uses) ? /^(?<action>[^@\s]+)@(?<version>\S+)$/u.exec(String(uses.value))?.groups : undefined;
  const inputs = valueOf(map, 'with');
  return [
    {
      action: named?.['action']?.toLowerCase() ?? '',
      version: named?.['version'] ?? '',
      map,
      inputs: isMap(inputs) ? inputs : undefined,
      dash: text.lastIndexOf('-', map.range?.[0] ?? 0),
    },
  ];
}

export function entryOf(map: YAMLMap<ParsedNode, ParsedNode | null> | undefined, key: string): Entry | undefined {
  return map?.items.find(item => isScalar(item.key) && String(item.key.value) === key);
}

export function valueOf(map: YAMLMap<ParsedNode, ParsedNode | null>, key: string): ParsedNode | null | undefined {
  return entryOf(map, key)?.value;
}

export function keySpan({ key }: Entry): Span {
  return { start: key.range[0], end: key.range[1] };
}

/** Text of a scalar input. */
export function inputText(step: WorkflowStep, name: string): string | undefined {
  const value = entryOf(step.inputs, name)?.value;
  return isScalar(value) ? String(value.value) : undefined;
}

/** Whole lines of an entry of a block mapping, its line end included; `undefined` in flow style. */
export function entryLines(text: string, map: YAMLMap, { key, value }: Entry): Span | undefined {
  if (map.flow === true) return undefined;
  const start = text.lastIndexOf('\n', key.range[0] - 1) + 1;
  // A key behind a dash shares its line with it.
  if (!/^[ \t]*$/u.test(text.slice(start, key.range[0]))) return undefined;
  const last = value?.range[1] ?? key.range[1];
  const end = text.slice(Math.max(last - 1, key.range[1])).search(/\n|$/u) + Math.max(last - 1, key.range[1]);
  return { start, end: Math.min(end + 1, text.length) };
}

/** The comment behind an entry on its own line; empty without one. */
export function commentAfter(text: string, { key, value }: Entry): string {
  const last = value?.range[1] ?? key.range[1];
  return /^[ \t]*(?<comment>#[^\r\n]*)/u.exec(text.slice(last))?.groups?.['comment'] ?? '';
}
