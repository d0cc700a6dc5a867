// The recorder's database as Home Assistant keeps it, with the states that the newest intervals of an occupancy database came from.
import Database from 'better-sqlite3';
import { createRecorderStatements, RECORDER_VERSION } from '../support/recorderSchema.mts';
import { NUMERIC } from '../support/stateWalk.mts';

const DAYS = 3;

interface StateRow {
  readonly entityId: string;
  readonly entityType: string;
  readonly state: string;
  /** Naive UTC text. */
  readonly startTime: string;
}

/** Writes a new recorder database at `path`: of every entity in `occupancyDatabase` the states of the last days. */
export function buildRecorder(path: string, occupancyDatabase: string, now: Date): void {
  const states = readStates(occupancyDatabase, now);
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    db.transaction(() => {
      for (const sql of createRecorderStatements) db.exec(sql);
      db.prepare('INSERT INTO schema_changes (schema_version, changed) VALUES (?, ?)').run(RECORDER_VERSION, storedNow(now));
      insertStates(db, states);
    })();
  } finally {
    db.close();
  }
}

/** Oldest first, as the recorder writes them. */
function readStates(path: string, now: Date): StateRow[] {
  const from = storedNow(new Date(now.getTime() - DAYS * 86_400_000));
  // Not read-only: the last reader of a WAL database takes the -wal and -shm with it only where it may write.
  const db = new Database(path);
  try {
    const select = db.prepare<[string], StateRow>(
      `SELECT i.entity_id AS entityId, e.entity_type AS entityType, i.state, i.start_time AS startTime
       FROM intervals i JOIN entities e ON e.entity_id = i.entity_id AND e.area_name = i.area_name
       WHERE i.start_time >= ? ORDER BY i.start_time`,
    );
    return select.all(from);
  } finally {
    db.close();
  }
}

function insertStates(db: Database.Database, states: readonly StateRow[]): void {
  const addEntity = db.prepare('INSERT INTO states_meta (entity_id) VALUES (?)');
  const addAttributes = db.prepare('INSERT INTO state_attributes (hash, shared_attrs) VALUES (?, ?)');
  const addState = db.prepare(
    `INSERT INTO states (state, last_changed_ts, last_reported_ts, last_updated_ts, old_state_id, attributes_id, origin_idx, metadata_id)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
  );
  const known = new Map<string, { metadata: number; attributes: number; last: number | null }>();
  for (const { entityId, entityType, state, startTime } of states) {
    const changed = unixSeconds(startTime);
    let entity = known.get(entityId);
    if (!entity) {
      const attributes = JSON.stringify(attributesOf(entityType));
      entity = {
        metadata: Number(addEntity.run(entityId).lastInsertRowid),
        attributes: Number(addAttributes.run(known.size + 1, attributes).lastInsertRowid),
        last: null,
      };
      known.set(entityId, entity);
    }
    // last_changed_ts stays NULL where it equals last_updated_ts.
    entity.last = Number(
      addState.run(state, null, changed, changed, entity.last, entity.attributes, entity.metadata).lastInsertRowid,
    );
    if (state === 'playing') {
      // A player reports its position without changing its state: a row that is no significant state.
      const reported = changed + 2;
      entity.last = Number(
        addState.run(state, changed, reported, reported, entity.last, entity.attributes, entity.metadata).lastInsertRowid,
      );
    }
  }
}

function attributesOf(entityType: string): object {
  const unit = NUMERIC[entityType]?.unit;
  return { device_class: entityType, ...(unit ? { unit_of_measurement: unit, state_class: 'measurement' } : {}) };
}

/** A stored time as the recorder keeps it: exact to the microsecond, as a double is. */
function unixSeconds(stored: string): number {
  const microseconds = Number((stored.split('.')[1] ?? '').padEnd(6, '0'));
  return (Date.parse(`${stored.slice(0, 19).replace(' ', 'T')}Z`) * 1000 + microseconds) / 1e6;
}

/** Naive UTC text, as SQLAlchemy stores times. */
function storedNow(time: Date): string {
  return time.toISOString().slice(0, -1).replace('T', ' ');
}
