import { Column } from './column';

/** No row. */
const NONE = 0xffff_ffff;

/** About as many rows as one transaction inserts. */
const ROWS_A_WINDOW = 10_000;

/** Rows that are put in order between two pauses. */
const ROWS_A_PAUSE = 4096;

/**
 * The entities and times of rows, by row number. Rows come in any order of entities, those of one entity in order of time:
 * each entity's are chained, so that one can be taken out, and all can be put in order.
 */
export class TimeRows {
  readonly #entity = Column.ofIndexes();
  readonly #at = Column.ofFloats();
  readonly #next = Column.ofIndexes();
  readonly #first: Uint32Array;
  readonly #last: Uint32Array;
  readonly #counts: Uint32Array;

  /** @param entities how many there are; they are numbers from 0 */
  constructor(entities: number) {
    this.#first = new Uint32Array(entities).fill(NONE);
    this.#last = new Uint32Array(entities).fill(NONE);
    this.#counts = new Uint32Array(entities);
  }

  /** Rows of an entity that were not taken out. */
  countOf(entity: number): number {
    return this.#counts[entity] ?? 0;
  }

  /** Appends a row and returns its number. `at` in µs. */
  push(entity: number, at: number): number {
    const row = this.#at.length;
    this.#entity.push(entity);
    this.#at.push(at);
    this.#next.push(NONE);
    const last = this.#last[entity] ?? NONE;
    if (last === NONE) this.#first[entity] = row;
    else this.#next.set(last, row);
    this.#last[entity] = row;
    this.#counts[entity] = this.countOf(entity) + 1;
    return row;
  }

  entity(row: number): number {
    return this.#entity.get(row);
  }

  at(row: number): number {
    return this.#at.get(row);
  }

  first(entity: number): number | null {
    return rowOrNull(this.#first[entity]);
  }

  last(entity: number): number | null {
    return rowOrNull(this.#last[entity]);
  }

  /** Walks the rows of an entity in order. */
  walk(entity: number): RowWalk {
    let before = NONE;
    let row = this.#first[entity] ?? NONE;
    return {
      row: () => rowOrNull(row),
      advance: () => {
        before = row;
        row = this.#next.get(row);
      },
      takeOut: () => {
        const after = this.#next.get(row);
        if (before === NONE) this.#first[entity] = after;
        else this.#next.set(before, after);
        if (after === NONE) this.#last[entity] = before;
        row = after;
        this.#counts[entity] = this.countOf(entity) - 1;
      },
    };
  }

  /**
   * The numbers of all rows in the order in which they are best inserted: window of time by window, and by entity within each.
   * Indexes by time then grow at their ends, and those by entity take many rows at one place. Yields where it may pause.
   */
  *inOrder(): Generator<void, Uint32Array> {
    const order = new Uint32Array(this.#counts.reduce((sum, count) => sum + count, 0));
    const windows = Math.ceil(order.length / ROWS_A_WINDOW);
    const { from, to } = this.#span();
    const heads = this.#first.slice();
    let filled = 0;
    for (let window = 1; window <= windows; window += 1) {
      const end = window === windows ? Number.POSITIVE_INFINITY : from + ((to - from) * window) / windows;
      for (let [entity, row] of heads.entries()) {
        for (; row !== NONE && this.at(row) < end; row = this.#next.get(row)) {
          order[filled] = row;
          filled += 1;
          if (filled % ROWS_A_PAUSE === 0) yield;
        }
        heads[entity] = row;
      }
    }
    return order;
  }

  #span(): { from: number; to: number } {
    const times = (rows: Uint32Array): number[] => [...rows].filter((row) => row !== NONE).map((row) => this.at(row));
    return { from: Math.min(...times(this.#first)), to: Math.max(...times(this.#last)) };
  }
}

export interface RowWalk {
  /** Null at the end. */
  row(): number | null;
  /** To the next row. */
  advance(): void;
  /** Takes this row out and goes to the next. */
  takeOut(): void;
}

function rowOrNull(row: number = NONE): number | null {
  return row === NONE ? null : row;
}
