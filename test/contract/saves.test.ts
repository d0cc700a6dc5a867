import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AreaInput, EntityInput, OccupancyDatabase } from '../../src/library';
import { buildDatabase, type BuiltDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { KeptLog } from '../support/keptLog.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { TrueRow } from '../support/trueRows.mts';

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
const NOW_TEXT = '2026-11-24 08:00:00.000000';
const BUILT_TEXT = '2026-11-20 09:30:00.250000';

describe.each<SchemaVersion>([2, 3, 16, 18])('saving on db_version %i', (version) => {
  const legacy = version <= 3;
  let folder: ReturnType<typeof temporaryFolder>;
  let built: BuiltDatabase;
  let other: BetterSqlite3.Database;
  let database: OccupancyDatabase;
  let log: KeptLog;

  beforeEach(async () => {
    folder = temporaryFolder('saves');
    built = buildDatabase(join(folder.path, 'area_occupancy.db'), { version, days: 1 });
    other = new Sqlite(built.path, { timeout: 0 });
    // As in AOD.
    other.pragma('foreign_keys = OFF');
    log = new KeptLog();
    const clock = { now: () => NOW, monotonic: () => performance.now(), sleep: (ms: number) => delay(ms) };
    database = await core.OccupancyDatabase.open(built.path, { lock: new FreeLock(), log, clock, lockTimeout: 0.2 });
  });
  afterEach(async () => {
    await database.close();
    other.close();
    folder.remove();
  });

  function row(sql: string, ...parameters: string[]): TrueRow {
    const found = other.prepare<string[], TrueRow>(sql).get(...parameters);
    if (!found) throw new Error(`no row: ${sql}`);
    return found;
  }

  function readArea(name: string): TrueRow {
    return row('SELECT * FROM areas WHERE area_name = ?', name);
  }

  function areaInput(name = 'Kitchen'): AreaInput {
    const area = built.areas.find(({ areaName }) => areaName === name);
    if (!area) throw new Error(`no area ${name}`);
    const { entryId, areaName, areaId, purpose, threshold } = area;
    return { entryId, areaName, areaId, purpose, threshold };
  }

  describe('an area', () => {
    it('changes the named columns, sets updated_at and keeps created_at and the rest', async () => {
      const before = readArea('Kitchen');
      await database.saveAreaData({ ...areaInput(), purpose: 'eating', threshold: 0.42 });
      expect(readArea('Kitchen')).toEqual({
        ...before,
        purpose: 'eating',
        threshold: 0.42,
        created_at: BUILT_TEXT,
        updated_at: NOW_TEXT,
      });
      expect((await database.getAreaData('Kitchen')).area).toMatchObject({
        purpose: 'eating',
        threshold: 0.42,
        updatedAt: NOW_TEXT,
      });
    });

    it('is written as it was read', async () => {
      const { area } = await database.getAreaData('Büro');
      await database.saveAreaData(area);
      expect((await database.getAreaData('Büro')).area).toEqual({ ...area, updatedAt: NOW_TEXT });
    });

    it('is inserted when it is new', async () => {
      const attic: AreaInput = { entryId: 'E9', areaName: 'Dach “Süd”', areaId: 'dach', purpose: 'sleeping', threshold: 0.6 };
      await database.saveAreaData(attic);
      const shared = { entry_id: 'E9', area_name: 'Dach “Süd”', area_id: 'dach', purpose: 'sleeping', threshold: 0.6 };
      const own = legacy ? { area_prior: 0.15 } : { adjacent_areas: 'null' };
      expect(readArea('Dach “Süd”')).toEqual({ ...shared, ...own, created_at: NOW_TEXT, updated_at: NOW_TEXT });
    });

    it('keeps columns that a later version added', async () => {
      other.exec(`ALTER TABLE areas ADD COLUMN icon VARCHAR DEFAULT 'mdi:home'; UPDATE areas SET icon = 'mdi:pot'`);
      await database.saveAreaData({ ...areaInput(), threshold: 0.42 });
      expect(readArea('Kitchen')).toMatchObject({ icon: 'mdi:pot', threshold: 0.42 });
    });

    it(legacy ? 'has its learned prior saved' : 'has its neighbours saved as Python writes JSON', async () => {
      await database.saveAreaData({ ...areaInput(), areaPrior: 0.37, adjacentAreas: ['Büro', 'Hallway'] });
      expect(readArea('Kitchen')).toMatchObject(
        legacy ? { area_prior: 0.37 } : { adjacent_areas: String.raw`["B\u00fcro", "Hallway"]` },
      );
      await database.saveAreaData({ ...areaInput(), areaPrior: null, adjacentAreas: [] });
      expect(readArea('Kitchen')).toMatchObject(legacy ? { area_prior: 0.37 } : { adjacent_areas: 'null' });
    });

    it.each([
      ['entry_id', { entryId: '' }],
      ['area_name', { areaName: ' ' }],
      ['purpose', { purpose: '' }],
      ['threshold', { threshold: undefined }],
      ['threshold', { threshold: null }],
      ['threshold', { threshold: 52 }],
      ['threshold', { threshold: Number.NaN }],
      ['threshold', { threshold: '0.5' }],
    ])('is refused without a proper %s, by name', async (field, flaw) => {
      const before = readArea('Kitchen');
      const flawed: AreaInput = JSON.parse(JSON.stringify({ ...areaInput(), threshold: 0.9, ...flaw }));
      await expect(database.saveAreaData(flawed)).rejects.toMatchObject({
        code: 'INVALID_DATA',
        message: expect.stringMatching(`^${field} `),
      });
      expect(readArea('Kitchen')).toEqual(before);
    });

    it(legacy ? 'with an empty area_id gets the entry_id as one' : 'is refused without an area_id', async () => {
      const saving = database.saveAreaData({ ...areaInput(), areaId: '' });
      if (legacy) {
        await saving;
        expect(readArea('Kitchen')['area_id']).toBe(areaInput().entryId);
      } else await expect(saving).rejects.toMatchObject({ code: 'INVALID_DATA', message: expect.stringMatching(/^area_id /) });
    });

    it('is saved after a wait when the database is busy for less than the retries last, whatever the timeout', async () => {
      other.exec('BEGIN IMMEDIATE');
      setTimeout(() => other.exec('ROLLBACK'), 900);
      await database.saveAreaData({ ...areaInput(), threshold: 0.42 });
      expect(readArea('Kitchen')['threshold']).toBe(0.42);
    });

    it('is not saved when the database stays busy: after all retries, in the words of the seed', async () => {
      other.exec('BEGIN IMMEDIATE');
      const started = performance.now();
      const saving = database.saveAreaData({ ...areaInput(), threshold: 0.42 });
      await expect(saving).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        message: expect.stringMatching(/^Database is busy, please try again later/),
      });
      expect(performance.now() - started).toBeGreaterThanOrEqual(1850);
      other.exec('ROLLBACK');
      expect(readArea('Kitchen')['threshold']).toBe(0.5);
    });
  });

  describe('an entity', () => {
    const id = 'binary_sensor.kitchen_motion';
    const readEntity = (entity = id): TrueRow => row('SELECT * FROM entities WHERE entity_id = ?', entity);

    function entityInput(): EntityInput {
      const { entryId, areaName } = areaInput();
      return { entryId, areaName, entityId: id, entityType: 'motion', weight: 0.7, probGivenTrue: 0.9, probGivenFalse: 0.1 };
    }

    it('changes the named columns, sets last_updated and keeps created_at and the rest', async () => {
      const before = readEntity();
      const saved = await database.saveEntityData(entityInput());
      expect(saved).toEqual({ outcome: 'saved', weight: 0.7, probGivenTrue: 0.9, probGivenFalse: 0.1 });
      const numbers = { weight: 0.7, prob_given_true: 0.9, prob_given_false: 0.1 };
      expect(readEntity()).toEqual({ ...before, ...numbers, created_at: BUILT_TEXT, last_updated: NOW_TEXT });
    });

    it('is written as it was read', async () => {
      for (const entity of (await database.getAreaData('Hallway')).entities) {
        await database.saveEntityData(entity);
        const { entities } = await database.getAreaData('Hallway');
        expect(entities.find(({ entityId }) => entityId === entity.entityId)).toEqual({ ...entity, lastUpdated: NOW_TEXT });
      }
    });

    it('is inserted with the defaults when it is new', async () => {
      const { entryId, areaName } = areaInput();
      await database.saveEntityData({
        entryId,
        ...(legacy ? {} : { areaName }),
        entityId: 'binary_sensor.new',
        entityType: 'door',
      });
      const numbers = { weight: 0.85, prob_given_true: 0.8, prob_given_false: 0.05 };
      const flags = { is_decaying: 0, decay_start: null, evidence: 0 };
      const own = legacy ? {} : { area_name: 'Kitchen', is_shared: 0, shared_with_areas: 'null' };
      const stamps = { created_at: NOW_TEXT, last_updated: NOW_TEXT };
      const key = { entry_id: entryId, entity_id: 'binary_sensor.new', entity_type: 'door' };
      expect(readEntity('binary_sensor.new')).toEqual({ ...key, ...numbers, ...flags, ...own, ...stamps });
    });

    it.each([
      ['numbers', 0.5, 0.5],
      ['texts', ' 0.25 ', 0.25],
      ['texts with an exponent', '2.5e-1', 0.25],
      ['too little', -3, 0.01],
      ['too much', '17', 0.99],
      ['infinity', Number.POSITIVE_INFINITY, 0.99],
      ['true', true, 0.99],
      ['no number', 'high', undefined],
      ['an empty text', '', undefined],
      ['a hexadecimal number', '0x1', undefined],
      ['NaN', Number.NaN, undefined],
      ['null', null, undefined],
      ['nothing', undefined, undefined],
    ])('takes %s for its weight and probabilities', async (_, given, expected) => {
      const saved = await database.saveEntityData({
        ...entityInput(),
        weight: given,
        probGivenTrue: given,
        probGivenFalse: given,
      });
      const numbers = { weight: expected ?? 0.85, probGivenTrue: expected ?? 0.8, probGivenFalse: expected ?? 0.05 };
      expect(saved).toEqual({ outcome: 'saved', ...numbers });
      expect(readEntity()).toMatchObject({
        weight: numbers.weight,
        prob_given_true: numbers.probGivenTrue,
        prob_given_false: numbers.probGivenFalse,
      });
    });

    const flaws: [string, object][] = [
      ['decay_start', { decayStart: new Date(NOW) }],
      ['decay_start', { decayStart: 'soon' }],
    ];
    if (!legacy) flaws.push(['shared_with_areas', { sharedWithAreas: 'Hallway' }]);
    it.each(flaws)('is refused with a %s that cannot be stored, by name', async (field, flaw) => {
      const before = readEntity();
      await expect(database.saveEntityData(Object.assign(entityInput(), flaw))).rejects.toMatchObject({
        code: 'INVALID_DATA',
        message: expect.stringMatching(`^${field} `),
      });
      expect(readEntity()).toEqual(before);
    });

    it.each(['', ' ', null, undefined])('is skipped with a warning when its type is %j', async (entityType) => {
      const before = readEntity();
      const { entityType: dropped, ...untyped } = entityInput();
      expect(dropped).toBe('motion');
      const saved = await database.saveEntityData(entityType === undefined ? untyped : { ...untyped, entityType });
      expect(saved).toEqual({ outcome: 'skipped', reason: `Entity ${id} was not saved: it has no type.` });
      expect(log.lines).toEqual([`warn: Entity ${id} was not saved: it has no type.`]);
      expect(readEntity()).toEqual(before);
    });

    it('has its decay and evidence saved when they are given', async () => {
      await database.saveEntityData({
        ...entityInput(),
        isDecaying: true,
        decayStart: '2026-11-24 07:59:00.000000',
        evidence: true,
      });
      expect(readEntity()).toMatchObject({ is_decaying: 1, decay_start: '2026-11-24 07:59:00.000000', evidence: 1 });
      await database.saveEntityData(entityInput());
      expect(readEntity()).toMatchObject({ is_decaying: 1, decay_start: '2026-11-24 07:59:00.000000', evidence: 1 });
      await database.saveEntityData({ ...entityInput(), isDecaying: false, decayStart: null, evidence: false });
      expect(readEntity()).toMatchObject({ is_decaying: 0, decay_start: null, evidence: 0 });
    });

    it('is refused without its key, by name', async () => {
      await expect(database.saveEntityData({ ...entityInput(), entityId: '' })).rejects.toMatchObject({
        message: expect.stringMatching(/^entity_id /),
      });
      await expect(database.saveEntityData({ ...entityInput(), entryId: '' })).rejects.toMatchObject({
        message: expect.stringMatching(/^entry_id /),
      });
      const withoutArea = database.saveEntityData({ ...entityInput(), areaName: '' });
      if (legacy) await withoutArea;
      else await expect(withoutArea).rejects.toMatchObject({ message: expect.stringMatching(/^area_name /) });
    });
  });

  describe('and reading as the seed does', () => {
    it('loads every area with its entities in order', async () => {
      const data = await database.loadData();
      expect(data.map(({ area }) => area.areaName)).toEqual(['Bedroom', 'Büro', 'Hallway', 'Kitchen', 'Living Room']);
      for (const { area, entities } of data) {
        const ids = entities.map(({ entityId }) => entityId);
        expect(ids).toEqual(ids.toSorted());
        expect(area.areaPrior).toBeGreaterThan(0);
        expect(await database.getAreaData(area.areaName)).toEqual({ area, entities });
        if (legacy) expect(await database.getAreaData(area.entryId)).toEqual({ area, entities });
      }
      await expect(database.getAreaData('Attic')).rejects.toMatchObject({ code: 'SCHEMA' });
    });

    it('takes the newest end less an hour, and ten days ago when there is none', async () => {
      expect((await database.getLatestInterval()).toISOString()).toBe('2026-11-20T08:30:00.250Z');
      other.exec('DELETE FROM intervals');
      expect(await database.getLatestInterval()).toEqual(new Date(NOW - 10 * 86_400_000));
    });
  });
});
