import { quoteName } from './quoteName';
import { sqlQuery, type SqlStatement } from './sqlQuery';

/** While a database is made that is thrown away if that fails: it needs no journal, and waits for no disk. */
export const buildingPragmas: readonly string[] = [
  'foreign_keys = OFF',
  'journal_mode = OFF',
  'synchronous = OFF',
  'cache_size = -16384',
];

/** Once it is whole: the mode that AOD opens it in, and all of it on the disk. */
export const builtPragmas: readonly string[] = ['synchronous = FULL', 'journal_mode = WAL'];

/** `@table`, in their order. */
export const columnsOf = sqlQuery<{
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}>('columnsOf', 'SELECT name, type, "notnull", pk FROM pragma_table_info(@table) ORDER BY cid');

/** Adds a row under the id that it had, unless the table does not take it. Binds by position: the id, then the columns. */
export function putRow(table: string, columns: readonly string[]): SqlStatement {
  const names = ['rowid', ...columns.map(quoteName)];
  const sql = `INSERT OR IGNORE INTO ${quoteName(table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  return { name: 'putRow', sql };
}
