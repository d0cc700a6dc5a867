import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Interval, OccupancyDatabase } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const [START, END] = ['2026-11-20 09:00:00.000000', '2026-11-20 09:00:30.000000'];

/** Rows that only their id tells apart: a page must be able to end between any two of them. */
describe.each<SchemaVersion>([3, 18])('intervals of the same start and end on db_version %i', (version) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let writer: BetterSqlite3.Database;
  let database: OccupancyDatabase;

  beforeEach(async () => {
    folder = temporaryFolder('ties');
    const { path } = buildDatabase(join(folder.path, 'area_occupancy.db'), { version, days: 1 });
    writer = new Sqlite(path, { timeout: 0 });
    writer.pragma('foreign_keys = OFF');
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
    for (const { entityId } of await database.getEntities({ area: 'Kitchen' })) insert(entityId, START, END);
  });
  afterEach(async () => {
    await database.close();
    writer.close();
    folder.remove();
  });

  function insert(entity: string, start: string, end: string): void {
    const own = version === 3 ? ['', ''] : ["'E', 'Kitchen', 'raw',", 'entry_id, area_name, aggregation_level,'];
    writer
      .prepare(
        `INSERT INTO intervals (${own[1]} entity_id, state, start_time, end_time, duration_seconds, created_at)
         VALUES (${own[0]} ?, 'on', ?, ?, 30, ?)`,
      )
      .run(entity, start, end, end);
  }

  async function walk(area: string | undefined, limit: number, between: (page: readonly Interval[]) => void): Promise<number[]> {
    const ids: number[] = [];
    const scope = { ...(area === undefined ? {} : { area }), from: START, to: '2026-11-20 09:00:00.000001', limit };
    let page: readonly Interval[] = await database.getIntervals(scope);
    while (page.length > 0) {
      ids.push(...page.map(({ id }) => id));
      between(page);
      page = await database.getIntervals({ ...scope, after: page.at(-1)! });
    }
    return ids;
  }

  it.each([1, 2, 3])('each come once, newest id first, in pages of %i', async (limit) => {
    const all = writer.prepare<[string], { id: number }>(
      'SELECT id FROM intervals WHERE start_time = ? ORDER BY end_time DESC, id DESC',
    );
    const ids = all.all(START).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(3);
    expect(await walk('Kitchen', limit, () => {})).toEqual(ids);
    expect(await walk(undefined, limit, () => {})).toEqual(ids);
  });

  it('are neither repeated nor left out while others are written, and those already seen deleted', async () => {
    const ids = await walk('Kitchen', 20, () => {});
    const walked = await walk('Kitchen', 2, (page) => {
      insert(
        'binary_sensor.kitchen_motion',
        '2026-11-20 09:20:00.000000',
        `2026-11-20 09:20:00.0000${10 + ids.indexOf(page[0]!.id)}`,
      );
      writer.prepare('DELETE FROM intervals WHERE id = ?').run(page.at(-1)!.id);
    });
    expect(walked).toEqual(ids);
  });
});
