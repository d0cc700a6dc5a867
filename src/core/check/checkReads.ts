import { OccupancyReads } from '../database/occupancyReads';
import type { OccupancySchema } from '../database/occupancySchema';
import { throwIfAborted } from '../errors';
import type { CappedCount } from '../model';
import type { SqlParameters, SqlReader } from '../ports/sql';
import { type CheckQueries, checkQueries, type NextNameRow } from '../sql/checkQueries';
import type { CountRow } from '../sql/rows';
import type { SqlQuery } from '../sql/sqlQuery';
import type { CheckOptions, CheckProgress } from './checkReport';

/** Rows that are counted before a count says "10 000+". */
const COUNT_LIMIT = 10_000;

const WHAT = 'The check';

/** Runs one query as a read transaction of its own, with room for others before the next. */
export type CheckRead = <T>(query: (reader: SqlReader) => T) => Promise<T>;

/** The short reads that a check is made of, until it is cancelled. */
export class CheckReads {
  readonly queries: CheckQueries;
  readonly schema: OccupancySchema;
  readonly #read: CheckRead;
  readonly #options: CheckOptions;

  constructor(schema: OccupancySchema, read: CheckRead, options: CheckOptions) {
    this.schema = schema;
    this.queries = checkQueries(schema.generation, schema.tables);
    this.#read = read;
    this.#options = options;
  }

  /** Throws CancelledError. */
  async query<T>(query: (reader: SqlReader) => T): Promise<T> {
    throwIfAborted(this.#options.signal, WHAT);
    return this.#read(query);
  }

  /** What the views read, too. */
  browse<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    return this.query((reader) => read(new OccupancyReads(reader, this.schema)));
  }

  /** Each name of a column once, by seeks in its index. */
  async *names(next: SqlQuery<NextNameRow>): AsyncGenerator<string> {
    for (let after = ''; ;) {
      const name: string | null = (await this.query((reader) => reader.get(next, { after })))?.next ?? null;
      if (name === null) return;
      yield name;
      after = name;
    }
  }

  async count(query: SqlQuery<CountRow>, parameters: SqlParameters): Promise<CappedCount> {
    const counted = await this.query((reader) => reader.get(query, { ...parameters, limit: COUNT_LIMIT + 1 }));
    const count = counted?.count ?? 0;
    return { count: Math.min(count, COUNT_LIMIT), capped: count > COUNT_LIMIT };
  }

  report(stage: CheckProgress['stage'], fraction: number | null): void {
    if (!this.#options.signal?.aborted) this.#options.onProgress?.({ stage, fraction });
  }
}
