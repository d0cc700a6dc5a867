import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OccupancyDatabase } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

/** A day on which only what a test adds has happened. */
const at = (time: string, day = 10) => `2026-10-${day} ${time}:00.000000`;

describe('the occupied time of an area', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let writer: BetterSqlite3.Database;
  let database: OccupancyDatabase;

  beforeEach(async () => {
    folder = temporaryFolder('occupied');
    const { path } = buildDatabase(join(folder.path, 'area_occupancy.db'), { version: 18, days: 1 });
    writer = new Sqlite(path, { timeout: 0 });
    writer.exec('DELETE FROM occupied_intervals_cache');
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  afterEach(async () => {
    await database.close();
    writer.close();
    folder.remove();
  });

  function motion(start: string, end: string, level = 'raw'): void {
    writer
      .prepare(
        `INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
         VALUES ('E', 'Kitchen', 'binary_sensor.kitchen_motion', 'on', ?, ?, 1, ?, ?)`,
      )
      .run(start, end, level, end);
  }

  function cache(start: string, end: string, calculated: string): void {
    writer
      .prepare(
        `INSERT INTO occupied_intervals_cache (entry_id, area_name, start_time, end_time, duration_seconds, calculation_date, created_at)
         VALUES ('E', 'Kitchen', ?, ?, 1, ?, ?)`,
      )
      .run(start, end, calculated, calculated);
  }

  /** Minutes, and the number of stretches. */
  async function occupied(from: string, to: string): Promise<[number, number]> {
    const { occupiedSeconds, occupiedIntervals } = await database.getOccupiedSpan('Kitchen', from, to);
    return [occupiedSeconds / 60, occupiedIntervals];
  }

  it('is what its motion sensors saw: overlaps once, cut to the span, with what began up to 13 h before it', async () => {
    motion(at('00:30'), at('13:10'));
    motion(at('13:05'), at('13:30'));
    motion(at('15:50'), at('16:10'));
    motion(at('14:00'), at('15:00'), 'daily');
    expect(await occupied(at('13:00'), at('16:00'))).toEqual([40, 2]);
    expect(await occupied(at('13:30'), at('15:50'))).toEqual([0, 0]);
  });

  it("is AOD's own where its cache covers the span, including the stretch that reaches into it", async () => {
    motion(at('13:00'), at('14:00'));
    cache(at('11:00'), at('11:10'), at('20:00'));
    cache(at('12:00'), at('13:20'), at('20:00'));
    cache(at('15:00'), at('15:05'), at('20:00'));
    expect(await occupied(at('13:00'), at('16:00'))).toEqual([25, 2]);
    expect(await occupied(at('13:00'), at('20:00'))).toEqual([25, 2]);
  });

  it('is that of the sensors where the span reaches beyond the cache at either end', async () => {
    motion(at('12:00'), at('12:20'));
    motion(at('13:00'), at('14:00'));
    motion(at('14:50'), at('15:20'));
    cache(at('12:30'), at('12:40'), at('15:00'));
    expect(await occupied(at('12:35'), at('15:00'))).toEqual([5, 1]);
    expect(await occupied(at('12:10'), at('15:00'))).toEqual([20, 2]);
    expect(await occupied(at('12:35'), at('15:10'))).toEqual([15, 2]);
  });

  it('goes on over gaps of up to five minutes between motions, also at the ends of the span', async () => {
    motion(at('13:00'), at('13:01'));
    motion(at('13:06'), at('13:07'));
    motion(at('13:13'), at('13:14'));
    expect(await occupied(at('12:00'), at('14:00'))).toEqual([8, 2]);
    expect(await occupied(at('13:03'), at('13:05'))).toEqual([2, 1]);
  });
});
