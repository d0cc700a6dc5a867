import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OccupancyReader } from '../../src/core/database/occupancyReader';
import { byTypeAndId } from '../../src/core/entityTypes';
import { buildDatabase } from '../support/buildDatabase.mts';
import { Sqlite } from '../support/core.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { everyVersion, type OpenedForTest } from './occupancyReader.contract';

const AREA = 'Kitchen';
const SENSOR = 'sensor.kitchen_temperature';

type Row = Readonly<Record<string, string | number | null>>;

/** What the overviews of any OccupancyReader must say, on databases of every version. */
export function describeOverviews(name: string, open: (path: string) => Promise<OpenedForTest>, versions = everyVersion): void {
  describe.each(versions)(`${name}: overviews of db_version %d`, (version) => {
    const legacy = version <= 3;
    const folder = temporaryFolder('overview');
    const path = join(folder.path, 'area_occupancy.db');
    let truth: (sql: string) => Row[];
    let opened: OpenedForTest;
    let reader: OccupancyReader;

    beforeAll(async () => {
      buildDatabase(path, { version, areas: 5, entities: 40, days: 3, pace: 2 });
      truth = addOldRows(path, version);
      opened = await open(path);
      reader = opened.reader;
    });
    afterAll(async () => {
      await opened?.close();
      folder.remove();
    });

    it('count rows no further than 10,000, and name every table but those of SQLite', async () => {
      const { tables, areas } = await reader.getOverview();
      expect(areas).toEqual(['Bedroom', 'Büro', 'Hallway', 'Kitchen', 'Living Room']);
      const names = truth(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`);
      expect(tables.map(({ table }) => table)).toEqual(names.map((row) => row['name']));
      expect(tables.find(({ table }) => table === 'intervals')?.rows).toEqual({ count: 10_000, capped: true });
      for (const { table, rows } of tables.filter(({ rows: { capped } }) => !capped))
        expect(truth(`SELECT count(*) AS n FROM "${table.replaceAll('"', '""')}"`)[0]?.['n'], table).toBe(rows.count);
      expect(tables.find(({ table }) => table === `odd "name'`)?.rows).toEqual({ count: 1, capped: false });
    });

    it('say when the file was written, and what in it is newest and oldest', async () => {
      const { info, newestInterval, lastPruned, oldest } = await reader.getOverview();
      expect(info).toMatchObject({ path: opened.snapshotOf ?? path, dbVersion: version, fileBytes: statSync(path).size });
      expect(info.fileWritten).toBeCloseTo(statSync(path).mtimeMs, 0);
      expect(newestInterval).toBe(truth('SELECT max(end_time) AS t FROM intervals')[0]?.['t']);
      expect(lastPruned).toBe(legacy ? null : '2026-11-20T09:30:00.250Z');
      expect(oldest).toEqual([
        { kind: 'raw', start: truth(`SELECT min(start_time) AS t FROM intervals WHERE start_time > '2026-11-17'`)[0]?.['t'] },
        ...(legacy
          ? []
          : [
              { kind: 'daily', start: '2026-10-20 22:00:00.000000' },
              { kind: 'weekly', start: '2026-09-27 22:00:00.000000' },
              { kind: 'monthly', start: null },
              { kind: 'samples', start: truth('SELECT min(timestamp) AS t FROM numeric_samples')[0]?.['t'] },
            ]),
      ]);
    });

    it('have the area, its prior, and as many of its entities as were asked for', async () => {
      const all = await reader.getAreaOverview({ area: AREA, entityLimit: 1000 });
      const area = (await reader.getAreas()).find(({ areaName }) => areaName === AREA);
      expect(all.area).toEqual(area);
      expect(all.globalPrior).toEqual((await reader.getPriors(AREA)).globalPrior);
      expect(all.entities).toEqual((await reader.getEntities({ area: AREA })).toSorted(byTypeAndId));
      expect(all.entityCount).toBe(all.entities.length);
      const some = await reader.getAreaOverview({ area: AREA, entityLimit: 3 });
      expect(some.entities).toEqual(all.entities.slice(0, 3));
      expect(some.entityCount).toBe(all.entityCount);
    });

    it('have the newest correlation of each entity, and the relationships of the area', async () => {
      const { correlations, relationships, entities } = await reader.getAreaOverview({ area: AREA, entityLimit: 1000 });
      if (legacy) return expect([correlations, relationships]).toEqual([[], []]);
      const ids = new Set(
        truth(`SELECT entity_id AS id FROM correlations WHERE area_name = '${AREA}'`).map((row) => String(row['id'])),
      );
      expect(ids.size).toBeGreaterThan(2);
      const expected = entities.map(({ entityId }) => entityId).filter((id) => ids.has(id));
      expect(correlations.map(({ entityId }) => entityId)).toEqual(expected);
      const analysed = { coefficient: 0.77, type: 'positive', sampleCount: 12, confidence: 0.6, error: null };
      expect(correlations.find(({ entityId }) => entityId === SENSOR)).toMatchObject(analysed);
      expect(relationships).toEqual([
        { relatedArea: 'Hallway', type: 'adjacent', influence: 0.3, distance: null },
        { relatedArea: 'Living Room', type: 'adjacent', influence: 0.3, distance: null },
      ]);
    });

    it('sum transitions over the hours of the week, each as a share of what began the same way', async () => {
      const { transitions, learnsTransitions } = await reader.getAreaOverview({ area: AREA, entityLimit: 1 });
      expect(learnsTransitions).toBe(version >= 18);
      if (version < 18) return expect(transitions).toEqual([]);
      const count = (to: string): number =>
        Number(
          truth(
            `SELECT sum(count) AS n FROM area_transitions WHERE from_area = '${AREA}' AND mid_area = '' AND to_area = '${to}'`,
          )[0]?.['n'],
        );
      const straight = transitions.filter(({ through }) => through === null);
      expect(straight.map(({ to }) => to).toSorted()).toEqual(['Hallway', 'Living Room']);
      for (const { to, share, ...rest } of straight) {
        expect(rest).toEqual({ from: AREA, through: null, count: count(to) });
        expect(share).toBeCloseTo(count(to) / (count('Hallway') + count('Living Room')), 10);
      }
      expect(transitions.filter(({ through }) => through !== null)).toEqual(
        [
          { from: AREA, through: 'Hallway', to: 'Bedroom', count: 2.5, share: 0.25 },
          { from: AREA, through: 'Hallway', to: 'Büro', count: 7.5, share: 0.75 },
        ].toReversed(),
      );
      const counts = transitions.map((transition) => transition.count);
      expect(counts).toEqual(counts.toSorted((left, right) => right - left));
    });

    it('refuse an area that is not there, and a limit that is none', async () => {
      await expect(reader.getAreaOverview({ area: 'Attic', entityLimit: 5 })).rejects.toMatchObject({ code: 'SCHEMA' });
      await expect(reader.getAreaOverview({ area: AREA, entityLimit: 0 })).rejects.toMatchObject({ code: 'INVALID_DATA' });
    });
  });
}

/** @returns what reads the truth by the plainest SQL */
function addOldRows(path: string, version: SchemaVersion): (sql: string) => Row[] {
  const db = new Sqlite(path);
  db.pragma('foreign_keys = OFF');
  db.exec(`CREATE TABLE "odd ""name'" (a); INSERT INTO "odd ""name'" VALUES (1)`);
  if (version > 3) {
    const aggregate = (area: string, period: string, start: string): string =>
      `INSERT INTO interval_aggregates (entry_id, area_name, entity_id, aggregation_period, period_start, period_end, state,
         interval_count, total_duration_seconds, created_at)
       VALUES ('E', '${area}', 'x.${area}', '${period}', '${start}', '${start}', 'on', 1, 1, '${start}')`;
    db.exec(aggregate('Büro', 'daily', '2026-10-20 22:00:00.000000'));
    db.exec(aggregate('Kitchen', 'daily', '2026-10-21 22:00:00.000000'));
    db.exec(aggregate('Hallway', 'weekly', '2026-09-27 22:00:00.000000'));
    // An older level among the intervals themselves is not raw.
    db.exec(`INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
             VALUES ('E', 'Kitchen', 'x.y', 'on', '2026-11-16 09:30:00.250000', '2026-11-16 09:30:01', 1, 'daily', '2026-11-20')`);
    const correlation = (day: string, coefficient: number): string =>
      `INSERT INTO correlations (entry_id, area_name, entity_id, input_type, correlation_coefficient, correlation_type,
         analysis_period_start, analysis_period_end, sample_count, confidence, calculation_date, created_at, updated_at)
       VALUES ('E', '${AREA}', '${SENSOR}', 'temperature', ${coefficient}, 'positive', '${day}', '${day}', 12, 0.6, '${day}', '${day}', '${day}')`;
    for (const [day, coefficient] of [
      ['2026-11-21', 0.5],
      ['2026-11-23', 0.77],
      ['2026-11-22', 0.6],
    ] as const)
      db.exec(correlation(day, coefficient));
  }
  if (version >= 18) {
    for (const [to, hour, count] of [
      ['Bedroom', 1, 2],
      ['Bedroom', 2, 0.5],
      ['Büro', 3, 7.5],
    ] as const)
      db.exec(`INSERT INTO area_transitions (entry_id, from_area, mid_area, to_area, hour_of_week, count, updated_at)
               SELECT entry_id, '${AREA}', 'Hallway', '${to}', ${hour}, ${count}, '2026-11-20' FROM areas LIMIT 1`);
  }
  db.close();
  return (sql) => {
    const reader = new Sqlite(path, { readonly: true });
    try {
      return reader.prepare<[], Row>(sql).all();
    } finally {
      reader.close();
    }
  };
}
