import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OccupancyDatabase } from '../../src/library';
import { arrayPlan, plannedIntervals, plannedSamples } from '../support/arrayPlan.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { TrueRow } from '../support/trueRows.mts';

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
const NOW_TEXT = '2026-11-24 08:00:00.000000';
const UNFINISHED = 'area_occupancy_inspector_unfinished_sync';
const CHUNK = { rows: 10, time: Number.POSITIVE_INFINITY };

describe.each<SchemaVersion>([2, 3, 16, 18])('applying a plan on db_version %i', (version) => {
  const legacy = version <= 3;
  let folder: ReturnType<typeof temporaryFolder>;
  let other: BetterSqlite3.Database;
  let database: OccupancyDatabase;
  let lock: FreeLock;

  beforeEach(async () => {
    folder = temporaryFolder('apply');
    const { path } = buildDatabase(join(folder.path, 'area_occupancy.db'), { version, days: 1 });
    other = new Sqlite(path, { timeout: 0 });
    other.pragma('foreign_keys = OFF');
    lock = new FreeLock();
    const clock = { now: () => NOW, monotonic: () => performance.now(), sleep: (ms: number) => delay(ms) };
    database = await core.OccupancyDatabase.open(path, { lock, clock });
  });
  afterEach(async () => {
    await database.close();
    other.close();
    folder.remove();
  });

  function planned(table: string): TrueRow[] {
    return other.prepare<[], TrueRow>(`SELECT * FROM ${table} WHERE entity_id LIKE 'sensor.planned%' ORDER BY id`).all();
  }

  function note(): unknown {
    return other.prepare('SELECT value FROM metadata WHERE key = ?').pluck().get(UNFINISHED);
  }

  /** Another's interval with the key of a planned one. */
  function addOwn(
    { entityId, startTime, endTime }: { entityId: string; startTime: string; endTime: string },
    level = 'raw',
  ): void {
    const own = legacy ? '' : ', entry_id, area_name, aggregation_level';
    other
      .prepare(
        `INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at${own})
         VALUES (?, 'theirs', ?, ?, 60, ?${legacy ? '' : `, 'E', 'Kitchen', '${level}'`})`,
      )
      .run(entityId, startTime, endTime, NOW_TEXT);
  }

  it('writes every column of every row', async () => {
    const intervals = plannedIntervals(3);
    const samples = legacy ? [] : plannedSamples(2);
    const { written } = await database.applySync(arrayPlan(intervals, samples));
    expect(written).toEqual({ intervals: 3, samples: samples.length });
    expect(planned('intervals')).toEqual(
      intervals.map((row) => ({
        id: expect.any(Number),
        entity_id: row.entityId,
        state: row.state,
        start_time: row.startTime,
        end_time: row.endTime,
        duration_seconds: row.durationSeconds,
        created_at: NOW_TEXT,
        ...(legacy ? {} : { entry_id: row.entryId, area_name: row.areaName, aggregation_level: 'raw' }),
      })),
    );
    expect(other.prepare(`SELECT DISTINCT typeof(duration_seconds) FROM intervals`).pluck().all()).toEqual(['real']);
    if (legacy) return;
    expect(planned('numeric_samples')).toEqual(
      samples.map((row) => ({
        id: expect.any(Number),
        entry_id: row.entryId,
        area_name: row.areaName,
        entity_id: row.entityId,
        timestamp: row.timestamp,
        value: row.value,
        unit_of_measurement: row.unit,
        state: row.state,
        created_at: NOW_TEXT,
      })),
    );
  });

  it('leaves out what is there by now, and the second row with a key, and tells how many it wrote', async () => {
    const intervals = plannedIntervals(5);
    const samples = legacy ? [] : plannedSamples(3);
    for (const row of intervals.slice(0, 2)) addOwn(row, legacy ? undefined : 'daily');
    const twice = intervals.map((row) => ({ ...row, state: 'second' }));
    const again = samples.map((row) => ({ ...row, state: 'second' }));
    const { written } = await database.applySync(arrayPlan([...intervals, ...twice], [...samples, ...again]));
    expect(written).toEqual({ intervals: 3, samples: samples.length });
    expect(planned('intervals').map(({ state }) => state)).toEqual(['theirs', 'theirs', 'off', 'on', 'off']);
    expect(new Set(planned(legacy ? 'intervals' : 'numeric_samples').map(({ state }) => state)).has('second')).toBe(false);
  });

  it('looks again in every chunk: what another wrote between two is left out', async () => {
    const intervals = plannedIntervals(25);
    const { written } = await database.applySync(arrayPlan(intervals), {
      chunk: CHUNK,
      onProgress: ({ done }) => {
        if (done !== 10) return;
        for (const row of intervals.slice(8, 13))
          if (planned('intervals').every((own) => own['end_time'] !== row.endTime)) addOwn(row);
      },
    });
    expect(written).toEqual({ intervals: 22, samples: 0 });
    expect(planned('intervals')).toHaveLength(25);
  });

  it('takes the lock once a chunk, and has its start noted from the first to the last', async () => {
    const notes: unknown[] = [];
    const start = '2026-11-20 08:30:00.250000';
    await database.applySync(arrayPlan(plannedIntervals(25)), { chunk: CHUNK, onProgress: () => void notes.push(note()) });
    expect(lock.events).toEqual(Array.from({ length: 3 }, () => ['acquired', 'asserted', 'released']).flat());
    expect(notes).toEqual([`{"start":"${start}"}`, `{"start":"${start}"}`, undefined]);
  });

  it('notes nothing when one chunk does', async () => {
    let noted: unknown;
    const plan = arrayPlan(plannedIntervals(5));
    const rows = { ...plan, interval: (index: number) => ((noted ??= note()), plan.interval(index)) };
    await database.applySync(rows);
    expect([noted, note()]).toEqual([undefined, undefined]);
  });

  it('keeps the note of another sync that began earlier, and takes over that of a later one', async () => {
    const set = other.prepare('INSERT OR REPLACE INTO metadata (key, value) VALUES (?, ?)');
    set.run(UNFINISHED, '{"start":"2026-11-19 08:00:00.000000"}');
    const notes: unknown[] = [];
    const sync = () =>
      database.applySync(arrayPlan(plannedIntervals(15)), { chunk: CHUNK, onProgress: () => void notes.push(note()) });
    await sync();
    set.run(UNFINISHED, '{"start":"2026-11-22 08:00:00.000000"}');
    await sync();
    const [earlier, own] = ['{"start":"2026-11-19 08:00:00.000000"}', '{"start":"2026-11-20 08:30:00.250000"}'];
    expect(notes).toEqual([earlier, earlier, own, undefined]);
  });

  it.each(['', 'a text', '{"start":7}', '~'])('takes over a note that nobody can read: %j', async (left) => {
    other.prepare('INSERT INTO metadata (key, value) VALUES (?, ?)').run(UNFINISHED, left);
    const notes: unknown[] = [];
    await database.applySync(arrayPlan(plannedIntervals(15)), { chunk: CHUNK, onProgress: () => void notes.push(note()) });
    expect(notes).toEqual(['{"start":"2026-11-20 08:30:00.250000"}', undefined]);
  });

  it('with nothing new writes nothing at all', async () => {
    const moved = other.pragma('data_version', { simple: true });
    expect((await database.applySync(arrayPlan([]))).written).toBeNull();
    expect(lock.events).toEqual([]);
    expect(other.pragma('data_version', { simple: true })).toBe(moved);
  });
});
