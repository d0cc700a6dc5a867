import type { SqlReader } from '../ports/sql';
import type { SampleQueries } from '../sql/occupancyQueries';
import type { SampleRow } from '../sql/rows';
import { AFTER_ALL_TIMES, BEFORE_ALL_TIMES } from './timeBounds';

/** Rows that one step reads: a few ms. */
const STEP_ROWS = 500;

/** Numeric samples, entity by entity in the order of ids, each newest first; a step that throws can be made again. */
export class SampleReading {
  readonly #reader: SqlReader;
  readonly #queries: SampleQueries;
  readonly #entities: readonly string[] | null;
  #entity: string | null;
  #before = AFTER_ALL_TIMES;

  /** @param entities null for all that have samples, listed or not */
  constructor(reader: SqlReader, queries: SampleQueries, entities: readonly string[] | null) {
    this.#reader = reader;
    this.#queries = queries;
    this.#entities = entities && [...new Set(entities)].toSorted();
    this.#entity = this.#after('');
  }

  /** @returns the rows that come next, which may be none; null when there are no more */
  step(): SampleRow[] | null {
    const entity = this.#entity;
    if (entity === null) return null;
    const bounds = { from: BEFORE_ALL_TIMES, before: this.#before, limit: STEP_ROWS };
    const rows = this.#reader.all(this.#queries.page, { entity, ...bounds });
    if (rows.length < STEP_ROWS) {
      this.#entity = this.#after(entity);
      this.#before = AFTER_ALL_TIMES;
    } else this.#before = rows.at(-1)?.timestamp ?? '';
    return rows;
  }

  #after(entity: string): string | null {
    if (this.#entities) return this.#entities.find((id) => id > entity) ?? null;
    return this.#reader.get(this.#queries.nextEntity, { after: entity })?.next ?? null;
  }
}
