// The recorder's database as Home Assistant keeps it, with the states that the newest intervals of an occupancy database came from.
import Database from 'better-sqlite3';
import { NUMERIC } from '../support/stateWalk.mts';

const SCHEMA_VERSION = 50;
const DAYS = 3;

const TABLES: readonly string[] = [
  'CREATE TABLE schema_changes (change_id INTEGER NOT NULL, schema_version INTEGER, changed DATETIME, PRIMARY KEY (change_id))',
  'CREATE TABLE states_meta (metadata_id INTEGER NOT NULL, entity_id VARCHAR(255), PRIMARY KEY (metadata_id))',
  'CREATE UNIQUE INDEX ix_states_meta_entity_id ON states_meta (entity_id)',
  'CREATE TABLE state_attributes (attributes_id INTEGER NOT NULL, hash BIGINT, shared_attrs TEXT, PRIMARY KEY (attributes_id))',
  'CREATE INDEX ix_state_attributes_hash ON state_attributes (hash)',
  `CREATE TABLE states (state_id INTEGER NOT NULL, entity_id CHAR(0), state VARCHAR(255), attributes CHAR(0), event_id SMALLINT,
    last_changed CHAR(0), last_changed_ts FLOAT, last_reported_ts FLOAT, last_updated CHAR(0), last_updated_ts FLOAT, old_state_id INTEGER,
    attributes_id INTEGER, context_id CHAR(0), context_user_id CHAR(0), context_parent_id CHAR(0), origin_idx SMALLINT, context_id_bin BLOB,
    context_user_id_bin BLOB, context_parent_id_bin BLOB, metadata_id INTEGER, PRIMARY KEY (state_id),
    FOREIGN KEY(old_state_id) REFERENCES states (state_id), FOREIGN KEY(attributes_id) REFERENCES state_attributes (attributes_id),
    FOREIGN KEY(metadata_id) REFERENCES states_meta (metadata_id))`,
  'CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts)',
  'CREATE INDEX ix_states_last_updated_ts ON states (last_updated_ts)',
  'CREATE INDEX ix_states_old_state_id ON states (old_state_id)',
  'CREATE INDEX ix_states_attributes_id ON states (attributes_id)',
];

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
      for (const sql of TABLES) db.exec(sql);
      db.prepare('INSERT INTO schema_changes (schema_version, changed) VALUES (?, ?)').run(SCHEMA_VERSION, storedNow(now));
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
