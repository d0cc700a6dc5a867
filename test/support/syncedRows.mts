import { Sqlite } from './core.mts';
import type { TrueRow } from './trueRows.mts';

/** What a sync writes, without what tells one writing from another (id and created_at), in the order of the keys. */
export function syncedRows(path: string): { readonly intervals: readonly TrueRow[]; readonly samples: readonly TrueRow[] } {
  const db = new Sqlite(path, { readonly: true });
  try {
    const rows = (table: string, order: string): TrueRow[] => {
      const columns = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)').all(table);
      const compared = columns.map(({ name }) => name).filter((name) => name !== 'id' && name !== 'created_at');
      if (compared.length === 0) return [];
      return db.prepare<[], TrueRow>(`SELECT ${compared.join(', ')} FROM ${table} ORDER BY ${order}`).all();
    };
    return {
      intervals: rows('intervals', 'entity_id, start_time, end_time'),
      samples: rows('numeric_samples', 'entity_id, timestamp'),
    };
  } finally {
    db.close();
  }
}
