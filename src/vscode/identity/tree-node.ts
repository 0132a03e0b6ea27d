import type { AzureCliWords } from '../../core/rbac/azure-cli.ts';
import type { FoundApp } from '../../core/rbac/found-app.ts';
import type { CommandId } from './names.ts';

/**
 * One row of a tree view, free of any view: what it says, how it looks and what commands may do with it. Commands and
 * subjects are those of the identity explorer unless another tree names its own.
 */
export interface TreeNode<Command extends string = CommandId, Subject = NodeSubject> {
  /** Unique in its tree and stable over reloads, so that expansion and selection survive a refresh. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltipMarkdown: string;
  readonly icon: NodeIcon;
  /** Words separated by a space that `when` clauses of menus match, for example `app linked`. */
  readonly contextValue: string;
  readonly collapsible: 'none' | 'collapsed' | 'expanded';
  readonly children: readonly TreeNode<Command, Subject>[];
  /** What a screen reader says instead of label and description. */
  readonly accessibilityLabel: string;
  /** Runs on a click or Enter. */
  readonly command?: NodeCommand<Command>;
  readonly subject?: Subject;
  /** URI of the file that the row stands for: it then has that file's icon. */
  readonly file?: string;
  /** What is read when the row is opened. */
  readonly lazy?: LazyPart;
}

/** Something that is read only when somebody opens its row. */
export type LazyPart =
  | { readonly kind: 'app'; readonly appId: string }
  | { readonly kind: 'identity'; readonly appId: string; readonly principalId: string }
  | { readonly kind: 'orphans' };

/** A product icon, optionally in a theme colour. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string;
}

export interface NodeCommand<Command extends string = CommandId> {
  readonly id: Command;
  readonly title: string;
  readonly arguments?: readonly unknown[];
}

/** What a row stands for: the values that its commands take. */
export interface NodeSubject {
  readonly resourceId?: string;
  readonly principalId?: string;
  readonly clientId?: string;
  /** URI of the workspace folder whose link drew this row; '' for the user's own settings. */
  readonly folder?: string;
  readonly problemScope?: string;
  /** Tenant to sign in to. */
  readonly tenantId?: string;
  /** An app that a file of the workspace deploys to. */
  readonly found?: FoundApp;
  /** The app or slot that the row belongs to. */
  readonly appId?: string;
  readonly roleAssignmentId?: string;
  /** Address of the documentation of a fix. */
  readonly documentation?: string;
  /** Azure CLI command that fixes what the row says; carries no secret. */
  readonly azureCli?: AzureCliWords;
}

/** Words from Azure as literal Markdown. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Words from Azure in a code span, whatever backticks they hold. */
export function markdownCode(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...Array.from(flat.matchAll(/`+/g), run => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A link to documentation. The address is the product's own: nothing that Azure says becomes a link. */
export function documentationLink(title: string, address: string): string {
  return `[${markdownText(title)}](${address})`;
}

/** `3 minutes ago` for a moment `then` seen from `now`, both in milliseconds. */
export function age(then: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 45) return 'just now';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${count(minutes, 'minute')} ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${count(hours, 'hour')} ago` : `${count(Math.round(hours / 24), 'day')} ago`;
}

/** `1 role`, `2 roles`, `no roles`; nouns in -y as in English. */
export function count(number: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${number === 0 ? 'no' : number} ${number === 1 ? noun : plural}`;
}

/** Row that only says something: what is so, and why it matters or what to do. */
export function remarkRow(id: string, label: string, why: string, icon: string): TreeNode {
  return {
    id,
    label,
    description: why,
    tooltipMarkdown: markdownText(why),
    icon: { id: icon },
    contextValue: 'remark',
    collapsible: 'none',
    children: [],
    accessibilityLabel: `${label}. ${why}`,
  };
}
