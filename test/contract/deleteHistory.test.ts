import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeHistory, isEmptyHistory, rowsOf } from '../../src/core/history/learnedHistory';
import type { LearnedHistory, OccupancyDatabase } from '../../src/library';
import { allRows, type AllRows } from '../support/allRows.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { TrueRow } from '../support/trueRows.mts';

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
const NOW_TEXT = '2026-11-24 08:00:00.000000';

/** The tables that AOD's own purge of an area's history empties of it. */
const PURGED = new Set(
  'intervals numeric_samples interval_aggregates numeric_aggregates occupied_intervals_cache correlations area_transitions priors global_priors'.split(
    ' ',
  ),
);

describe.each<SchemaVersion>([3, 16, 18])('deleting learned history on db_version %i', (version) => {
  const legacy = version <= 3;
  let folder: ReturnType<typeof temporaryFolder>;
  let other: BetterSqlite3.Database;
  let database: OccupancyDatabase;
  let path: string;
  let before: AllRows;
  /** Ids of the area's entities that no other area has, and of those that another has too. */
  let own: ReadonlySet<unknown>;

  beforeEach(async () => {
    folder = temporaryFolder('history');
    ({ path } = buildDatabase(join(folder.path, 'area_occupancy.db'), { version, days: 1 }));
    other = new Sqlite(path, { timeout: 0 });
    other.pragma('foreign_keys = OFF');
    const clock = { now: () => NOW, monotonic: () => performance.now(), sleep: (ms: number) => delay(ms) };
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), clock, lockTimeout: 0.2 });
    if (!legacy) addAggregates();
    before = allRows(other);
    const entries = (id: unknown): number => before['entities']?.filter((row) => row['entity_id'] === id).length ?? 0;
    own = new Set(before['entities']?.map((row) => row['entity_id']).filter((id) => entries(id) === 1));
  });
  afterEach(async () => {
    await database.close();
    other.close();
    folder.remove();
  });

  /** The builder makes none. */
  function addAggregates(): void {
    for (const area of ['Kitchen', 'Büro']) {
      const key = `'E', '${area}', 'sensor.${area}', 'daily', '2026-11-18 00:00:00.000000', '2026-11-19 00:00:00.000000'`;
      other.exec(`
        INSERT INTO interval_aggregates (entry_id, area_name, entity_id, aggregation_period, period_start, period_end, state, interval_count, total_duration_seconds, created_at)
        VALUES (${key}, 'on', 3, 60, '${NOW_TEXT}');
        INSERT INTO numeric_aggregates (entry_id, area_name, entity_id, aggregation_period, period_start, period_end, sample_count, created_at)
        VALUES (${key}, 3, '${NOW_TEXT}')`);
    }
  }

  async function historyOf(areaName: string): Promise<LearnedHistory> {
    const { area } = await database.getAreaData(areaName);
    return database.getHistory(area);
  }

  /** Whether a row is of an area's history. */
  function isOf(areaName: string, table: string, row: TrueRow): boolean {
    if (!PURGED.has(table)) return false;
    const entry = before['areas']?.find((area) => area['area_name'] === areaName)?.['entry_id'];
    if (table === 'area_transitions') return ['from_area', 'mid_area', 'to_area'].some((column) => row[column] === areaName);
    if (!legacy) return row['area_name'] === areaName;
    if (table === 'priors') return row['entry_id'] === entry;
    return (
      before['entities']?.some(
        (entity) => entity['entry_id'] === entry && entity['entity_id'] === row['entity_id'] && own.has(row['entity_id']),
      ) === true
    );
  }

  /** What is to be there after the area's history is gone. */
  function without(areaName: string): AllRows {
    const rows = Object.entries(before).map(([table, all]) => [table, all.filter((row) => !isOf(areaName, table, row))] as const);
    const areas = before['areas']?.map((row) =>
      legacy && row['area_name'] === areaName ? { ...row, area_prior: 0.15, updated_at: NOW_TEXT } : row,
    );
    return { ...Object.fromEntries(rows), ...(areas && { areas }) };
  }

  const total = (rows: AllRows): number => Object.values(rows).reduce((sum, { length }) => sum + length, 0);

  it.each(['Büro', 'Living Room'])('deletes all of %s, and no row of anything else', async (areaName) => {
    const history = await historyOf(areaName);
    const expected = without(areaName);
    expect(rowsOf(history)).toBe(total(before) - total(expected));
    const progress: number[] = [];
    const deleted = await core.deleteLearnedHistory(database, history, { onProgress: (rows) => progress.push(rows) });
    expect(deleted).toBe(rowsOf(history));
    expect(progress.at(-1)).toBe(deleted);
    expect(allRows(other)).toEqual(expected);
    expect(isEmptyHistory(await historyOf(areaName))).toBe(true);
    expect(other.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('is counted by table before', async () => {
    const history = await historyOf('Büro');
    const texts = describeHistory(history, String);
    expect(texts).toContain(legacy ? '168 learned hours of the week' : '1 numeric aggregate');
    expect(texts.some((text) => /^\d+ intervals$/.test(text))).toBe(true);
    expect(texts.some((text) => text.includes('prior of the area'))).toBe(true);
  });

  it('keeps what was added after it was counted', async () => {
    const history = await historyOf('Büro');
    const [entity] = await database.getEntities({ area: 'Büro' });
    const columns = legacy ? '' : ', entry_id, area_name, aggregation_level';
    other.exec(`INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at${columns})
      VALUES ('${entity?.entityId}', 'on', '2026-11-24 07:00:00.000000', '2026-11-24 07:01:00.000000', 60, '${NOW_TEXT}'${legacy ? '' : `, 'E', 'Büro', 'raw'`})`);
    await core.deleteLearnedHistory(database, history);
    const left = (await historyOf('Büro')).parts;
    expect(left).toMatchObject([{ table: 'intervals', rows: 1 }]);
  });

  it('lets others in between chunks, and each chunk is whole', async () => {
    const history = await historyOf('Büro');
    const seen: number[] = [];
    const onProgress = (rows: number): void => {
      // Another's write gets in, which it could not while the chunk held the write lock.
      other.exec(`BEGIN IMMEDIATE; UPDATE metadata SET value = value; COMMIT`);
      seen.push(rows, total(before) - total(allRows(other)));
    };
    await core.deleteLearnedHistory(database, history, { onProgress, chunk: { rows: 100, time: Number.POSITIVE_INFINITY } });
    expect(seen.length).toBeGreaterThan(6);
    for (let index = 0; index < seen.length; index += 2) expect(seen[index]).toBe(seen[index + 1]);
  });

  it('says how far it came when it is cancelled; what is left can be deleted, and until then the priors are there', async () => {
    const abort = new AbortController();
    const history = await historyOf('Büro');
    const chunk = { rows: 100, time: Number.POSITIVE_INFINITY };
    const cancelled = core.deleteLearnedHistory(database, history, {
      signal: abort.signal,
      chunk,
      onProgress: () => abort.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({
      code: 'CANCELLED',
      deleted: 100,
      message: `Deleting learned history was cancelled. 100 rows were deleted before that, ${(rowsOf(history) - 100).toLocaleString('en')} are left.`,
    });
    const left = await historyOf('Büro');
    expect(rowsOf(left)).toBe(rowsOf(history) - 100);
    expect(allRows(other)['priors']).toEqual(before['priors']);
    await core.deleteLearnedHistory(database, left);
    expect(allRows(other)).toEqual(without('Büro'));
  });

  it('deletes nothing where the database is locked, open for reading only, or the area is gone', async () => {
    const history = await historyOf('Büro');
    other.exec('BEGIN IMMEDIATE');
    await expect(core.deleteLearnedHistory(database, history)).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    other.exec('ROLLBACK');
    const readOnly = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), readOnly: true });
    await expect(core.deleteLearnedHistory(readOnly, history)).rejects.toMatchObject({ code: 'READ_ONLY' });
    await readOnly.close();
    expect(allRows(other)).toEqual(before);
    other.exec(`UPDATE areas SET area_name = 'Arbeitszimmer' WHERE area_name = 'Büro'`);
    await expect(core.deleteLearnedHistory(database, history)).rejects.toMatchObject({ code: 'SCHEMA' });
    await expect(database.getHistory(history)).rejects.toMatchObject({ code: 'SCHEMA' });
    expect(total(allRows(other))).toBe(total(before));
  });
});
