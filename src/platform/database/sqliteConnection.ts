import Database from 'better-sqlite3';
import type { AddRow, SqlParameters, SqlReader, SqlValue, SqlWriter } from '../../core/ports/sql';
import { readingPragmas, writingPragmas } from '../../core/sql/schemaQueries';
import type { SqlQuery, SqlStatement } from '../../core/sql/sqlQuery';

/** How long SQLite itself may wait for another connection before it says busy, ms: it blocks the whole process meanwhile. */
const BLOCKING_WAIT = 50;

abstract class SqliteConnection implements SqlReader {
  protected readonly db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<[SqlParameters]>>();

  protected constructor(db: Database.Database, pragmas: readonly string[]) {
    this.db = db;
    try {
      for (const pragma of pragmas) db.pragma(pragma);
    } catch (error) {
      // Some of them read the file, which may be locked: every try again would leave a connection behind.
      db.close();
      throw error;
    }
  }

  all<Row>(query: SqlQuery<Row>, parameters: SqlParameters = {}): Row[] {
    return this.prepared<Row>(query.sql).all(parameters);
  }

  get<Row>(query: SqlQuery<Row>, parameters: SqlParameters = {}): Row | undefined {
    return this.prepared<Row>(query.sql).get(parameters);
  }

  close(): void {
    this.db.close();
  }

  protected prepared<Row>(sql: string): Database.Statement<[SqlParameters], Row> {
    const known = this.#statements.get(sql);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a query states the type of its own rows
    if (known) return known as Database.Statement<[SqlParameters], Row>;
    const statement = this.db.prepare<[SqlParameters], Row>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * A connection that cannot write: opened read-only, and told so again by query_only. Each statement is a read transaction of
 * its own: one around a whole request would last while JavaScript runs, and for as long keep the writer from reusing its -wal.
 */
export class SqliteReader extends SqliteConnection {
  static open(path: string): SqliteReader {
    return new SqliteReader(new Database(path, { readonly: true, fileMustExist: true, timeout: BLOCKING_WAIT }), readingPragmas);
  }
}

/** A connection that can write, for one session. */
export class SqliteWriter extends SqliteConnection implements SqlWriter {
  static open(path: string, pragmas = writingPragmas): SqliteWriter {
    return new SqliteWriter(new Database(path, { fileMustExist: true, timeout: BLOCKING_WAIT }), pragmas);
  }

  run(statement: SqlStatement, parameters: SqlParameters = {}): number {
    return this.prepared(statement.sql).run(parameters).changes;
  }

  prepareAdd(find: SqlQuery<unknown>, insert: SqlStatement): AddRow {
    const finding = this.db.prepare<[readonly SqlValue[]]>(find.sql);
    const inserting = this.db.prepare<[readonly SqlValue[]]>(insert.sql);
    return (key, values) => finding.get(key) === undefined && inserting.run(values).changes > 0;
  }

  get inTransaction(): boolean {
    return this.db.inTransaction;
  }
}

/**
 * True when SQLite refuses the file for one reason only: it is shorter than its header says. A schema that may be
 * written waives exactly that check, so what fails without and succeeds with it is truncated. Nothing is written.
 */
export function isTruncated(path: string): boolean {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BLOCKING_WAIT });
  const readsHeader = (): boolean => {
    try {
      db.pragma('schema_version');
      return true;
    } catch {
      return false;
    }
  };
  try {
    if (readsHeader()) return false;
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    return readsHeader();
  } finally {
    db.close();
  }
}
