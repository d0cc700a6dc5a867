import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntervalDay, OccupancyDatabase } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const RARE = 'jammed';

describe.each([3, 18] as const)('a rare state among many days of db_version %i', (version) => {
  const folder = temporaryFolder('rare');
  let database: OccupancyDatabase;
  let rareDay = '';

  beforeAll(async () => {
    const path = join(folder.path, 'area_occupancy.db');
    buildDatabase(path, { version, areas: 2, entities: 24, days: 20 });
    const writer = new Sqlite(path);
    const oldest = 'SELECT id FROM intervals ORDER BY start_time LIMIT 1 OFFSET 30';
    const row = writer
      .prepare<[string], { start_time: string }>(`UPDATE intervals SET state = ? WHERE id = (${oldest}) RETURNING start_time`)
      .get(RARE);
    rareDay = row!.start_time.slice(0, 10);
    writer.close();
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  afterAll(async () => {
    await database?.close();
    folder.remove();
  });

  const search = (limit: number, before?: string): Promise<readonly IntervalDay[]> => {
    const query = { filter: { states: [RARE] }, timeZone: 'UTC', limit, countLimit: 100 };
    return database.getIntervalDays({ ...query, ...(before !== undefined && { before }) });
  };

  it('is found, however long it takes to get there', async () => {
    let before: string | undefined;
    let rests = 0;
    for (;;) {
      const [day] = await search(1, before);
      if (day?.count.count !== 0) {
        expect(day).toMatchObject({ day: rareDay, count: { count: 1, capped: false } });
        break;
      }
      rests += 1;
      before = day.day;
    }
    // Where there is an index of states one seek finds it; elsewhere the search rests, and says how far it went.
    if (version === 18) expect(rests).toBe(0);
    else expect(rests).toBeGreaterThan(1);
    expect(await search(31)).toEqual([expect.objectContaining({ day: rareDay })]);
  });

  it('lets others read while it is searched for', async () => {
    const order: string[] = [];
    await Promise.all([search(31).then(() => order.push('search')), database.getAreas().then(() => order.push('areas'))]);
    if (version === 3) expect(order).toEqual(['areas', 'search']);
    expect(order).toHaveLength(2);
  });
});
