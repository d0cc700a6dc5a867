// Stands in for Home Assistant: every few seconds a sensor changes its state, which its recorder notes, and its integration as an
// interval; until its parent process ends.
// Usage: node test/demo/writer.mts <area_occupancy.db> [seconds between intervals]
import Database from 'better-sqlite3';
import { dirname, join } from 'node:path';
import { storedTime } from '../support/stateWalk.mts';

interface SensorRow {
  readonly entity_id: string;
  readonly area_name: string;
  readonly entry_id: string;
}

interface StateRow {
  readonly state_id: number;
  readonly state: string;
  readonly metadata_id: number;
  readonly attributes_id: number;
  /** Unix seconds. */
  readonly changed: number;
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

/** The recorder notes the sensor's new state. @returns the state that this ends, and since when it was (µs since the epoch) */
function recordChange(recorder: string, entityId: string, now: number): { state: string; since: number } {
  return withDatabase(recorder, (db) => {
    const latest = db
      .prepare<[string], StateRow>(
        `SELECT state_id, state, metadata_id, attributes_id, last_updated_ts AS changed FROM states JOIN states_meta USING (metadata_id)
         WHERE states_meta.entity_id = ? ORDER BY last_updated_ts DESC LIMIT 1`,
      )
      .get(entityId);
    if (!latest) throw new Error(`${recorder} has no state of ${entityId}.`);
    db.prepare(
      `INSERT INTO states (state, last_reported_ts, last_updated_ts, old_state_id, attributes_id, origin_idx, metadata_id)
       VALUES (?, ?, ?, ?, ?, 0, ?)`,
    ).run(latest.state === 'on' ? 'off' : 'on', now / 1e6, now / 1e6, latest.state_id, latest.attributes_id, latest.metadata_id);
    return { state: latest.state, since: Math.round(latest.changed * 1e6) };
  });
}

/** The sensor of this turn changes its state just now: what it was until now becomes an interval. */
function addInterval(path: string, turn: number): string {
  const recorder = join(dirname(dirname(path)), 'home-assistant_v2.db');
  return withDatabase(path, (db) => {
    db.exec('BEGIN IMMEDIATE');
    const sensors = db
      .prepare<[], SensorRow>(
        "SELECT entity_id, area_name, entry_id FROM entities WHERE entity_type = 'motion' ORDER BY entity_id",
      )
      .all();
    const sensor = sensors[turn % sensors.length];
    if (!sensor) throw new Error(`${path} has no motion sensor.`);
    const now = Date.now() * 1000;
    const { state, since } = recordChange(recorder, sensor.entity_id, now);
    const lasted = (now - since) / 1e6;
    db.prepare(
      `INSERT OR IGNORE INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'raw', ?)`,
    ).run(
      sensor.entry_id,
      sensor.area_name,
      sensor.entity_id,
      state,
      storedTime(since),
      storedTime(now),
      lasted,
      storedTime(now),
    );
    db.exec('COMMIT');
    return `${sensor.entity_id} was ${state} for ${lasted.toFixed(0)} s`;
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
