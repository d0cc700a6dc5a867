// A made-up home whose recorder and occupancy database hold whatever a sync may stumble over; the same seed makes the same rows.
import type BetterSqlite3 from 'better-sqlite3';
import { Sqlite } from '../support/core.mts';
import { createStatements, type SchemaVersion } from '../support/occupancySchema.mts';
import type { Random } from '../support/random.mts';
import { createRecorderStatements, RECORDER_VERSION } from '../support/recorderSchema.mts';
import { storedTime } from '../support/stateWalk.mts';

const SECOND = 1e6;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

const STATES: readonly (string | null)[] = [
  ...Array.from({ length: 6 }, (_, index) => (index < 4 ? 'on' : 'off')),
  'unknown',
  'unavailable',
  '',
  'NaN',
  'nan',
  'inf',
  '-Infinity',
  '1_0',
  ' 12 ',
  '21.5',
  '21.50',
  '-0',
  '1e3',
  '5.',
  '.5',
  '+3',
  '0x10',
  '\t7\n',
  '١٢',
  '\u00a08',
  '1__0',
  '1e400',
  'On',
  'None',
  'Büro 🏠',
  '\ufeff21',
  '２１．５',
  '-１２',
  'x'.repeat(300),
  '7'.repeat(400),
  null,
];

const ATTRIBUTES: readonly (string | null)[] = [
  '{"unit_of_measurement": "°C", "friendly_name": "Büro"}',
  '{"unit_of_measurement": "µg/m³"}',
  '{"device_class": "power"}',
  '{"unit_of_measurement": null}',
  '{"unit_of_measurement": 7}',
  '{"unit_of_measurement": 0.25}',
  '{"unit_of_measurement": true}',
  '"unit_of_measurement"',
  '{"unit_of_measurement": "W", broken',
  '[]',
  '',
  null,
];

const ENTITIES = [
  'binary_sensor.motion',
  'binary_sensor.door',
  'sensor.temperature',
  'sensor.humidity',
  'sensor.power',
  'climate.heating',
  'device_tracker.phone',
  'media_player.tv',
  'sensor.Büro',
  'water_heater.boiler',
  'climate_like.sensor',
  'sensor.unrecorded',
];

const TYPES = ['motion', 'door', 'temperature', 'humidity', 'power', 'media', 'co', 'unknown'];
const AREAS = ['Kitchen', 'Büro', 'Attic', 'Room 10', 'Room 9'];

export interface HostileHome {
  readonly recorder: string;
  readonly database: string;
  /** ms since the epoch. */
  readonly now: number;
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random.whole(0, values.length - 1)];
  if (value === undefined) throw new Error('There is nothing to pick from.');
  return value;
}

/** For rows that may be lost, and that keys need not fit. */
function open(path: string): BetterSqlite3.Database {
  const db = new Sqlite(path);
  for (const pragma of ['foreign_keys = OFF', 'synchronous = OFF']) db.pragma(pragma);
  return db;
}

/** Writes both databases into `folder`, which is empty. */
export function buildHostileHome(folder: string, version: SchemaVersion, random: Random): HostileHome {
  const now = Date.UTC(2026, 10, 20, 9, 30) + random.whole(0, 999);
  const home = { recorder: `${folder}/home-assistant_v2.db`, database: `${folder}/area_occupancy.db`, now };
  const start = buildOccupancy(home.database, version, now * 1000, random);
  buildRecorder(home.recorder, start, now * 1000, random);
  return home;
}

/** Returns where a sync will start, µs since the epoch. */
function buildOccupancy(path: string, version: SchemaVersion, now: number, random: Random): number {
  const legacy = version <= 3;
  const db = open(path);
  db.pragma('journal_mode = OFF');
  for (const sql of createStatements(version)) db.exec(sql);
  if (!legacy && random.whole(1, 8) === 1) db.exec('DROP TABLE numeric_samples');
  db.prepare("INSERT INTO metadata VALUES ('db_version', ?)").run(String(version));
  const stamp = storedTime(now - DAY);
  const areas = AREAS.slice(0, random.whole(2, AREAS.length)).map((name, index) => ({ name, entry: `entry-${index}` }));
  for (const { name, entry } of areas.toSorted(() => random.next() - 0.5)) {
    db.prepare(
      legacy
        ? `INSERT INTO areas VALUES (?, ?, ?, 'social', 0.5, 0.15, ?, ?)`
        : `INSERT INTO areas VALUES (?, ?, ?, 'social', 0.5, 'null', ?, ?)`,
    ).run(entry, name, name, stamp, stamp);
  }
  // Of an area that has no row.
  areas.push({ name: 'Gone', entry: 'entry-gone' });
  for (const entity of ENTITIES) {
    if (random.whole(1, 10) === 1) continue;
    const inAreas = areas.filter(() => random.whole(1, 3) === 1);
    for (const { name, entry } of inAreas.length > 0 ? inAreas : [pick(random, areas)]) {
      const type = pick(random, TYPES);
      db.prepare(
        legacy
          ? `INSERT INTO entities VALUES (?, ?, ?, 0.5, 0.5, 0.5, ?, ?, 0, NULL, 0)`
          : `INSERT INTO entities (entry_id, entity_id, entity_type, weight, prob_given_true, prob_given_false, last_updated,
               created_at, is_decaying, decay_start, evidence, area_name, is_shared, shared_with_areas)
             VALUES (?, ?, ?, 0.5, 0.5, 0.5, ?, ?, 0, NULL, 0, ?, 0, 'null')`,
      ).run(entry, entity, type, stamp, stamp, ...(legacy ? [] : [name]));
    }
  }
  const newest = pick(random, [null, now - 2 * HOUR, now - 3 * DAY - 123_457, now - 365 * DAY + HOUR / 2, now + 2 * HOUR]);
  const end = newest === null ? null : newest + random.whole(0, 1) * random.whole(0, 999_999);
  if (end !== null) {
    const values = ['sensor.power', 'off', storedTime(end - HOUR), storedTime(end), 3600, stamp];
    const names = 'entity_id, state, start_time, end_time, duration_seconds, created_at';
    db.prepare(
      legacy
        ? `INSERT INTO intervals (${names}) VALUES (?, ?, ?, ?, ?, ?)`
        : `INSERT INTO intervals (${names}, entry_id, area_name, aggregation_level) VALUES (?, ?, ?, ?, ?, ?, 'entry-0', 'Kitchen', 'weekly')`,
    ).run(...values);
  }
  db.pragma('journal_mode = WAL');
  db.close();
  return end === null ? now - 10 * DAY : end - HOUR;
}

/** The microseconds from one state to the next; fractions of one are possible. */
function step(random: Random): number {
  return pick(random, [
    0,
    0,
    0.25,
    0.5,
    1,
    random.next() * 4 * SECOND,
    5 * SECOND,
    5 * SECOND - 1,
    random.next() * 600 * SECOND,
    random.next() * 600 * SECOND,
    random.next() * 5 * HOUR,
    13 * HOUR,
    13 * HOUR + 1,
    random.next() * 30 * HOUR,
  ]);
}

function buildRecorder(path: string, start: number, now: number, random: Random): void {
  const db = open(path);
  db.pragma('journal_mode = MEMORY');
  for (const sql of createRecorderStatements) db.exec(sql);
  if (random.whole(1, 3) === 1) db.exec('ALTER TABLE states DROP COLUMN attributes');
  const legacyAttributes = db.prepare("SELECT 1 FROM pragma_table_info('states') WHERE name = 'attributes'").all().length > 0;
  db.exec(`INSERT INTO schema_changes (schema_version) VALUES (41), (${RECORDER_VERSION})`);
  for (const [index, text] of ATTRIBUTES.entries())
    db.prepare('INSERT INTO state_attributes VALUES (?, ?, ?)').run(index + 1, index, text);
  const rows: (readonly (string | number | null)[])[] = [];
  for (const [index, entity] of ENTITIES.entries()) {
    if (entity === 'sensor.unrecorded') continue;
    db.prepare('INSERT INTO states_meta VALUES (?, ?)').run(index + 1, entity);
    for (const ts of times(start, now, random)) {
      const changed = pick(random, [null, null, null, ts, ts - 60]);
      const attributes = pick(
        random,
        [null, ...ATTRIBUTES.keys(), 99].map((id) => (id === null ? null : id + 1)),
      );
      const own = legacyAttributes ? [pick(random, ATTRIBUTES)] : [];
      rows.push([pick(random, STATES), changed, ts, index + 1, attributes, ...own]);
    }
  }
  // Ids are in the order of writing, which is that of time only nearly.
  const shuffled = rows.map((row) => ({ row, at: Number(row[2]) + (random.whole(1, 20) === 1 ? random.next() * 100 : 0) }));
  const insert = db.prepare(
    `INSERT INTO states (state, last_changed_ts, last_updated_ts, metadata_id, attributes_id${legacyAttributes ? ', attributes' : ''})
     VALUES (?, ?, ?, ?, ?${legacyAttributes ? ', ?' : ''})`,
  );
  db.transaction(() => {
    for (const { row } of shuffled.toSorted((left, right) => left.at - right.at)) insert.run(...row);
  })();
  db.close();
}

/** Unix seconds of an entity's rows: from before the start to beyond now, with those that lie on a border. */
function times(start: number, now: number, random: Random): number[] {
  const from = random.whole(0, 4) === 0 ? start + HOUR : start - random.next() * 5 * HOUR;
  const borders = [start, now, now - 365 * DAY].flatMap((border) => [
    border / SECOND,
    nextFloat(border / SECOND),
    border / SECOND - 1e-6,
  ]);
  const found = borders.filter(() => random.whole(1, 5) === 1);
  for (let at = from, count = random.whole(0, 60); count > 0; count -= 1) {
    at += step(random);
    // A 128th of a second is an odd number of half microseconds.
    found.push(random.whole(1, 4) === 1 ? Math.floor(at / SECOND) + random.whole(0, 127) / 128 : at / SECOND);
  }
  // The last hour, which every sync reads again.
  const late = random.whole(0, 1) * random.whole(0, 12);
  return [...found, ...Array.from({ length: late }, () => (now - random.next() * HOUR) / SECOND)];
}

function nextFloat(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  return view.getFloat64(0);
}

/**
 * What happens between two syncs: rows are pruned, others aggregated, samples forgotten. Rows are chosen by what is in them, since
 * ids tell nothing: equal databases are equal afterwards.
 */
export function disturb(database: string, random: Random): void {
  const db = open(database);
  const among = (text: string): string =>
    `CAST(substr(${text}, 18, 2) || substr(${text}, 21, 6) AS INTEGER) % ${random.whole(2, 5)} = 1`;
  db.exec(`DELETE FROM intervals WHERE ${among('start_time')} AND end_time < (SELECT max(end_time) FROM intervals)`);
  const has = (name: string): boolean => db.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').all(name).length > 0;
  if (has('numeric_samples')) db.exec(`DELETE FROM numeric_samples WHERE ${among('timestamp')}`);
  if (has('correlations')) db.exec(`UPDATE intervals SET aggregation_level = 'daily' WHERE ${among('end_time')}`);
  // A text in another form is another key, to AOD as to SQLite.
  db.exec(`UPDATE OR IGNORE intervals SET start_time = substr(start_time, 1, 19) WHERE ${among('start_time')}`);
  db.exec(
    `UPDATE OR IGNORE intervals SET end_time = substr(end_time, 1, ${random.whole(0, 1) * 4 + 19}) WHERE ${among('end_time')}`,
  );
  const newest = '(SELECT max(end_time) FROM intervals)';
  if (random.whole(1, 4) === 1) db.exec(`UPDATE intervals SET end_time = replace(end_time, ' ', 'T') WHERE end_time = ${newest}`);
  db.close();
}
