import Database from 'better-sqlite3';
import type { ColumnShape } from '../../core/recover/tableShape';
import type { FoundRow } from '../../core/recover/tablePage';
import type { TableShape } from '../../core/recover/tableShape';
import { fullIntegrityCheck } from '../../core/sql/integrityQueries';
import { rowCount } from '../../core/sql/overviewQueries';
import { buildingPragmas, builtPragmas, columnsOf, putRow } from '../../core/sql/recoveryStatements';
import { beginWrite, commit, databaseVersion } from '../../core/sql/schemaQueries';

/** Rows of a transaction, and so in the cache of pages that are to be written. */
const CHUNK = 20_000;

/** A database that recovered rows are put in. */
export class NewDatabase {
  readonly #db: Database.Database;
  readonly #puts = new Map<string, Database.Statement<[readonly unknown[]]>>();
  #uncommitted = 0;

  /** @param path of an empty file */
  constructor(path: string) {
    this.#db = new Database(path, { fileMustExist: true });
    for (const pragma of buildingPragmas) this.#db.pragma(pragma);
  }

  /**
   * Makes a table or an index, by the first of the statements that does. They may be of a file that anybody made: one that does
   * more, or something else, is passed over.
   */
  make(...statements: readonly string[]): boolean {
    return statements.some((sql) => {
      if (!/^\s*CREATE\s+(TABLE|(UNIQUE\s+)?INDEX)\s/i.test(sql)) return false;
      try {
        // It takes one statement alone.
        this.#db.prepare(sql).run();
        return true;
      } catch {
        return false;
      }
    });
  }

  columns(table: string): readonly ColumnShape[] {
    const rows = this.#db
      .prepare<[{ table: string }], { name: string; type: string; notnull: number; pk: number }>(columnsOf.sql)
      .all({ table });
    const keys = rows.filter(({ pk }) => pk > 0);
    return rows.map(({ name, type, notnull, pk }) => ({
      name,
      type,
      notNull: notnull === 1,
      isRowid: pk > 0 && keys.length === 1 && type.toUpperCase() === 'INTEGER',
    }));
  }

  /** @returns how many of the rows the table took */
  put(table: TableShape, rows: readonly FoundRow[]): number {
    let taken = 0;
    for (const { rowid, values } of rows) {
      if (this.#uncommitted === 0) this.#db.exec(beginWrite.sql);
      const { statement, kept } = this.#putOf(table, values.length);
      const bound = values
        .filter((_, index) => kept[index])
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value));
      taken += statement.run([rowid, ...bound]).changes;
      this.#uncommitted += 1;
      if (this.#uncommitted >= CHUNK) this.commit();
    }
    return taken;
  }

  commit(): void {
    if (this.#uncommitted > 0) this.#db.exec(commit.sql);
    this.#uncommitted = 0;
  }

  count(table: string): number {
    return this.#db.prepare<[], { count: number }>(rowCount(table).sql).get()?.count ?? 0;
  }

  get hasVersion(): boolean {
    return this.#db.prepare<[], { value: unknown }>(databaseVersion.sql).get()?.value !== undefined;
  }

  /** What is wrong with it; null for nothing. */
  fault(): string | null {
    const verdicts = this.#db.prepare<[], { verdict: string }>(fullIntegrityCheck.sql).all();
    return verdicts.find(({ verdict }) => verdict !== 'ok')?.verdict ?? null;
  }

  /** Puts it on the disk. */
  finish(): void {
    for (const pragma of builtPragmas) this.#db.pragma(pragma);
  }

  close(): void {
    this.#db.close();
  }

  #putOf(
    { name, columns }: TableShape,
    count: number,
  ): { statement: Database.Statement<[readonly unknown[]]>; kept: readonly boolean[] } {
    const kept = columns.slice(0, count).map(({ isRowid }) => !isRowid);
    const key = `${count} ${name}`;
    const known = this.#puts.get(key);
    if (known) return { statement: known, kept };
    const names = columns.filter((_, index) => kept[index]).map((column) => column.name);
    const statement = this.#db.prepare<[readonly unknown[]]>(putRow(name, names).sql);
    this.#puts.set(key, statement);
    return { statement, kept };
  }
}
