import type { TreeNode } from '../core/tree/nodes';
import type { Pages } from '../core/tree/pages';
import type { OccupancyView } from './occupancyView';

/** Pages of a list that are read to find a row. */
const MOST_PAGES = 100;

/** Finds rows that may be further down than was loaded yet; what is needed is loaded. */
export class RowSearch {
  readonly #view: OccupancyView;
  readonly #pages: Pages;

  constructor(view: OccupancyView, pages: Pages) {
    this.#view = view;
    this.#pages = pages;
  }

  /** The first row below `parent` that is meant. */
  async below(parent: TreeNode | undefined, leads: (node: TreeNode) => boolean): Promise<TreeNode | undefined> {
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const rows = await this.#view.getChildren(parent);
      const found = rows.find(leads);
      const last = rows.at(-1);
      if (found || last?.kind !== 'more') return found;
      this.#pages.loadMore(last);
      await this.#view.refreshNow();
    }
    return undefined;
  }

  /** The row that `path` leads to, one predicate a level; a level that is not there, as that of the only database, is passed over. */
  async along(path: readonly ((node: TreeNode) => boolean)[]): Promise<TreeNode | undefined> {
    let node: TreeNode | undefined;
    for (const leads of path) node = (await this.below(node, leads)) ?? node;
    return node;
  }
}
