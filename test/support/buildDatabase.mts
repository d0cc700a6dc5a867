// Builds occupancy databases as AOD's releases leave them on disk: the same options make the same rows.
import Database from 'better-sqlite3';
import { planHome, type Home, type HomeArea } from './home.mts';
import { areaRow, correlationRow, entityRows, priorRows, transitionRows, type Row } from './homeRows.mts';
import { createStatements, type SchemaVersion } from './occupancySchema.mts';
import { seededRandom, type Random } from './random.mts';
import { NUMERIC, storedTime, walkStates, type WalkedInterval } from './stateWalk.mts';

export interface BuildOptions {
  readonly version: SchemaVersion;
  /** Default 5. */
  readonly areas?: number;
  /** Default 24. */
  readonly entities?: number;
  /** Days of raw intervals before `endTime`; default 10. */
  readonly days?: number;
  /** Where the newest intervals end; default 2026-11-20 09:30:00.250 UTC. */
  readonly endTime?: Date;
  /** Divides how long states last: 2 makes twice as many intervals. Default 1. */
  readonly pace?: number;
  readonly seed?: number;
}

export interface BuiltDatabase extends Home {
  readonly path: string;
  readonly intervalCount: number;
}

const DAY = 86_400_000_000;

function insert(db: Database.Database, table: string, rows: readonly Row[]): void {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const statement = db.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  for (const row of rows) statement.run(row);
}

/** Merges what overlaps or touches; `spans` sorted by start. */
function merge(spans: readonly WalkedInterval[]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

function analysisRows(
  db: Database.Database,
  home: Home,
  motion: ReadonlyMap<HomeArea, WalkedInterval[]>,
  from: number,
  end: number,
): void {
  const now = storedTime(end);
  const stamps = { created_at: now, updated_at: now };
  for (const area of home.areas) {
    const key = { entry_id: area.entryId, area_name: area.areaName };
    const spans = merge((motion.get(area) ?? []).toSorted((left, right) => left.start - right.start));
    const occupied = spans.reduce((sum, span) => sum + (span.end - span.start), 0) / 1e6;
    const cached = spans.map((span) => ({
      ...key,
      start_time: storedTime(span.start),
      end_time: storedTime(span.end),
      duration_seconds: (span.end - span.start) / 1e6,
      calculation_date: now,
      data_source: 'motion_sensors',
      created_at: now,
    }));
    insert(db, 'occupied_intervals_cache', cached);
    const period = { data_period_start: storedTime(from), data_period_end: now, total_period_seconds: (end - from) / 1e6 };
    const prior = {
      prior_value: occupied / ((end - from) / 1e6),
      total_occupied_seconds: occupied,
      interval_count: spans.length,
    };
    const how = { calculation_date: now, confidence: null, calculation_method: 'interval_analysis', underlying_data_hash: null };
    insert(db, 'global_priors', [{ ...key, ...prior, ...period, ...how, ...stamps }]);
    const relation = { relationship_type: 'adjacent', influence_weight: 0.3, distance: null };
    insert(
      db,
      'area_relationships',
      area.adjacentAreas.map((name) => ({ ...key, related_area_name: name, ...relation, ...stamps })),
    );
  }
}

/** Writes a new database at `path` (WAL mode, closed and checkpointed when this returns) and says what is in it. */
export function buildDatabase(path: string, options: BuildOptions): BuiltDatabase {
  const {
    version,
    areas = 5,
    entities = 24,
    days = 10,
    pace = 1,
    seed = 1,
    endTime = new Date('2026-11-20T09:30:00.250Z'),
  } = options;
  const legacy = version <= 3;
  const random = seededRandom(seed);
  const home = planHome(areas, entities, legacy);
  const end = endTime.getTime() * 1000;
  const from = end - days * DAY;
  const [now, since] = [storedTime(end), storedTime(from)];
  const db = new Database(path);
  try {
    // As in AOD: its v2/v3 intervals reference a column that is no key, which an enforcing connection refuses.
    db.pragma('foreign_keys = OFF');
    // A build that fails is thrown away, so it needs no journal and waits for no disk; a large one sorts its indexes in memory.
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -262144', 'temp_store = MEMORY'])
      db.pragma(pragma);
    const statements = createStatements(version);
    for (const sql of statements) if (sql.startsWith('CREATE TABLE')) db.exec(sql);
    db.exec('BEGIN');
    insert(db, 'metadata', [
      { key: 'db_version', value: String(version) },
      ...(legacy ? [] : [{ key: 'last_prune_time', value: endTime.toISOString() }]),
    ]);
    insert(
      db,
      'areas',
      home.areas.map((area) => areaRow(area, legacy, now, random)),
    );
    insert(
      db,
      'entities',
      home.entities.flatMap((entity) => entityRows(entity, legacy, now, random)),
    );
    insert(
      db,
      'priors',
      home.areas.flatMap((area) => priorRows(area, legacy, since, now, random)),
    );
    const { intervalCount, motion } = insertHistory(db, home, { legacy, from, end, pace, random });
    if (!legacy) {
      analysisRows(db, home, motion, from, end);
      insert(
        db,
        'correlations',
        home.entities
          .filter(({ entityType }) => entityType in NUMERIC)
          .map((entity) => correlationRow(entity, since, now, random)),
      );
    }
    if (version >= 18) insert(db, 'area_transitions', transitionRows(home, now, random));
    for (const sql of statements) if (!sql.startsWith('CREATE TABLE')) db.exec(sql);
    db.exec('COMMIT');
    db.pragma('journal_mode = WAL');
    return { ...home, path, intervalCount };
  } finally {
    db.close();
  }
}

interface HistoryPlan {
  readonly legacy: boolean;
  readonly from: number;
  readonly end: number;
  readonly pace: number;
  readonly random: Random;
}

/** Raw intervals day by day, as syncs bring them in; for numeric types of today's schema also the samples of the last 7 days. */
function insertHistory(
  db: Database.Database,
  home: Home,
  plan: HistoryPlan,
): { intervalCount: number; motion: Map<HomeArea, WalkedInterval[]> } {
  const { legacy, from, end, pace, random } = plan;
  const shared = 'entity_id, state, start_time, end_time, duration_seconds, created_at';
  const addInterval = db.prepare(
    legacy
      ? `INSERT INTO intervals (${shared}) VALUES (?, ?, ?, ?, ?, ?)`
      : `INSERT INTO intervals (${shared}, entry_id, area_name, aggregation_level) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'raw')`,
  );
  const addSample = legacy
    ? null
    : db.prepare(
        'INSERT INTO numeric_samples (entry_id, area_name, entity_id, timestamp, value, unit_of_measurement, state, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      );
  const walks = home.entities.map((entity) => ({
    entity,
    walk: walkStates(entity.entityType, from, pace, random),
    reached: from,
  }));
  const motion = new Map<HomeArea, WalkedInterval[]>();
  let intervalCount = 0;
  for (let dayEnd = from + DAY; dayEnd <= end; dayEnd += DAY) {
    const created = storedTime(dayEnd);
    for (const walker of walks) {
      const { entityId, entityType, area } = walker.entity;
      while (walker.reached < dayEnd) {
        const step = walker.walk.next().value;
        const until = Math.min(step.end, end);
        walker.reached = step.end;
        const row = [entityId, step.state, storedTime(step.start), storedTime(until), (until - step.start) / 1e6, created];
        addInterval.run(...row, ...(legacy ? [] : [area.entryId, area.areaName]));
        intervalCount += 1;
        const unit = NUMERIC[entityType]?.unit;
        if (unit && step.start > end - 7 * DAY) {
          addSample?.run(
            area.entryId,
            area.areaName,
            entityId,
            storedTime(step.start),
            Number(step.state),
            unit,
            step.state,
            created,
          );
        }
        if (entityType === 'motion' && step.state === 'on') {
          const spans = motion.get(area) ?? [];
          spans.push({ ...step, end: until });
          motion.set(area, spans);
        }
      }
    }
  }
  return { intervalCount, motion };
}
