// A home whose recorder has states that its occupancy database has not: what a sync finds.
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { buildDatabase } from './buildDatabase.mts';
import type { SchemaVersion } from './occupancySchema.mts';
import { seededRandom } from './random.mts';
import { createRecorderStatements, RECORDER_VERSION } from './recorderSchema.mts';
import { NUMERIC, walkStates } from './stateWalk.mts';

export interface SyncHome {
  readonly database: string;
  readonly recorder: string;
  /** The end of what the recorder has. */
  readonly now: Date;
}

export interface SyncHomeOptions {
  readonly version: SchemaVersion;
  /** About so many, all since the newest interval. */
  readonly states: number;
  readonly areas?: number;
  readonly entities?: number;
  /** Days that the states are spread over; 3. */
  readonly days?: number;
}

const NEWEST = new Date('2026-11-20T09:30:00.250Z');
const DAY_MS = 86_400_000;

/** Makes `area_occupancy.db`, with a day of intervals, and `home-assistant_v2.db` in `folder`; neither may be there. */
export function buildSyncHome(
  folder: string,
  { version, states, areas = 5, entities = 24, days = 3 }: SyncHomeOptions,
): SyncHome {
  const database = join(folder, 'area_occupancy.db');
  const recorder = join(folder, 'home-assistant_v2.db');
  const now = new Date(NEWEST.getTime() + days * DAY_MS);
  const home = buildDatabase(database, { version, areas, entities, days: 1, endTime: NEWEST });
  const random = seededRandom(7);
  const each = Math.round(states / home.entities.length);
  const rows = home.entities.flatMap(({ entityType }, entity) => {
    const walk = walkStates(entityType, 0, 1, random);
    const steps = Array.from({ length: each }, () => walk.next().value);
    const scale = (days * 86_400) / (steps.at(-1)?.end ?? 1);
    return steps.map(({ state, start }) => ({ entity, state, at: NEWEST.getTime() / 1000 + start * scale }));
  });
  // As the recorder writes them, so that reading one entity goes here and there.
  rows.sort((one, other) => one.at - other.at);
  const db = new Database(recorder);
  try {
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF']) db.pragma(pragma);
    for (const sql of createRecorderStatements) db.exec(sql);
    const addEntity = db.prepare('INSERT INTO states_meta (metadata_id, entity_id) VALUES (?, ?)');
    const addAttributes = db.prepare('INSERT INTO state_attributes (attributes_id, shared_attrs) VALUES (?, ?)');
    const addState = db.prepare('INSERT INTO states (state, last_updated_ts, attributes_id, metadata_id) VALUES (?, ?, ?, ?)');
    db.transaction(() => {
      db.prepare('INSERT INTO schema_changes (schema_version) VALUES (?)').run(RECORDER_VERSION);
      for (const [index, { entityId, entityType }] of home.entities.entries()) {
        addEntity.run(index + 1, entityId);
        addAttributes.run(index + 1, JSON.stringify({ unit_of_measurement: NUMERIC[entityType]?.unit }));
      }
      for (const { entity, state, at } of rows) addState.run(state, at, entity + 1, entity + 1);
    })();
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
  return { database, recorder, now };
}
