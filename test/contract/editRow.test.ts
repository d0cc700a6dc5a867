import type BetterSqlite3 from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undoOf, withValues, type EditableRow, type EditableValues } from '../../src/core/edit/rowEdit';
import type { EditResult, OccupancyDatabase, RowEdit } from '../../src/library';
import { allRows, type AllRows } from '../support/allRows.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const NOW = Date.UTC(2026, 10, 24, 8, 0, 0);
const NOW_TEXT = '2026-11-24 08:00:00.000000';

describe.each<SchemaVersion>([2, 3, 16, 18])('editing a row on db_version %i', (version) => {
  let folder: ReturnType<typeof temporaryFolder>;
  let other: BetterSqlite3.Database;
  let database: OccupancyDatabase;
  let path: string;
  let before: AllRows;

  beforeEach(async () => {
    folder = temporaryFolder('edit');
    ({ path } = buildDatabase(join(folder.path, 'area_occupancy.db'), { version, days: 1 }));
    other = new Sqlite(path, { timeout: 0 });
    // As in AOD.
    other.pragma('foreign_keys = OFF');
    database = await open();
    before = allRows(other);
  });
  afterEach(async () => {
    await database.close();
    other.close();
    folder.remove();
  });

  function open(options: { readOnly?: boolean } = {}): Promise<OccupancyDatabase> {
    const clock = { now: () => NOW, monotonic: () => performance.now(), sleep: (ms: number) => delay(ms) };
    return core.OccupancyDatabase.open(path, { lock: new FreeLock(), clock, lockTimeout: 0.2, ...options });
  }

  async function area(name = 'Büro'): Promise<EditableRow> {
    return { kind: 'area', row: (await database.getAreaData(name)).area };
  }

  async function entity(): Promise<EditableRow> {
    const [row] = await database.getEntities({ area: 'Kitchen', type: 'window' });
    if (!row) throw new Error('no window');
    return { kind: 'entity', row };
  }

  const edit = (row: EditableRow, values: EditableValues): RowEdit => ({ before: row, after: withValues(row, values) });

  function written(result: EditResult): RowEdit {
    if (result.outcome !== 'written') throw new Error(`not written: ${JSON.stringify(result)}`);
    return result.edit;
  }

  /** The whole database, but for the columns given of the one row that has them. */
  function expectOnly(table: 'areas' | 'entities', key: string, id: string, changed: object): void {
    const rows = before[table]?.map((row) => (row[key] === id ? { ...row, ...changed } : row));
    expect(rows?.filter((row, index) => row !== before[table]?.[index])).toHaveLength(1);
    expect(allRows(other)).toEqual({ ...before, [table]: rows });
  }

  it('changes what was edited of an area, when it was saved, and nothing else', async () => {
    const done = written(await core.editRow(database, edit(await area(), { threshold: 0.42 })));
    expectOnly('areas', 'area_name', 'Büro', { threshold: 0.42, updated_at: NOW_TEXT });
    expect(done.after).toEqual(await area());
    written(await core.editRow(database, edit(await area(), { purpose: 'sleeping' })));
    expectOnly('areas', 'area_name', 'Büro', { purpose: 'sleeping', threshold: 0.42, updated_at: NOW_TEXT });
  });

  it('changes what was edited of an entity, and keeps its evidence and decay as they are by then', async () => {
    const shown = await entity();
    const id = (shown.row as { entityId: string }).entityId;
    const since = { evidence: 1, is_decaying: 1, decay_start: '2026-11-24 07:59:00.000000' };
    other
      .prepare('UPDATE entities SET evidence = 1, is_decaying = 1, decay_start = ? WHERE entity_id = ?')
      .run(since.decay_start, id);
    written(await core.editRow(database, edit(shown, { weight: 0.33, probGivenTrue: 0.7, probGivenFalse: 0.06 })));
    const numbers = { weight: 0.33, prob_given_true: 0.7, prob_given_false: 0.06 };
    expectOnly('entities', 'entity_id', id, { ...numbers, ...since, last_updated: NOW_TEXT });
  });

  it('leaves the database as it was when it is undone, to the last column', async () => {
    for (const row of [edit(await area(), { threshold: 0.9 }), edit(await entity(), { weight: 0.9 })]) {
      const done = written(await core.editRow(database, row));
      expect(allRows(other)).not.toEqual(before);
      written(await core.editRow(database, undoOf(done)));
      expect(allRows(other)).toEqual(before);
    }
  });

  it('undoes the values alone where the row was saved again since, with the same values', async () => {
    const done = written(await core.editRow(database, edit(await area(), { threshold: 0.9 })));
    other.exec(`UPDATE areas SET updated_at = '2026-11-24 09:00:00.000000'`);
    written(await core.editRow(database, undoOf(done)));
    expect((await area()).row).toMatchObject({
      threshold: (done.before.row as { threshold: number }).threshold,
      updatedAt: NOW_TEXT,
    });
  });

  it('writes nothing where the row has other values by then, and says which', async () => {
    const shown = await area();
    other.exec('UPDATE areas SET threshold = 0.77');
    const changed = allRows(other);
    const result = await core.editRow(database, edit(shown, { purpose: 'sleeping' }));
    expect(result).toEqual({ outcome: 'changed', now: await area() });
    expect(result).toMatchObject({ now: { row: { threshold: 0.77 } } });
    expect(allRows(other)).toEqual(changed);
  });

  it('undoes nothing where the row was changed since', async () => {
    const done = written(await core.editRow(database, edit(await entity(), { weight: 0.9 })));
    other.exec('UPDATE entities SET weight = 0.5');
    const changed = allRows(other);
    expect(await core.editRow(database, undoOf(done))).toMatchObject({ outcome: 'changed', now: { row: { weight: 0.5 } } });
    expect(allRows(other)).toEqual(changed);
  });

  it('writes nothing where the row is gone', async () => {
    const [ofArea, ofEntity] = [edit(await area(), { threshold: 0.9 }), edit(await entity(), { weight: 0.9 })];
    other.exec('DELETE FROM areas; DELETE FROM entities');
    for (const gone of [ofArea, ofEntity]) expect(await core.editRow(database, gone)).toEqual({ outcome: 'changed', now: null });
    expect(other.prepare('SELECT (SELECT count(*) FROM areas) + (SELECT count(*) FROM entities)').pluck().get()).toBe(0);
  });

  it('brings the other numbers of an entity within the bounds, as the edit says', async () => {
    other.exec('UPDATE entities SET prob_given_true = 1.0');
    const planned = edit(await entity(), { weight: 0.4 });
    expect(planned.after.row).toMatchObject({ weight: 0.4, probGivenTrue: 0.99 });
    expect(written(await core.editRow(database, planned)).after.row).toMatchObject({ weight: 0.4, probGivenTrue: 0.99 });
  });

  it('is refused where another keeps the database locked, or it is open for reading only', async () => {
    const planned = edit(await area(), { threshold: 0.9 });
    other.exec('BEGIN IMMEDIATE');
    await expect(core.editRow(database, planned)).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    other.exec('ROLLBACK');
    const readOnly = await open({ readOnly: true });
    await expect(core.editRow(readOnly, planned)).rejects.toMatchObject({ code: 'READ_ONLY' });
    await readOnly.close();
    expect(allRows(other)).toEqual(before);
  });
});
