import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isActive } from '../../src/core/activeStates';
import type { OccupancyReader } from '../../src/core/database/occupancyReader';
import type { Interval, IntervalFilter, IntervalQuery } from '../../src/core/model';
import { buildDatabase, type BuiltDatabase } from '../support/buildDatabase.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { trueOccupied } from '../support/trueOccupied.mts';
import { type TrueInterval, type TrueRow, type TrueRows, trueRows } from '../support/trueRows.mts';

export const everyVersion: readonly SchemaVersion[] = [2, 3, 16, 18];

export interface OpenedForTest {
  readonly reader: OccupancyReader;
  /** Of what is read as a snapshot, the address that it is known by. */
  readonly snapshotOf?: string;
  close(): Promise<void>;
}

/** Büro's first motion sensor, which has rows with equal starts, without fractions, and at the turn of a day. */
const AREA = 'Büro';
const ENTITY = 'binary_sensor.buro_motion';
const SHARED = 'sensor.hallway_illuminance';

/** What any OccupancyReader must do, on databases of every version. `open` opens the database at a path. */
export function describeReader(name: string, open: (path: string) => Promise<OpenedForTest>, versions = everyVersion): void {
  describe.each(versions)(`${name} on db_version %i`, (version) => {
    const legacy = version <= 3;
    const folder = temporaryFolder('contract');
    const path = join(folder.path, 'area_occupancy.db');
    let built: BuiltDatabase;
    let truth: TrueRows;
    let opened: OpenedForTest;
    let reader: OccupancyReader;

    beforeAll(async () => {
      built = buildDatabase(path, { version, areas: 5, entities: 24, days: 3 });
      addAwkwardRows(built, legacy);
      truth = trueRows(path);
      opened = await open(path);
      reader = opened.reader;
    });
    afterAll(async () => {
      await opened?.close();
      folder.remove();
    });

    /** Areas of an entity, by the tables alone. */
    const areasOf = (entity: string): string[] =>
      truth.entities
        .filter((row) => row['entity_id'] === entity)
        .map((row) => (legacy ? truth.areas.find((area) => area['entry_id'] === row['entry_id']) : row)?.['area_name'])
        .map(String);

    const inArea = (row: TrueInterval, area: string): boolean =>
      legacy ? areasOf(row.entity_id).includes(area) : row.area_name === area;

    const walk = async (query: Omit<IntervalQuery, 'limit' | 'after'>, limit = 97): Promise<Interval[]> => {
      const rows: Interval[] = [];
      for (;;) {
        const after = rows.at(-1);
        const page: readonly Interval[] = await reader.getIntervals({ ...query, limit, ...(after ? { after } : {}) });
        expect(page.length).toBeLessThanOrEqual(limit);
        rows.push(...page);
        if (page.length < limit) return rows;
      }
    };

    it('describes the file without counting rows', async () => {
      const info = await reader.describe();
      expect(info).toMatchObject({
        path: opened.snapshotOf ?? path,
        generation: legacy ? 'legacy' : 'current',
        dbVersion: version,
        journalMode: 'wal',
      });
      expect(info).toMatchObject(
        opened.snapshotOf
          ? { engine: 'wasm', readOnly: true, reason: expect.stringContaining('snapshot'), snapshotAt: expect.any(Number) }
          : { engine: 'native', readOnly: false, reason: null, snapshotAt: null },
      );
      expect(info.fileBytes).toBe(statSync(path).size);
    });

    it('reads areas by name, with the prior and the neighbours that the version has', async () => {
      const areas = await reader.getAreas();
      expect(areas.map(({ areaName }) => areaName)).toEqual(['Bedroom', 'Büro', 'Hallway', 'Kitchen', 'Living Room']);
      for (const area of areas) {
        const row = one(truth.areas, 'area_name', area.areaName);
        const prior = legacy ? row['area_prior'] : one(truth.globalPriors, 'area_name', area.areaName)['prior_value'];
        expect(area).toMatchObject({ entryId: row['entry_id'], areaId: row['area_id'], purpose: row['purpose'] });
        expect(area).toMatchObject({ threshold: row['threshold'], createdAt: row['created_at'], updatedAt: row['updated_at'] });
        expect(area.areaPrior).toBe(prior);
        expect(area.adjacentAreas).toEqual(
          legacy ? [] : built.areas.find(({ areaName }) => areaName === area.areaName)?.adjacentAreas,
        );
      }
    });

    it('reads entities by area and id, and filters them', async () => {
      const entities = await reader.getEntities();
      expect(entities).toHaveLength(truth.entities.length);
      const keys = entities.map(({ areaName, entityId }) => `${areaName}|${entityId}`);
      expect(keys).toEqual(keys.toSorted());
      const motion = await reader.getEntities({ type: 'motion' });
      expect(motion).toHaveLength(truth.entities.filter((row) => row['entity_type'] === 'motion').length);
      const office = await reader.getEntities({ area: AREA });
      expect(office).toEqual(entities.filter(({ areaName }) => areaName === AREA));
      expect(await reader.getEntities({ area: AREA, type: 'motion' })).toEqual(
        office.filter(({ entityType }) => entityType === 'motion'),
      );
      const entity = office.find(({ entityId }) => entityId === ENTITY);
      const row = one(truth.entities, 'entity_id', ENTITY);
      expect(entity).toMatchObject({
        weight: row['weight'],
        probGivenTrue: row['prob_given_true'],
        probGivenFalse: row['prob_given_false'],
      });
      expect(entity).toMatchObject({ isDecaying: false, decayStart: null, evidence: row['evidence'] === 1 });
    });

    it('lists a shared entity in each of its areas', async () => {
      const shared = (await reader.getEntities()).filter(({ entityId }) => entityId === SHARED);
      expect(shared.map(({ areaName }) => areaName)).toEqual(areasOf(SHARED).toSorted());
      expect(shared).toHaveLength(2);
      expect(shared.map(({ isShared }) => isShared)).toEqual([!legacy, !legacy]);
      expect(shared[0]?.sharedWithAreas).toEqual(legacy ? [] : [shared[1]?.areaName]);
    });

    it('pages through every interval once, newest first', async () => {
      const rows = await walk({});
      expect(rows.map(({ id }) => id)).toEqual(truth.intervals.map(({ id }) => id));
      const [first] = truth.intervals;
      expect(rows[0]).toEqual({
        id: first?.id,
        entityId: first?.entity_id,
        areaName: areasOf(first?.entity_id ?? '')[0],
        state: first?.state,
        startTime: first?.start_time,
        endTime: first?.end_time,
        durationSeconds: first?.duration_seconds,
        aggregationLevel: 'raw',
      });
    });

    it('pages through an area, an entity, and an entity of an area', async () => {
      const ofArea = truth.intervals.filter((row) => inArea(row, AREA));
      const ofEntity = truth.intervals.filter((row) => row.entity_id === ENTITY);
      const area = await walk({ area: AREA });
      expect(ids(area)).toEqual(ids(ofArea));
      expect(new Set(area.map(({ areaName }) => areaName))).toEqual(new Set([AREA]));
      expect(ids(await walk({ area: AREA }, 1000))).toEqual(ids(ofArea));
      expect(ids(await walk({ entity: ENTITY }, 7))).toEqual(ids(ofEntity));
      expect(ids(await walk({ area: AREA, entity: ENTITY }))).toEqual(ids(ofEntity));
      expect(await walk({ area: 'Kitchen', entity: ENTITY })).toEqual([]);
      expect(await walk({ entity: 'sensor.unheard_of' })).toEqual([]);
    });

    it('keeps to a window of starts, however its bounds are written', async () => {
      const whole = '2026-11-19 00:00:00';
      const inWindow = (row: TrueInterval): boolean => row.start_time >= whole && row.start_time < '2026-11-19 12:30:00';
      const expected = truth.intervals.filter((row) => inWindow(row) && inArea(row, AREA)).map(({ id }) => id);
      const starts = new Set(truth.intervals.map((row) => row.start_time));
      expect(starts).toContain(whole);
      expect(starts).toContain(`${whole}.000000`);
      for (const from of [whole, `${whole}.000000`, whole.replace(' ', 'T')]) {
        const rows = await walk({ area: AREA, from, to: '2026-11-19 12:30:00.000000' }, 13);
        expect(rows.map(({ id }) => id)).toEqual(expected);
      }
      const ties = await walk({ area: AREA, from: whole, to: '2026-11-19 00:00:01' }, 1);
      expect(ties.length).toBeGreaterThanOrEqual(7);
      expect(ids(ties)).toEqual(expected.slice(-ties.length));
      const before = await walk({ entity: ENTITY, to: `${whole}.000000` }, 50);
      expect(before.every((row) => row.startTime < whole)).toBe(true);
    });

    it.each(['Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland', 'UTC'])('finds the local days in %s', async (timeZone) => {
      const ofArea = truth.intervals.filter((row) => inArea(row, AREA));
      const counts = new Map<string, number>();
      for (const row of ofArea) {
        const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(`${row.start_time.replace(' ', 'T')}Z`));
        counts.set(day, (counts.get(day) ?? 0) + 1);
      }
      const days = await reader.getIntervalDays({ area: AREA, timeZone, limit: 50, countLimit: 10_000 });
      expect(days.map(({ day, count }) => [day, count])).toEqual(
        [...counts].map(([day, count]) => [day, { count, capped: false }]),
      );
      for (const { from, to, count } of days) expect(await walk({ area: AREA, from, to })).toHaveLength(count.count);
      const [first, second] = days;
      const later = await reader.getIntervalDays({ area: AREA, timeZone, before: first?.day ?? '', limit: 1, countLimit: 5 });
      expect(later).toEqual([{ ...second, count: { count: 5, capped: true } }]);
      const ofEntity = await reader.getIntervalDays({ entity: ENTITY, area: AREA, timeZone, limit: 50, countLimit: 10_000 });
      expect(sum(ofEntity.map(({ count }) => count.count))).toBe(
        truth.intervals.filter((row) => row.entity_id === ENTITY).length,
      );
      const ofAll = await reader.getIntervalDays({ timeZone, limit: 50, countLimit: 100_000 });
      expect(sum(ofAll.map(({ count }) => count.count))).toBe(truth.intervals.length);
    });

    describe('narrowed by a filter', () => {
      const typeOf = (entity: string): string =>
        String(truth.entities.find((row) => row['entity_id'] === entity)?.['entity_type'] ?? 'unknown');
      const lets = (filter: IntervalFilter, { entity_id: entity, state }: TrueInterval): boolean => {
        const { entities, states = [], activity } = filter;
        const isActiveState = isActive(typeOf(entity), state);
        const byState =
          (states.length === 0 && !activity) || states.includes(state) || (activity && isActiveState === (activity === 'active'));
        return (entities?.includes(entity) ?? true) && byState === true;
      };

      const filters = (): fc.Arbitrary<IntervalFilter> => {
        const known = [...new Set(truth.intervals.map((row) => row.entity_id)), 'sensor.unheard_of'];
        return fc.record(
          {
            entities: fc.subarray(known),
            states: fc.subarray(['on', 'off', 'playing', 'paused', 'open', 'closed', 'never']),
            activity: fc.constantFrom('active', 'inactive'),
          },
          { requiredKeys: [] },
        );
      };
      const scopes = (): fc.Arbitrary<{ area?: string; entity?: string }> =>
        fc.constantFrom({}, { area: AREA }, { area: 'Hallway' }, { entity: ENTITY }, { entity: SHARED, area: 'Kitchen' });
      const expected = (filter: IntervalFilter, { area, entity }: { area?: string; entity?: string }): TrueInterval[] =>
        truth.intervals.filter(
          (row) =>
            (area === undefined || inArea(row, area)) && (entity === undefined || row.entity_id === entity) && lets(filter, row),
        );

      it('gives what it lets through, in order, in pages of any size', async () => {
        await fc.assert(
          fc.asyncProperty(filters(), scopes(), fc.constantFrom(11, 97, 5000), async (filter, scope, limit) => {
            const rows = await walk({ ...scope, filter }, limit);
            expect(ids(rows)).toEqual(ids(expected(filter, scope)));
          }),
          { numRuns: 15 },
        );
      });

      it('finds the days that are left, and counts them', async () => {
        await fc.assert(
          fc.asyncProperty(filters(), scopes(), async (filter, scope) => {
            const days = await reader.getIntervalDays({ ...scope, filter, timeZone: 'UTC', limit: 50, countLimit: 10_000 });
            const counts = Map.groupBy(expected(filter, scope), (row) => row.start_time.slice(0, 10));
            expect(days.map(({ day, count }) => [day, count.count])).toEqual(
              [...counts].map(([day, rows]) => [day, rows.length]),
            );
          }),
          { numRuns: 15 },
        );
      });

      it('stops counting at the limit, and goes on before a day', async () => {
        const filter: IntervalFilter = { activity: 'inactive' };
        const query = { filter, timeZone: 'UTC', limit: 1, countLimit: 5 };
        const [newest] = await reader.getIntervalDays(query);
        expect(newest?.count).toEqual({ count: 5, capped: true });
        const [before] = await reader.getIntervalDays({ ...query, before: newest!.day });
        expect(before!.day < newest!.day).toBe(true);
      });

      it('knows the states that have names', async () => {
        const named = new Set(truth.intervals.map(({ state }) => state).filter((state) => Number.isNaN(Number(state))));
        const states = await reader.getRecentStates();
        expect(states.length).toBeGreaterThan(3);
        expect(states.filter((state) => !named.has(state))).toEqual([]);
        expect(states).toContain('on');
      });
    });

    it('reads the learned hours of an area', async () => {
      const entryId = one(truth.areas, 'area_name', AREA)['entry_id'];
      const rows = truth.priors.filter((row) => (legacy ? row['entry_id'] === entryId : row['area_name'] === AREA));
      const priors = await reader.getPriors(AREA);
      expect(priors.slots).toHaveLength(rows.length);
      for (const slot of priors.slots) {
        const row = rows.find((other) => other['day_of_week'] === slot.dayOfWeek && other['time_slot'] === slot.timeSlot);
        expect(slot).toMatchObject({ priorValue: row?.['prior_value'], dataPoints: row?.['data_points'] });
        expect(slot.confidence).toBe(legacy ? null : 1);
        expect([slot.calculatedAt, slot.samplePeriodStart, slot.samplePeriodEnd, slot.calculationMethod]).toEqual(
          ['last_calculation_date', 'sample_period_start', 'sample_period_end', 'calculation_method'].map(
            (column) => row?.[column] ?? null,
          ),
        );
      }
      const order = priors.slots.map(({ dayOfWeek, timeSlot }) => dayOfWeek * 24 + timeSlot);
      expect(order).toEqual(order.toSorted((left, right) => left - right));
      const expected = legacy ? null : one(truth.globalPriors, 'area_name', AREA);
      expect(priors.globalPrior?.priorValue).toBe(expected?.['prior_value']);
      expect(priors.overall).toBe(legacy ? one(truth.areas, 'area_name', AREA)['area_prior'] : expected?.['prior_value']);
      expect(priors.clock).toBe(legacy ? 'utc' : 'local');
      expect(priors.globalPrior?.intervalCount).toBe(expected?.['interval_count']);
    });

    it.each([
      ['a day that AOD has in its cache', '2026-11-18 09:30:00', '2026-11-19 00:00:00'],
      ['today, which it has not', '2026-11-20 00:00:00', '2026-11-21 00:00:00'],
      ['a quarter of an hour', '2026-11-19 12:00:00', '2026-11-19 12:15:00'],
    ])('sums up %s', async (_, from, to) => {
      const area = 'Kitchen';
      const rows = truth.intervals.filter((row) => inArea(row, area) && row.start_time >= from && row.start_time < to);
      const sensors = truth.entities.filter((row) => row['entity_type'] === 'motion').map((row) => String(row['entity_id']));
      const kitchenMotion = sensors.filter((entity) => areasOf(entity).includes(area));
      const occupied = trueOccupied(truth, area, kitchenMotion, from, to);
      const span = await reader.getOccupiedSpan(area, from, to);
      expect(span.rows).toEqual({ count: rows.length, capped: false });
      expect(span.lastEndTime).toBe(rows[0]?.end_time ?? null);
      expect(Math.round(span.occupiedSeconds * 1e6)).toBe(occupied.total);
      expect(span.occupiedIntervals).toBe(occupied.stretches);
    });

    it('refuses what makes no sense, and says which part of it', async () => {
      await expect(reader.getIntervals({ area: 'Attic', limit: 5 })).rejects.toMatchObject({
        code: 'SCHEMA',
        message: /“Attic”/,
      });
      await expect(reader.getPriors('Attic')).rejects.toMatchObject({ code: 'SCHEMA' });
      await expect(reader.getEntities({ area: "Robert'); --" })).rejects.toMatchObject({ code: 'SCHEMA' });
      await expect(reader.getIntervals({ limit: 0 })).rejects.toMatchObject({ code: 'INVALID_DATA', message: /limit/ });
      await expect(reader.getIntervals({ from: 'yesterday', limit: 5 })).rejects.toMatchObject({
        code: 'INVALID_DATA',
        message: /yesterday/,
      });
      const days = { limit: 1, countLimit: 1 };
      await expect(reader.getIntervalDays({ ...days, timeZone: 'Mars/Base' })).rejects.toMatchObject({ message: /Mars/ });
      await expect(reader.getIntervalDays({ ...days, timeZone: 'UTC', before: '19.11.' })).rejects.toMatchObject({
        code: 'INVALID_DATA',
      });
    });
  });
}

/** Equal starts, equal starts and ends, times without a fraction, a row on the very turn of a day, and one of ten hours across midnight. */
function addAwkwardRows({ path, entities }: BuiltDatabase, legacy: boolean): void {
  const db = new Database(path);
  try {
    db.pragma('foreign_keys = OFF');
    const own = legacy ? '' : ', entry_id, area_name, aggregation_level';
    const values = legacy ? '' : `, '01JAODHOMEENTRY00000000000', @area, 'raw'`;
    const statement = db.prepare(
      `INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at${own})
       VALUES (@entity, @state, @start, @end, 1, '2026-11-20 09:30:00.250000'${values})`,
    );
    const insert = (entity: string, start: string, end: string): unknown =>
      statement.run({ entity, state: 'off', area: AREA, start, end });
    const day = '2026-11-19 00:00:00';
    for (const end of ['2026-11-19 00:00:10', '2026-11-19 00:00:10.500000', '2026-11-19 00:00:11']) insert(ENTITY, day, end);
    insert(ENTITY, `${day}.000000`, '2026-11-19 00:00:10.500000');
    const others = entities.filter(({ area, entityId }) => area.areaName === AREA && entityId !== ENTITY);
    for (const { entityId } of others) insert(entityId, day, '2026-11-19 00:00:10');
    insert(ENTITY, '2026-11-18 23:59:59.999999', '2026-11-19 00:00:10');
    const long = { start: '2026-11-19 19:00:00.000000', end: '2026-11-20 05:00:00.000000' };
    statement.run({ entity: 'binary_sensor.kitchen_motion', state: 'on', area: 'Kitchen', ...long });
  } finally {
    db.close();
  }
}

function one(rows: readonly TrueRow[], column: string, value: string): TrueRow {
  const found = rows.find((row) => row[column] === value);
  if (!found) throw new Error(`no row with ${column} ${value}`);
  return found;
}

function ids(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
