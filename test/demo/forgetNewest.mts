// Takes the newest rows out of an occupancy database: what Home Assistant's integration has not seen yet, and a sync brings in.
import Database from 'better-sqlite3';

/** Deletes every interval and sample that ended after `from`. */
export function forgetNewest(path: string, from: Date): void {
  const since = from.toISOString().slice(0, -1).replace('T', ' ');
  const db = new Database(path);
  try {
    db.pragma('synchronous = OFF');
    db.transaction(() => {
      db.prepare('DELETE FROM intervals WHERE end_time > ?').run(since);
      db.prepare('DELETE FROM numeric_samples WHERE timestamp > ?').run(since);
    })();
  } finally {
    db.close();
  }
}
