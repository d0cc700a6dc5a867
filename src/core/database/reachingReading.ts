import type { IntervalRow } from '../sql/rows';
import { newestFirst } from './intervalReading';

/** Entities that one step reads: about 10 ms. */
const STEP = 40;

/** Intervals that reach into a time from before it, of one entity after the other in short steps. Few do: all are held. */
export class ReachingReading {
  readonly #entities: readonly string[];
  readonly #reach: (entity: string) => readonly IntervalRow[];
  readonly #rows: IntervalRow[] = [];
  #next: number | null = 0;

  /** @param reach reads those of an entity */
  constructor(entities: readonly string[], reach: (entity: string) => readonly IntervalRow[]) {
    this.#entities = entities;
    this.#reach = reach;
  }

  /** @returns none until all are known, then all of them, newest first; null after that. A step that throws can be made again */
  step(): IntervalRow[] | null {
    if (this.#next === null) return null;
    const some = this.#entities.slice(this.#next, this.#next + STEP);
    this.#rows.push(...some.flatMap((entity) => this.#reach(entity)));
    this.#next += some.length;
    if (this.#next < this.#entities.length) return [];
    this.#next = null;
    return this.#rows.toSorted(newestFirst);
  }
}
