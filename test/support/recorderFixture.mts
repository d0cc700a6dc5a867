// A small recorder that a test fills as it goes, and keeps open or closes as it likes.
import type BetterSqlite3 from 'better-sqlite3';
import { Sqlite } from './core.mts';
import { createRecorderStatements, RECORDER_VERSION } from './recorderSchema.mts';

export interface RecordedState {
  readonly entityId: string;
  readonly state: string | null;
  /** Unix seconds. */
  readonly at: number;
  /** Unix seconds of the last change of the state itself; null, as the recorder writes it, where that is `at`. */
  readonly changedAt?: number | null;
  /** JSON text of shared attributes. */
  readonly attributes?: string | null;
}

export class RecorderFixture {
  readonly path: string;
  readonly db: BetterSqlite3.Database;

  constructor(path: string, version = RECORDER_VERSION) {
    this.path = path;
    this.db = new Sqlite(path);
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = OFF');
    for (const sql of createRecorderStatements) this.db.exec(sql);
    this.db.prepare('INSERT INTO schema_changes (schema_version) VALUES (?)').run(version);
  }

  add(...states: readonly RecordedState[]): this {
    return this.addAll(states);
  }

  addAll(states: readonly RecordedState[]): this {
    const addEntity = this.db.prepare('INSERT OR IGNORE INTO states_meta (entity_id) VALUES (?)');
    const addAttributes = this.db.prepare('INSERT INTO state_attributes (shared_attrs) VALUES (?)');
    const addState = this.db.prepare(
      `INSERT INTO states (state, last_changed_ts, last_updated_ts, attributes_id, metadata_id)
       VALUES (?, ?, ?, ?, (SELECT metadata_id FROM states_meta WHERE entity_id = ?))`,
    );
    this.db.transaction(() => {
      for (const { entityId, state, at, changedAt = null, attributes = null } of states) {
        addEntity.run(entityId);
        const shared = attributes === null ? null : addAttributes.run(attributes).lastInsertRowid;
        addState.run(state, changedAt, at, shared, entityId);
      }
    })();
    return this;
  }

  /** Checkpointed, and without -wal and -shm. */
  close(): this {
    this.db.close();
    return this;
  }
}
