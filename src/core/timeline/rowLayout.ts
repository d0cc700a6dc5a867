import { rowKey, type TimelineRow } from './timelineRows';

/** Heights of rows, in pixels of CSS. */
const HEIGHTS: Readonly<Record<TimelineRow['kind'], number>> = { area: 30, occupied: 24, entity: 24 };

/** Of a row's height, what its lane leaves free above and below. */
export const LANE_MARGIN = 3;

/** Where the rows of a timeline are, in pixels of CSS from the top of the first. */
export class RowLayout {
  readonly rows: readonly TimelineRow[];
  readonly height: number;
  readonly #tops: Float64Array;
  readonly #indexOf: ReadonlyMap<string, number>;

  constructor(rows: readonly TimelineRow[]) {
    this.rows = rows;
    this.#tops = new Float64Array(rows.length);
    let top = 0;
    rows.forEach(({ kind }, index) => {
      this.#tops[index] = top;
      top += HEIGHTS[kind];
    });
    this.height = top;
    this.#indexOf = new Map(rows.map((row, index) => [rowKey(row), index]));
  }

  /** Place of the row that is known by a key; undefined where it is filtered out. */
  indexOf(key: string): number | undefined {
    return this.#indexOf.get(key);
  }

  top(index: number): number {
    return this.#tops[index] ?? 0;
  }

  heightOf(index: number): number {
    const row = this.rows[index];
    return row ? HEIGHTS[row.kind] : 0;
  }

  /** The row at a height; -1 above the first and below the last. */
  at(y: number): number {
    if (y < 0 || y >= this.height) return -1;
    let [low, high] = [0, this.rows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The rows that can be seen, even in part: the first, and the one after the last. */
  visible(scroll: number, height: number): { readonly first: number; readonly end: number } {
    if (this.rows.length === 0) return { first: 0, end: 0 };
    const first = Math.max(0, this.at(Math.max(0, scroll)));
    const last = this.at(Math.min(this.height - 1, scroll + height - 1));
    return { first, end: (last === -1 ? this.rows.length - 1 : last) + 1 };
  }

  /** The next row with a lane, upwards or downwards; the same where there is none. */
  nextLane(index: number, step: 1 | -1): number {
    for (let next = index + step; next >= 0 && next < this.rows.length; next += step)
      if (this.rows[next]?.kind !== 'area') return next;
    return index;
  }
}
