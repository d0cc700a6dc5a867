import type { RecordValue } from './record';
import type { FoundRow } from './tablePage';

/** A table that rows are to be put in. */
export interface TableShape {
  readonly name: string;
  /** The first page of its tree; null where nobody knows. */
  readonly root: number | null;
  readonly columns: readonly ColumnShape[];
}

export interface ColumnShape {
  readonly name: string;
  /** As it was declared, such as `VARCHAR` or `DATETIME`. */
  readonly type: string;
  readonly notNull: boolean;
  /** An INTEGER PRIMARY KEY: its value is the row's id, and null in the row itself. */
  readonly isRowid: boolean;
}

const STORED_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/;
const TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}/;

/** Whether rows of a page that belongs to no tree can be of a table, by their values. */
export function fits({ columns }: TableShape, rows: readonly FoundRow[]): boolean {
  return (
    rows.length > 0 &&
    rows.every(
      ({ values }) => values.length === columns.length && columns.every((column, index) => holds(column, values[index] ?? null)),
    )
  );
}

function holds({ type, notNull, isRowid }: ColumnShape, value: RecordValue): boolean {
  if (isRowid) return value === null;
  if (value === null) return !notNull;
  // AOD keeps no times in texts: what tells two tables of as many columns apart.
  if (/CHAR|TEXT|JSON/i.test(type)) return typeof value === 'string' && !STORED_TIME.test(value);
  if (/DATE|TIME/i.test(type)) return typeof value === 'string' && TIME.test(value);
  if (/BOOL/i.test(type)) return value === 0 || value === 1;
  if (/INT/i.test(type)) return typeof value === 'number' && Number.isInteger(value);
  if (/FLOAT|REAL|DOUB/i.test(type)) return typeof value === 'number';
  return true;
}
