import type { MoreNode } from './nodes';

/** How many pages of each list were asked for; one where nothing was. Lists are known by the id of the row they stand below. */
export class Pages {
  readonly #pages = new Map<string, number>();

  of(parentId: string): number {
    return this.#pages.get(parentId) ?? 1;
  }

  /** Makes the next reading of the list that ends in `node` one page longer. */
  loadMore({ parentId }: MoreNode): void {
    this.#pages.set(parentId, this.of(parentId) + 1);
  }
}

/** The row below `parentId` that asks for the next page. */
export function moreNode(database: string, parentId: string, shown: number, total: MoreNode['total']): MoreNode {
  return { kind: 'more', id: `${parentId}/more`, database, parentId, shown, total, searchedTo: null };
}
