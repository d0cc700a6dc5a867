import type { SqlQuery, SqlStatement } from '../sql/sqlQuery';

export type SqlValue = string | number | null;

/** Named parameters, without their `@`. */
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/** A connection that can only read: what browsing is given. Synchronous, since both engines are. */
export interface SqlReader {
  /** Every row; nothing stays open when it returns. */
  all<Row>(query: SqlQuery<Row>, parameters?: SqlParameters): Row[];
  /** The first row, or undefined. */
  get<Row>(query: SqlQuery<Row>, parameters?: SqlParameters): Row | undefined;
}

/** What is open until it is closed; then all memory and files it held are free. */
export interface ClosableReader extends SqlReader {
  close(): void;
}

/** SQLite without files: opens a database that is in memory as a whole. */
export interface SqlEngine {
  /** Throws what reading it throws, when it is no sound database. The bytes are copied. */
  open(database: Uint8Array): ClosableReader;
}

/** A connection inside a write transaction. */
export interface SqlWriter extends SqlReader {
  /** Number of rows changed. */
  run(statement: SqlStatement, parameters?: SqlParameters): number;
  /** For many rows: returns what inserts a row's values unless `find` finds its key, and says whether it did. Both bind by position. */
  prepareAdd(find: SqlQuery<unknown>, insert: SqlStatement): AddRow;
}

export type AddRow = (key: readonly SqlValue[], values: readonly SqlValue[]) => boolean;
