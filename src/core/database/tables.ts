import type { SqlReader } from '../ports/sql';
import { tableColumns } from '../sql/schemaQueries';

/** The columns of every table. */
export type Tables = ReadonlyMap<string, ReadonlySet<string>>;

/** Column names by table. */
export type Columns = Readonly<Record<string, readonly string[]>>;

export function readTables(reader: SqlReader): Tables {
  const tables = new Map<string, Set<string>>();
  for (const { table_name: table, column_name: column } of reader.all(tableColumns)) {
    const columns = tables.get(table);
    if (columns) columns.add(column);
    else tables.set(table, new Set([column]));
  }
  return tables;
}

/** `table areas` for a missing table, `column areas.purpose` for a missing column. */
export function missingColumns(required: Columns, tables: Tables): string[] {
  return Object.entries(required).flatMap(([table, columns]) => {
    const present = tables.get(table);
    if (!present) return [`table ${table}`];
    return columns.filter((column) => !present.has(column)).map((column) => `column ${table}.${column}`);
  });
}
