import { compareText } from '../compareText';
import type { SqlReader } from '../ports/sql';
import type { IntervalRow } from '../sql/rows';
import type { IntervalSource } from './intervalSources';
import type { PageBounds } from './timeBounds';

/** Rows that one step reads: about 10 ms. */
const STEP_ROWS = 2000;
/** Rows of a page at most. What is made of so few is gone before it is old, so that a small process stays small. */
const PAGE_ROWS = 500;
/** What a statement costs that finds nothing, in rows. */
const SEEK_ROWS = 50;
/** Rows that are held for all sources together before the first of them is given out. */
const HELD_ROWS = 20_000;
const FEWEST = 4;

/**
 * Intervals of several sources, merged newest first by (start_time, end_time, id) and read in short steps. However many there are,
 * few are held at a time; a step that throws can be made again.
 */
export class IntervalReading {
  readonly #reader: SqlReader;
  readonly #bounds: PageBounds;
  readonly #sources: Progress[];

  /** @param expected rows that the caller will ask for; Infinity for all */
  constructor(reader: SqlReader, sources: readonly IntervalSource[], bounds: PageBounds, expected: number) {
    this.#reader = reader;
    this.#bounds = bounds;
    const share = Math.ceil(Math.min(expected * (sources.length > 1 ? 2 : 1), HELD_ROWS) / Math.max(1, sources.length));
    const limit = Math.min(PAGE_ROWS, Math.max(FEWEST, share));
    this.#sources = sources.map((source) => ({ source, limit, reached: null, rows: [] }));
  }

  /** @returns the rows that come next, which may be none; null when there are no more */
  step(): IntervalRow[] | null {
    for (let budget = STEP_ROWS; ;) {
      const behind = this.#behind();
      if (!behind) {
        const rest = this.#takeDown(null);
        return rest.length > 0 ? rest : null;
      }
      const ready = isRow(behind.reached) ? this.#takeDown(behind.reached) : [];
      if (ready.length > 0 || budget <= 0) return ready;
      budget -= Math.max(SEEK_ROWS, this.#readOn(behind));
    }
  }

  /** The source that was read least far: nothing older than what it has reached may be given out. */
  #behind(): Progress | undefined {
    let behind: Progress | undefined;
    for (const progress of this.#sources) {
      if (progress.reached === 'end') continue;
      if (progress.reached === null) return progress;
      if (!behind || newestFirst(progress.reached, behind.reached as IntervalRow) < 0) behind = progress;
    }
    return behind;
  }

  #readOn(progress: Progress): number {
    const { source, limit, reached } = progress;
    const after = isRow(reached) ? { start: reached.start_time, end: reached.end_time, id: reached.id } : {};
    const rows = this.#reader.all(source.page, { ...source.parameters, ...this.#bounds, ...after, limit });
    for (const row of rows) if (source.accepts(row)) progress.rows.push(row);
    progress.reached = (rows.length < limit ? undefined : rows.at(-1)) ?? 'end';
    progress.limit = Math.min(PAGE_ROWS, limit * 2);
    return rows.length;
  }

  /** Takes out the rows down to a key, that one included; all of them for null. */
  #takeDown(key: IntervalRow | null): IntervalRow[] {
    const taken: IntervalRow[] = [];
    for (const progress of this.#sources) {
      const { rows } = progress;
      const older = key === null ? -1 : rows.findIndex((row) => newestFirst(row, key) > 0);
      const count = older === -1 ? rows.length : older;
      if (count > 0) taken.push(...rows.splice(0, count));
    }
    return this.#sources.length > 1 ? taken.toSorted(newestFirst) : taken;
  }
}

interface Progress {
  readonly source: IntervalSource;
  /** Rows of the next page. */
  limit: number;
  /** The last row that was read; null before the first. */
  reached: IntervalRow | 'end' | null;
  /** Read, and not given out. */
  rows: IntervalRow[];
}

function isRow(reached: Progress['reached']): reached is IntervalRow {
  return reached !== null && reached !== 'end';
}

/** The order of every list of intervals. */
export function newestFirst(left: IntervalRow, right: IntervalRow): number {
  return compareText(right.start_time, left.start_time) || compareText(right.end_time, left.end_time) || right.id - left.id;
}
