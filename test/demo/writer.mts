// Stands in for Home Assistant: adds an interval every few seconds, as its integration does, until its parent process ends.
// Usage: node test/demo/writer.mts <area_occupancy.db> [seconds between intervals]
import Database from 'better-sqlite3';
import { storedTime } from '../support/stateWalk.mts';

interface SensorRow {
  readonly entity_id: string;
  readonly area_name: string;
  readonly entry_id: string;
}

interface LatestRow {
  readonly state: string;
  readonly end_time: string;
  /** Unix seconds. */
  readonly ended: number;
}

const BUSY_TIMEOUT_MS = 10_000;

/** Opens for one operation and closes after it, like SQLAlchemy's NullPool. */
function withDatabase<T>(path: string, use: (db: Database.Database) => T): T {
  const db = new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('synchronous = NORMAL');
    return use(db);
  } finally {
    db.close();
  }
}

/** The sensor of this turn changed its state just now: what it was until now becomes an interval. */
function addInterval(path: string, turn: number): string {
  return withDatabase(path, (db) => {
    db.exec('BEGIN IMMEDIATE');
    const sensors = db
      .prepare<[], SensorRow>(
        "SELECT entity_id, area_name, entry_id FROM entities WHERE entity_type = 'motion' ORDER BY entity_id",
      )
      .all();
    const sensor = sensors[turn % sensors.length];
    if (!sensor) throw new Error(`${path} has no motion sensor.`);
    const latest = db
      .prepare<[string], LatestRow>(
        "SELECT state, end_time, unixepoch(end_time, 'subsec') AS ended FROM intervals WHERE entity_id = ? ORDER BY end_time DESC LIMIT 1",
      )
      .get(sensor.entity_id);
    const now = Date.now() * 1000;
    const start = latest?.end_time ?? storedTime(now - 60_000_000);
    const state = latest?.state === 'on' ? 'off' : 'on';
    const seconds = latest ? now / 1e6 - latest.ended : 60;
    db.prepare(
      `INSERT OR IGNORE INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'raw', ?)`,
    ).run(sensor.entry_id, sensor.area_name, sensor.entity_id, state, start, storedTime(now), seconds, storedTime(now));
    db.exec('COMMIT');
    return `${sensor.entity_id} was ${state} for ${seconds.toFixed(0)} s`;
  });
}

const [path, seconds = '3'] = process.argv.slice(2);
if (!path) throw new Error('Usage: node test/demo/writer.mts <area_occupancy.db> [seconds between intervals]');

// The parent's end of our input closes with it, however it ends.
process.stdin.on('end', () => process.exit(0)).resume();
// Ctrl+C reaches the whole terminal; the parent ends us in its own order.
process.on('SIGINT', () => {});

let turn = 0;
setInterval(
  () => {
    try {
      console.log(addInterval(path, turn));
    } catch (error) {
      // The database may be away for a moment, or for good; Home Assistant goes on as well.
      console.error(error instanceof Error ? error.message : error);
    }
    turn += 1;
  },
  Number(seconds) * 1000,
);
