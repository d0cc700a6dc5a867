// Rows of the recorder as Home Assistant's history answers them.
import { Sqlite } from './core.mts';

export interface RecordedState {
  readonly entityId: string;
  readonly state: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Unix seconds. */
  readonly lastUpdated: number;
  /** Unix seconds; null where it equals `lastUpdated`. */
  readonly lastChanged: number | null;
}

export interface HistoryQuery {
  readonly entityIds: readonly string[];
  /** Unix seconds, both ends left out. */
  readonly start: number;
  readonly end: number;
  readonly withAttributes: boolean;
  readonly significantOnly: boolean;
  readonly withStartState: boolean;
}

export interface CompressedState {
  readonly s: string | null;
  readonly a?: Readonly<Record<string, unknown>>;
  readonly lc?: number;
  readonly lu: number;
}

const SIGNIFICANT_DOMAINS = new Set(['climate', 'device_tracker', 'humidifier', 'thermostat', 'water_heater']);

const TABLES: readonly string[] = [
  'CREATE TABLE schema_changes (change_id INTEGER PRIMARY KEY, schema_version INTEGER, changed DATETIME)',
  'CREATE TABLE states_meta (metadata_id INTEGER PRIMARY KEY, entity_id VARCHAR(255) UNIQUE)',
  'CREATE TABLE state_attributes (attributes_id INTEGER PRIMARY KEY, hash BIGINT, shared_attrs TEXT)',
  `CREATE TABLE states (state_id INTEGER PRIMARY KEY, state VARCHAR(255), last_changed_ts FLOAT, last_updated_ts FLOAT,
    attributes_id INTEGER, metadata_id INTEGER)`,
  'CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts)',
];

/** Makes a recorder's SQLite file of `states`, in their order. */
export function writeRecordedStates(path: string, states: Iterable<RecordedState>): void {
  const db = new Sqlite(path);
  try {
    db.transaction(() => {
      for (const sql of TABLES) db.exec(sql);
      db.prepare("INSERT INTO schema_changes (schema_version, changed) VALUES (50, '2026-01-01 00:00:00')").run();
      const addEntity = db.prepare('INSERT OR IGNORE INTO states_meta (entity_id) VALUES (?)');
      const addAttributes = db.prepare('INSERT INTO state_attributes (shared_attrs) VALUES (?)');
      const addState = db.prepare(
        `INSERT INTO states (state, last_changed_ts, last_updated_ts, attributes_id, metadata_id)
         VALUES (?, ?, ?, ?, (SELECT metadata_id FROM states_meta WHERE entity_id = ?))`,
      );
      for (const { entityId, state, attributes, lastUpdated, lastChanged } of states) {
        addEntity.run(entityId);
        const { lastInsertRowid } = addAttributes.run(JSON.stringify(attributes));
        addState.run(state, lastChanged, lastUpdated, lastInsertRowid, entityId);
      }
    })();
  } finally {
    db.close();
  }
}

/** The states of a recorder's SQLite file, schema 41 or later. */
export function readRecordedStates(path: string): RecordedState[] {
  const db = new Sqlite(path);
  try {
    const rows = db
      .prepare<[], Omit<RecordedState, 'attributes'> & { attributes: string | null }>(
        `SELECT m.entity_id AS entityId, s.state, a.shared_attrs AS attributes, s.last_updated_ts AS lastUpdated,
           s.last_changed_ts AS lastChanged
         FROM states s JOIN states_meta m USING (metadata_id) LEFT JOIN state_attributes a USING (attributes_id)
         WHERE s.last_updated_ts IS NOT NULL ORDER BY s.state_id`,
      )
      .all();
    return rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes ?? '{}') as Record<string, unknown> }));
  } finally {
    db.close();
  }
}

/** States in memory, found as Home Assistant's `get_significant_states` finds them. */
export class RecordedHistory {
  readonly #states = new Map<string, RecordedState[]>();

  /** @param states in the order in which they were written */
  constructor(states: Iterable<RecordedState>) {
    for (const state of states) {
      const known = this.#states.get(state.entityId);
      if (known) known.push(state);
      else this.#states.set(state.entityId, [state]);
    }
    for (const known of this.#states.values()) known.sort((a, b) => a.lastUpdated - b.lastUpdated);
  }

  find(query: HistoryQuery): Record<string, CompressedState[]> {
    const found: Record<string, CompressedState[]> = {};
    if (!query.withStartState && !query.entityIds.some((entityId) => this.#mayHaveChanged(entityId, query))) return found;
    for (const entityId of query.entityIds) {
      const states = this.#ofEntity(entityId, query);
      if (states.length > 0) found[entityId] = states;
    }
    return found;
  }

  /** Home Assistant looks at the newest states first, and answers nothing where none is newer than the start. */
  #mayHaveChanged(entityId: string, { start, withAttributes }: HistoryQuery): boolean {
    const newest = this.#states.get(entityId)?.at(-1);
    return !newest || (withAttributes ? newest.lastUpdated : (newest.lastChanged ?? newest.lastUpdated)) > start;
  }

  #ofEntity(entityId: string, query: HistoryQuery): CompressedState[] {
    const states = this.#states.get(entityId) ?? [];
    const everyRow = !query.significantOnly || SIGNIFICANT_DOMAINS.has(entityId.split('.')[0] ?? '');
    const write = (state: RecordedState, lu: number): CompressedState => ({
      s: state.state,
      ...(query.withAttributes && { a: state.attributes }),
      lu,
    });
    const inForce = query.withStartState ? states.findLast(({ lastUpdated }) => lastUpdated < query.start) : undefined;
    const changes = states.filter(
      ({ lastUpdated, lastChanged }) =>
        lastUpdated > query.start && lastUpdated < query.end && (everyRow || lastChanged === null || lastChanged === lastUpdated),
    );
    return [...(inForce ? [write(inForce, query.start)] : []), ...changes.map((state) => write(state, state.lastUpdated))];
  }
}
