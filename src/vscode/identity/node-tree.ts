import * as vscode from 'vscode';
import type { TreeNode } from './tree-node.ts';

/** Renders any tree of nodes; knows nothing of what they mean. */
export class NodeTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #roots: () => Promise<readonly TreeNode[]>;
  readonly #parents = new WeakMap<TreeNode, TreeNode>();
  readonly onDidChangeTreeData = this.#changed.event;

  /** `roots` is asked whenever the view wants its first rows. */
  constructor(roots: () => Promise<readonly TreeNode[]>) {
    this.#roots = roots;
  }

  update(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return [...(await this.#roots())];
    for (const child of node.children) this.#parents.set(child, node);
    return [...node.children];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleStates[node.collapsible]);
    item.id = node.id;
    item.contextValue = node.contextValue;
    item.iconPath = new vscode.ThemeIcon(
      node.icon.id,
      node.icon.color ? new vscode.ThemeColor(node.icon.color) : undefined,
    );
    item.accessibilityInformation = { label: node.accessibilityLabel };
    // Neither links nor HTML: the words come from Azure.
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
