import type { Finding, Severity } from '../../core/engine/finding.ts';
import { describe, ruleById } from '../../core/engine/rules.ts';
import type { Position } from '../../core/text/line-index.ts';
import { count, markdownText, type NodeIcon, type TreeNode } from '../identity/tree-node.ts';

export type GroupBy = 'rule' | 'file' | 'secret';

/** A finding as the view knows it. */
export interface FindingEntry {
  /** URI of its file. */
  readonly uri: string;
  /** The file within the workspace, with `/`. */
  readonly path: string;
  readonly finding: Finding;
  readonly start: Position;
  /** Findings of one secret have the same number. */
  readonly secret: number;
}

/** What the commands of a row take. */
export interface FindingSubject {
  readonly uri: string;
  /** Absent on a row that stands for a whole file. */
  readonly place?: FindingPlace;
}

export interface FindingPlace {
  readonly ruleId: string;
  readonly start: Position;
}

export const OPEN_FINDING = '_keyless.openFinding';
export type FindingNode = TreeNode<typeof OPEN_FINDING, FindingSubject>;

/** The view's rows, gravest groups first. No row says anything of a secret's value. */
export function describeFindings(entries: readonly FindingEntry[], groupBy: GroupBy): FindingNode[] {
  const groups = new Map<string, FindingEntry[]>();
  for (const entry of inOrder(entries)) {
    const key = groupKey(entry, groupBy);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups]
    .map(([key, group]) => ({ node: groupNode(key, group, groupBy), group }))
    .sort((a, b) => compareGroups(a.group, b.group, groupBy))
    .map(({ node }) => node);
}

function groupKey({ finding, uri, secret }: FindingEntry, groupBy: GroupBy): string {
  switch (groupBy) {
    case 'rule':
      return finding.ruleId;
    case 'file':
      return uri;
    case 'secret':
      return String(secret);
  }
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

function compareGroups(a: readonly FindingEntry[], b: readonly FindingEntry[], groupBy: GroupBy): number {
  if (groupBy === 'file') return comparePaths(a[0]?.path ?? '', b[0]?.path ?? '');
  return rank[gravest(a)] - rank[gravest(b)] || b.length - a.length;
}

function inOrder(entries: readonly FindingEntry[]): FindingEntry[] {
  return [...entries].sort(
    (a, b) => comparePaths(a.path, b.path) || a.start.line - b.start.line || a.start.character - b.start.character,
  );
}

function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function gravest(group: readonly FindingEntry[]): Severity {
  return group.reduce<Severity>(
    (worst, { finding }) => (rank[finding.severity] < rank[worst] ? finding.severity : worst),
    'information',
  );
}

const icons: Readonly<Record<Severity, NodeIcon>> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  information: { id: 'info', color: 'problemsInfoIcon.foreground' },
};

function groupNode(key: string, group: readonly FindingEntry[], groupBy: GroupBy): FindingNode {
  const [first] = group;
  if (first === undefined) throw new RangeError('A group has at least one finding');
  const files = new Set(group.map(({ uri }) => uri)).size;
  const places = count(group.length, 'finding');
  const title = titleOf(first.finding);
  const secretLabel = [title, wordsOf(first.finding)].filter(Boolean).join(': ');
  // A secret that stands in one place needs no group around it.
  if (groupBy === 'secret' && group.length === 1) return aloneNode(first, secretLabel);
  const common = {
    id: `${groupBy}:${key}`,
    collapsible: 'expanded',
    children: group.map(entry => findingNode(entry, groupBy)),
  } as const;
  switch (groupBy) {
    case 'file': {
      const { name, folder } = splitPath(first.path);
      return {
        ...common,
        label: name,
        description: [folder, places].filter(Boolean).join(' · '),
        tooltipMarkdown: markdownText(`${first.path}: ${places}`),
        icon: { id: 'file' },
        file: first.uri,
        contextValue: 'file',
        accessibilityLabel: `${first.path}, ${places}`,
        subject: { uri: first.uri },
      };
    }
    case 'rule': {
      const where = `${places} in ${count(files, 'file')}`;
      const rule = ruleById(first.finding.ruleId);
      return {
        ...common,
        label: title,
        description: where,
        tooltipMarkdown: markdownText(rule ? `${rule.leak} ${rule.remedy}` : title),
        icon: icons[gravest(group)],
        contextValue: 'rule',
        accessibilityLabel: `${title}, ${where}`,
      };
    }
    case 'secret': {
      const where = `${group.length} places, ${count(files, 'file')}`;
      const { leak, remedy } = describe(first.finding);
      return {
        ...common,
        label: secretLabel,
        description: where,
        tooltipMarkdown: markdownText(`One and the same secret in ${where}. ${leak} ${remedy}`),
        icon: { id: 'key', ...colorOf(gravest(group)) },
        contextValue: 'secret',
        accessibilityLabel: `${secretLabel}, ${where}`,
      };
    }
  }
}

function aloneNode(entry: FindingEntry, label: string): FindingNode {
  const row = findingNode(entry, 'file');
  const { name, folder } = splitPath(entry.path);
  const description = [name, `line ${entry.start.line + 1}`, folder].filter(Boolean).join(' · ');
  return {
    ...row,
    id: `secret:${row.id}`,
    label,
    description,
    icon: { id: 'key', ...colorOf(entry.finding.severity) },
  };
}

function colorOf(severity: Severity): Pick<NodeIcon, 'color'> {
  const { color } = icons[severity];
  return color === undefined ? {} : { color };
}

function findingNode(entry: FindingEntry, groupBy: GroupBy): FindingNode {
  const { finding, start, path, uri } = entry;
  const { name, folder } = splitPath(path);
  const line = `line ${start.line + 1}`;
  const title = titleOf(finding);
  const about = wordsOf(finding);
  const state = finding.uncommitted === true ? 'not committed' : '';
  const { message, leak, remedy } = describe(finding);
  const inFile = groupBy === 'file';
  const subject = { uri, place: { ruleId: finding.ruleId, start } };
  return {
    id: `${groupBy}:${uri}:${finding.ruleId}:${start.line}:${start.character}`,
    label: inFile ? title : name,
    description: (inFile ? [line, about, state] : [folder, line, groupBy === 'rule' ? about : '', state])
      .filter(Boolean)
      .join(' · '),
    tooltipMarkdown: markdownText(`${message} ${leak} ${remedy}`),
    icon: icons[finding.severity],
    ...(inFile ? {} : { file: uri }),
    contextValue: 'finding',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${finding.severity}: ${title}, ${path} ${line}`,
    command: { id: OPEN_FINDING, title: 'Open', arguments: [subject] },
    subject,
  };
}

function titleOf({ ruleId }: Finding): string {
  return ruleById(ruleId)?.title ?? ruleId;
}

/** Whom the secret is for: the account, host or name that the message speaks of. */
function wordsOf({ messageArgs }: Finding): string {
  const name = ['account', 'namespace', 'server', 'host', 'resource', 'application', 'user'].find(
    known => messageArgs[known] !== undefined,
  );
  const word = name === undefined ? '' : (messageArgs[name] ?? '');
  // An id says nothing to people.
  return /^[0-9a-f-]{36}$/i.test(word) ? '' : word;
}

function splitPath(path: string): { name: string; folder: string } {
  const slash = path.lastIndexOf('/');
  return { name: path.slice(slash + 1), folder: path.slice(0, Math.max(0, slash)) };
}
