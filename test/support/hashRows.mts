// Prints what is in a database of today's schema as JSON: its numbers of intervals and samples, and a SHA-256 over all rows of both.
// Usage: node hashRows.mts <area_occupancy.db>
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';

export interface HashedRows {
  readonly intervals: number;
  readonly samples: number;
  readonly hash: string;
}

export function hashRows(path: string): HashedRows {
  const db = new Database(path, { readonly: true });
  try {
    const all = (table: string): unknown[] => db.prepare(`SELECT * FROM ${table} ORDER BY id`).raw().all();
    const [intervals, samples] = [all('intervals'), all('numeric_samples')];
    const hash = createHash('sha256')
      .update(JSON.stringify([intervals, samples]))
      .digest('hex');
    return { intervals: intervals.length, samples: samples.length, hash };
  } finally {
    db.close();
  }
}

if (import.meta.main) console.log(JSON.stringify(hashRows(process.argv[2] ?? '')));
