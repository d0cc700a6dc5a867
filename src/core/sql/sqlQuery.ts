declare const rowType: unique symbol;

/** One shipped query: its text, the type of its rows, and a name for logs and for the test of its plan. */
export interface SqlQuery<Row> {
  readonly name: string;
  readonly sql: string;
  /** Exists for the type checker only. */
  readonly [rowType]?: Row;
}

/** One shipped statement that changes rows. */
export interface SqlStatement {
  readonly name: string;
  readonly sql: string;
}

export function sqlQuery<Row>(name: string, sql: string): SqlQuery<Row> {
  return { name, sql };
}
