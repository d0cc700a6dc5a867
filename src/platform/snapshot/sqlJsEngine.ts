import type { Database, SqlJsStatic, Statement } from 'sql.js';
import type { ClosableReader, SqlEngine, SqlParameters } from '../../core/ports/sql';
import { pragmaStatement, readingPragmas } from '../../core/sql/schemaQueries';
import type { SqlQuery } from '../../core/sql/sqlQuery';

/** SQLite compiled to WebAssembly. Nothing here needs Node, so that it serves a browser as well. */
export class SqlJsEngine implements SqlEngine {
  readonly #sqlJs: SqlJsStatic;

  constructor(sqlJs: SqlJsStatic) {
    this.#sqlJs = sqlJs;
  }

  open(database: Uint8Array): ClosableReader {
    return new SqlJsReader(new this.#sqlJs.Database(database));
  }
}

class SqlJsReader implements ClosableReader {
  readonly #db: Database;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(db: Database) {
    this.#db = db;
    try {
      for (const setting of readingPragmas) coded(() => db.run(pragmaStatement(setting).sql));
    } catch (error) {
      db.close();
      throw error;
    }
  }

  all<Row>(query: SqlQuery<Row>, parameters: SqlParameters = {}): Row[] {
    return this.#read<Row>(query, parameters, Number.POSITIVE_INFINITY);
  }

  get<Row>(query: SqlQuery<Row>, parameters: SqlParameters = {}): Row | undefined {
    return this.#read<Row>(query, parameters, 1)[0];
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #read<Row>(query: SqlQuery<Row>, parameters: SqlParameters, limit: number): Row[] {
    return coded(() => {
      const { statement, columns } = this.#prepared(query.sql);
      const rows: Row[] = [];
      try {
        statement.bind(named(parameters));
        while (rows.length < limit && statement.step()) {
          const values = statement.get();
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a query states the type of its own rows
          rows.push(Object.fromEntries(columns.map((column, index) => [column, values[index]])) as Row);
        }
      } finally {
        // Also frees what was bound.
        statement.reset();
      }
      return rows;
    });
  }

  #prepared(sql: string): PreparedStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    const prepared = { statement, columns: statement.getColumnNames() };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

interface PreparedStatement {
  readonly statement: Statement;
  /** Asked for once: the engine copies them out of its memory each time. */
  readonly columns: readonly string[];
}

function named(parameters: SqlParameters): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`@${name}`, value]));
}

/** SQLite's own words for what went wrong: sql.js tells no code. */
const CODES: Readonly<Record<string, string>> = {
  'database disk image is malformed': 'SQLITE_CORRUPT',
  'file is not a database': 'SQLITE_NOTADB',
  'out of memory': 'SQLITE_NOMEM',
};

/** Gives an error the code by which toOccupancyError knows it. */
function coded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(message, { cause: error }), { code: CODES[message] ?? 'SQLITE_ERROR' });
  }
}
