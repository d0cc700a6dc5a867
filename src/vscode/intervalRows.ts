import { isEverything } from '../core/tree/intervalsFilter';
import type { TreeNode } from '../core/tree/nodes';
import type { OccupancyView } from './occupancyView';
import type { RowSearch } from './rowSearch';
import type { ViewOptions } from './viewOptions';

/** Brings rows of the Intervals view into sight, wherever they are. */
export class IntervalRows {
  readonly #view: OccupancyView;
  readonly #search: RowSearch;
  readonly #options: ViewOptions;
  readonly #clearFilter: () => Promise<void>;

  /** @param clearFilter makes the view show what it is narrowed not to */
  constructor(view: OccupancyView, search: RowSearch, options: ViewOptions, clearFilter: () => Promise<void>) {
    this.#view = view;
    this.#search = search;
    this.#options = options;
    this.#clearFilter = clearFilter;
  }

  /**
   * Shows the row that `path` leads to, one predicate a level. The view is regrouped where that is needed, and its filter cleared
   * where that leaves the row out.
   */
  async show(groupBy: 'area' | 'entity', path: readonly ((node: TreeNode) => boolean)[]): Promise<void> {
    if (this.#options.intervals.groupBy !== groupBy) {
      await this.#options.groupIntervals(groupBy);
      await this.#view.refreshNow();
    }
    const found = await this.#search.along(path);
    const isThere = found !== undefined && path.at(-1)?.(found);
    if (!isThere && !isEverything(this.#options.intervals.filter)) {
      await this.#clearFilter();
      await this.#search.along(path);
    }
    await this.#view.reveal(...path);
  }
}
