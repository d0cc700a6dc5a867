// Every row of every table, to tell what a write changed and what it left as it was.
import type Database from 'better-sqlite3';
import type { TrueRow } from './trueRows.mts';

/** Rows by table, in the order of their row ids. */
export type AllRows = Readonly<Record<string, readonly TrueRow[]>>;

export function allRows(db: Database.Database): AllRows {
  const tables = db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`).pluck().all();
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare<[], TrueRow>(`SELECT * FROM ${table} ORDER BY rowid`).all()]),
  );
}
