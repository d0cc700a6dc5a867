import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OccupancyDatabase, Timeline } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const FOUR_WEEKS = { from: '2026-10-23 00:00:00', to: '2026-11-20 00:00:00' };
const MINUTE_MS = 60_000;

/** As a message to another process or a webview carries it. */
function bytesOf(timeline: Timeline): number {
  return [timeline.occupied, ...timeline.lanes].reduce(
    (sum, lane) => sum + (lane?.boxes.length ?? 0) + JSON.stringify(lane?.states ?? '').length,
    0,
  );
}

describe('An area with a great many entities', () => {
  const folder = temporaryFolder('large');
  let database: OccupancyDatabase;
  let intervals = 0;

  beforeAll(async () => {
    const path = join(folder.path, 'area_occupancy.db');
    ({ intervalCount: intervals } = buildDatabase(path, { version: 18, areas: 1, entities: 60, days: 28 }));
    const writer = new Sqlite(path);
    writer.exec(
      `INSERT INTO areas SELECT entry_id, 'Warehouse', 'warehouse', purpose, threshold, adjacent_areas, created_at, updated_at FROM areas LIMIT 1`,
    );
    writer.exec(
      `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
       INSERT INTO entities (entry_id, area_name, entity_id, entity_type, weight, prob_given_true, prob_given_false, is_shared,
         shared_with_areas, last_updated, created_at, is_decaying, evidence)
       SELECT 'E', 'Warehouse', 'sensor.shelf_' || n, 'door', 0.5, 0.5, 0.5, 0, 'null', '2026-11-20', '2026-11-20', 0, 0 FROM numbers`,
    );
    writer.close();
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  afterAll(async () => {
    await database?.close();
    folder.remove();
  });

  it.each([1, MINUTE_MS, 480 * MINUTE_MS])(
    'answers four weeks of 60 entities within 200 kB, asked at %d ms',
    async (resolution) => {
      expect(intervals).toBeGreaterThan(90_000);
      const timeline = await database.getTimeline({ area: 'Living Room', ...FOUR_WEEKS, resolution });
      expect(timeline.lanes).toHaveLength(60);
      expect(bytesOf(timeline)).toBeLessThanOrEqual(200_000);
      const cells = (timeline.to - timeline.from) / timeline.resolution;
      // Whatever was asked for, what is left is enough for the columns of the text plot.
      expect(cells).toBeGreaterThanOrEqual(84);
    },
  );

  it('answers the lanes that can be seen in 400 cells or more over four weeks, within 200 kB', async () => {
    const entities = (await database.getEntities({ area: 'Living Room' })).slice(0, 39);
    const lanes = await database.getLanes({ occupied: ['Living Room'], entities, ...FOUR_WEEKS, resolution: MINUTE_MS });
    expect([...lanes.occupied, ...lanes.entities]).toHaveLength(40);
    const bytes = [...lanes.occupied, ...lanes.entities].reduce(
      (sum, { boxes, ...rest }) => sum + boxes.length + JSON.stringify(rest).length,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(200_000);
    expect((lanes.to - lanes.from) / lanes.resolution).toBeGreaterThanOrEqual(400);
  });

  it('draws some of 10,000 entities, says how many it left out, and lets others read meanwhile', async () => {
    const reading = database.getTimeline({ area: 'Warehouse', ...FOUR_WEEKS, resolution: 480 * MINUTE_MS });
    const areas = await database.getAreas();
    const { lanes, omitted } = await reading;
    expect(areas).toHaveLength(2);
    expect(lanes.length + omitted).toBe(10_000);
    expect(lanes.length).toBeGreaterThan(50);
  });

  it('stops within a step of being told to', async () => {
    const abort = new AbortController();
    const reading = database.getTimeline({ area: 'Living Room', ...FOUR_WEEKS, resolution: MINUTE_MS }, abort.signal);
    setTimeout(() => abort.abort(), 30);
    const started = performance.now();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
