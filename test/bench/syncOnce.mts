// One fresh process that syncs a home, or inserts the same rows the bare way, and says what that took.
// node syncOnce.mts <ours|floor> <database> <recorder> <now, ms since the epoch>
import type { Lock, SyncPlan } from '../../src/library.ts';
import { core, Sqlite } from '../support/core.mts';

export interface SyncMeasurement {
  readonly rows: number;
  /** ms of the whole syncStates, and of its two halves; the floor has only the second. */
  readonly whole: number;
  readonly plan: number;
  readonly apply: number;
  /** How often the lock was taken, and ms of the longest and of all holds of lock and transaction. */
  readonly holds: number;
  readonly longestHold: number;
  readonly allHolds: number;
  /** Bytes resident at most. */
  readonly rss: number;
}

const [who, path = '', recorder = '', now = ''] = process.argv.slice(2);
const end = new Date(Number(now));
const holds: number[] = [];

/** The file lock, and how long it is held. */
function timed(lock: Lock): Lock {
  return {
    get isHeld() {
      return lock.isHeld;
    },
    get guarantee() {
      return lock.guarantee;
    },
    assertHeld: () => lock.assertHeld(),
    onCompromised: (listener) => lock.onCompromised(listener),
    async run(fn, options) {
      let began = 0;
      try {
        return await lock.run(() => {
          began = performance.now();
          return fn();
        }, options);
      } finally {
        holds.push(performance.now() - began);
      }
    },
  };
}

async function ours(): Promise<{ rows: number; whole: number; plan: number }> {
  const database = await core.OccupancyDatabase.open(path, { lock: timed(new core.FileLock(`${path}.lock`)) });
  const began = performance.now();
  let planned = 0;
  const { written } = await database.syncStates(core.recorderFile(recorder), {
    now: end,
    onProgress: ({ phase }) => void (phase === 'reading' && (planned = performance.now())),
  });
  const whole = performance.now() - began;
  await database.close();
  return { rows: (written?.intervals ?? 0) + (written?.samples ?? 0), whole, plan: planned - began };
}

/** Prepared inserts of rows that lie ready, one transaction, SQLite's own settings but for those that AOD has too. */
async function floor(): Promise<{ rows: number; whole: number; plan: number }> {
  const database = await core.OccupancyDatabase.open(path);
  const plan = await database.planSync(core.recorderFile(recorder), { now: end });
  await database.close();
  const db = new Sqlite(path);
  db.pragma('foreign_keys = OFF');
  db.pragma('synchronous = FULL');
  const legacy = db.prepare(`SELECT 1 FROM pragma_table_info('intervals') WHERE name = 'area_name'`).get() === undefined;
  const { intervals, samples } = values(plan, legacy);
  const began = performance.now();
  db.transaction(() => {
    const shared = 'entity_id, state, start_time, end_time, duration_seconds, created_at';
    const insert = legacy
      ? db.prepare(`INSERT INTO intervals (${shared}) VALUES (?, ?, ?, ?, ?, ?)`)
      : db.prepare(
          `INSERT INTO intervals (${shared}, entry_id, area_name, aggregation_level) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'raw')`,
        );
    for (const row of intervals) insert.run(row);
    if (samples.length === 0) return;
    const insertSample = db.prepare(
      `INSERT INTO numeric_samples (entity_id, timestamp, value, unit_of_measurement, state, created_at, entry_id, area_name)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const row of samples) insertSample.run(row);
  })();
  const whole = performance.now() - began;
  db.close();
  return { rows: intervals.length + samples.length, whole, plan: 0 };
}

function values(plan: SyncPlan, legacy: boolean): { intervals: unknown[][]; samples: unknown[][] } {
  const created = plan.report.end;
  const intervals = Array.from({ length: plan.intervalCount }, (_, index) => {
    const { entityId, state, startTime, endTime, durationSeconds, entryId, areaName } = plan.interval(index);
    const row = [entityId, state, startTime, endTime, durationSeconds, created];
    return legacy ? row : [...row, entryId, areaName];
  });
  const samples = Array.from({ length: plan.sampleCount }, (_, index) => {
    const { entityId, timestamp, value, unit, state, entryId, areaName } = plan.sample(index);
    return [entityId, timestamp, value, unit, state, created, entryId, areaName];
  });
  return { intervals, samples };
}

const { rows, whole, plan } = who === 'floor' ? await floor() : await ours();
const measurement: SyncMeasurement = {
  rows,
  whole,
  plan,
  apply: whole - plan,
  holds: holds.length,
  longestHold: Math.max(0, ...holds),
  allHolds: holds.reduce((sum, hold) => sum + hold, 0),
  rss: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(measurement));
process.exit();
