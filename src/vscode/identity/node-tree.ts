import * as vscode from 'vscode';
import type { CommandId } from './names.ts';
import type { LazyPart, NodeSubject, TreeNode } from './tree-node.ts';

/** Renders any tree of nodes; knows nothing of what they mean. */
export class NodeTree<Command extends string = CommandId, Subject = NodeSubject>
  implements vscode.TreeDataProvider<TreeNode<Command, Subject>>, vscode.Disposable
{
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #roots: () => Promise<readonly TreeNode<Command, Subject>[]>;
  readonly #opened: (part: LazyPart) => void;
  readonly #parents = new WeakMap<TreeNode<Command, Subject>, TreeNode<Command, Subject>>();
  readonly onDidChangeTreeData = this.#changed.event;

  /** `roots` is asked whenever the view wants its first rows; `opened` is told when a row that holds more is opened. */
  constructor(
    roots: () => Promise<readonly TreeNode<Command, Subject>[]>,
    opened: (part: LazyPart) => void = () => {},
  ) {
    this.#roots = roots;
    this.#opened = opened;
  }

  update(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: TreeNode<Command, Subject>): Promise<TreeNode<Command, Subject>[]> {
    if (!node) return [...(await this.#roots())];
    if (node.lazy) this.#opened(node.lazy);
    for (const child of node.children) this.#parents.set(child, node);
    return [...node.children];
  }

  getParent(node: TreeNode<Command, Subject>): TreeNode<Command, Subject> | undefined {
    return this.#parents.get(node);
  }

  getTreeItem(node: TreeNode<Command, Subject>): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleStates[node.collapsible]);
    item.id = node.id;
    item.contextValue = node.contextValue;
    item.iconPath = new vscode.ThemeIcon(
      node.icon.id,
      node.icon.color ? new vscode.ThemeColor(node.icon.color) : undefined,
    );
    if (node.file !== undefined) {
      // Another scheme keeps the marks of the file's own problems and changes off the row.
      item.resourceUri = vscode.Uri.parse(node.file).with({ scheme: 'keyless-file-icon' });
      item.iconPath = vscode.ThemeIcon.File;
    }
    item.accessibilityInformation = { label: node.accessibilityLabel };
    // No command links and no HTML: most of the words come from Azure, and those become no links either.
    item.tooltip = new vscode.MarkdownString(node.tooltipMarkdown);
    if (node.description !== undefined) item.description = node.description;
    if (node.command) {
      const { id, title, arguments: args } = node.command;
      item.command = { command: id, title, ...(args ? { arguments: [...args] } : {}) };
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const collapsibleStates = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;
