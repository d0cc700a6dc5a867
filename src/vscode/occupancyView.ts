import * as vscode from 'vscode';
import type { Format } from '../core/format';
import type { TreeNode } from '../core/tree/nodes';
import { TreeModel } from '../core/tree/treeModel';
import type { TreeSource } from '../core/tree/treeSource';
import { toTreeItem, tooltipOf } from './treeItems';

/** One of the three views: draws a TreeModel, and tells it what is open and what is not. */
export class OccupancyView implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #model: TreeModel;
  readonly #format: Format;
  readonly #changeEmitter = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Something changed while nobody could see the view. */
  #outdated = false;
  readonly view: vscode.TreeView<TreeNode>;
  readonly onDidChangeTreeData = this.#changeEmitter.event;

  /** @param options of the tree: whether several rows may be selected */
  constructor(id: string, source: TreeSource, format: Format, options: { readonly canSelectMany?: boolean } = {}) {
    this.#format = format;
    this.#model = new TreeModel(source, Date, (branches) => {
      for (const branch of branches) this.#changeEmitter.fire(branch);
    });
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true, ...options });
    this.#subscriptions = [
      this.view,
      this.#changeEmitter,
      this.view.onDidCollapseElement(({ element }) => this.#model.collapse(element)),
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.#outdated) void this.refreshNow();
      }),
    ];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return toTreeItem(node, this.#format);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return [...(await this.#model.children(node))];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#model.parent(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    item.tooltip = tooltipOf(node, this.#format);
    return item;
  }

  /** Reads again what is open and redraws what changed; a hidden view waits until it is seen. Never rejects. */
  async refresh(): Promise<void> {
    if (this.view.visible) await this.refreshNow();
    else this.#outdated = true;
  }

  /** The same, whether the view can be seen or not. */
  refreshNow(): Promise<void> {
    this.#outdated = false;
    return this.#model.refresh();
  }

  /** Selects and shows the first row that `path` leads to, one predicate a level. */
  async reveal(...path: readonly ((node: TreeNode) => boolean)[]): Promise<void> {
    let node: TreeNode | undefined;
    for (const leads of path) node = (await this.#model.children(node)).find(leads) ?? node;
    if (node) await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
