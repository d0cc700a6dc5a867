// What is in a database, by the plainest SQL there is: the truth that readers are held against.
import Database from 'better-sqlite3';

export interface TrueInterval {
  readonly id: number;
  readonly entity_id: string;
  readonly area_name: string | null;
  readonly state: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly duration_seconds: number;
}

export type TrueRow = Readonly<Record<string, string | number | null>>;

export interface TrueRows {
  readonly areas: readonly TrueRow[];
  readonly entities: readonly TrueRow[];
  readonly priors: readonly TrueRow[];
  readonly globalPriors: readonly TrueRow[];
  readonly occupiedCache: readonly TrueRow[];
  /** Newest first by start, end and id. */
  readonly intervals: readonly TrueInterval[];
}

/** Closed again when this returns, so the file may be opened by another copy of SQLite afterwards. */
export function trueRows(path: string): TrueRows {
  const db = new Database(path, { readonly: true });
  try {
    const all = (table: string): TrueRow[] => db.prepare<[], TrueRow>(`SELECT * FROM ${table}`).all();
    const legacy = db.prepare(`SELECT 1 FROM pragma_table_info('intervals') WHERE name = 'area_name'`).all().length === 0;
    const intervals = db.prepare<[], TrueInterval>(`SELECT *${legacy ? ', NULL AS area_name' : ''} FROM intervals`).all();
    return {
      areas: all('areas'),
      entities: all('entities'),
      priors: all('priors'),
      globalPriors: legacy ? [] : all('global_priors'),
      occupiedCache: legacy ? [] : all('occupied_intervals_cache'),
      intervals: intervals.toSorted((left, right) => (key(left) < key(right) ? 1 : -1)),
    };
  } finally {
    db.close();
  }
}

function key({ start_time: start, end_time: end, id }: TrueInterval): string {
  // A space sorts before everything in a stored time, so a shorter text comes first, as in SQLite.
  return `${start} ${end} ${String(id).padStart(12, '0')}`;
}
