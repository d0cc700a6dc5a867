import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AreasTree } from '../../src/core/tree/areasTree';
import { EntitiesTree } from '../../src/core/tree/entitiesTree';
import { noIntervalsFilter } from '../../src/core/tree/intervalsFilter';
import { IntervalsTree } from '../../src/core/tree/intervalsTree';
import type { TreeNode } from '../../src/core/tree/nodes';
import { Pages } from '../../src/core/tree/pages';
import type { OpenDatabase } from '../../src/core/tree/openDatabase';
import type { TreeSource } from '../../src/core/tree/treeSource';
import { Format } from '../../src/core/format';
import { present } from '../../src/core/tree/present';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const format = new Format('en-GB', 'Europe/Berlin');

/** Every row of a view, each drawn. */
async function everyRow(source: TreeSource, node?: TreeNode): Promise<TreeNode[]> {
  const rows: TreeNode[] = [];
  for (const child of await source.children(node)) {
    rows.push(child);
    if (present(child, format).opens !== 'no') rows.push(...(await everyRow(source, child)));
  }
  return rows;
}

/** The views in each of their groupings. */
function viewsOf(database: OpenDatabase): TreeSource[] {
  const open = (): readonly OpenDatabase[] => [database];
  return [
    new AreasTree(open, Date, 'Europe/Berlin'),
    ...(['area', 'type'] as const).map((groupBy) => new EntitiesTree(open, () => ({ groupBy, filter: '' }))),
    ...(['area', 'entity'] as const).map(
      (groupBy) =>
        new IntervalsTree(open, () => ({ groupBy, pageSize: 5000, filter: noIntervalsFilter }), new Pages(), 'Europe/Berlin'),
    ),
  ];
}

describe('Rows that nobody should have written', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  let opened: Awaited<ReturnType<typeof core.OccupancyDatabase.open>> | undefined;

  beforeEach(() => {
    folder = temporaryFolder('hostile');
    path = join(folder.path, 'area_occupancy.db');
  });
  afterEach(async () => {
    await opened?.close();
    folder.remove();
  });

  /** Builds a small database, spoils it, and reads every row of every view. */
  async function rowsAfter(version: 3 | 18, ...statements: readonly string[]): Promise<TreeNode[][]> {
    buildDatabase(path, { version, areas: 2, entities: 4, days: 1 });
    const writer = new Sqlite(path);
    writer.pragma('foreign_keys = OFF');
    for (const statement of statements) writer.exec(statement);
    writer.close();
    const reader = await core.OccupancyDatabase.open(path);
    opened = reader;
    const names = async () => ({ areas: new Map<string, string>(), entities: new Map<string, string>() });
    const database = { path, name: 'db', info: null, failed: false, reader: Object.assign(reader, { getFriendlyNames: names }) };
    return Promise.all(viewsOf(database).map((view) => everyRow(view)));
  }

  /** VS Code shows nothing at all of a view in which two rows have the same id. */
  function expectDistinct(rows: readonly TreeNode[]): void {
    const ids = rows.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  }

  it.each(['now', '', '0001-01-01 00:00:00', '9999-12-31 23:59:59.999999', '2026-13-01 00:00:00', '2026-02-30 10:00:00'])(
    'leave the others readable: times that say “%s”',
    async (time) => {
      const views = await rowsAfter(
        18,
        `UPDATE areas SET created_at = '${time}', updated_at = '${time}'`,
        `UPDATE entities SET last_updated = '${time}', is_decaying = 1, decay_start = '${time}'`,
        `UPDATE priors SET last_updated = '${time}'`,
        `UPDATE intervals SET start_time = '${time}', end_time = '${time}' WHERE id IN (SELECT max(id) FROM intervals GROUP BY entity_id)`,
      );
      for (const rows of views) expectDistinct(rows);
      const counter = new Sqlite(path, { readonly: true });
      const wellTimed = counter.prepare('SELECT count(*) FROM intervals WHERE start_time <> ?').pluck().get(time);
      counter.close();
      for (const rows of views.slice(-2)) {
        const shown = rows.filter((row) => row.kind === 'interval' && row.interval.startTime !== time);
        expect(shown).toHaveLength(Number(wellTimed));
      }
    },
  );

  it('leave the others readable: numbers that are none', async () => {
    const views = await rowsAfter(
      18,
      `UPDATE areas SET threshold = 'high'`,
      `UPDATE entities SET weight = 9e999, prob_given_true = 'often'`,
      `UPDATE intervals SET duration_seconds = CASE id % 3 WHEN 0 THEN 'long' WHEN 1 THEN -9e999 ELSE -5 END`,
    );
    for (const rows of views) expectDistinct(rows);
  });

  it('keep ids of their own, whatever areas and types are called', async () => {
    const area = (name: string): string =>
      `INSERT INTO areas SELECT entry_id, '${name}', area_id, purpose, threshold, adjacent_areas, created_at, updated_at FROM areas LIMIT 1`;
    const first = '(SELECT min(area_name) FROM areas)';
    const views = await rowsAfter(
      18,
      area('a'),
      ...['today', 'priors', 'empty', 'problem', 'entity/a/b', '%2Ftoday'].map((name) => area(`a/${name}`)),
      area('a%2Ftoday'),
      `UPDATE areas SET area_name = 'x/' || area_name WHERE area_name = ${first}`,
    );
    for (const rows of views) expectDistinct(rows);
  });

  it('keep ids of their own where two config entries of an old database bear the same name', async () => {
    const views = await rowsAfter(
      3,
      `INSERT INTO areas SELECT 'other', area_name, area_id, purpose, threshold, area_prior, created_at, updated_at FROM areas LIMIT 1`,
      `INSERT INTO entities SELECT 'other', entity_id, entity_type, weight, prob_given_true, prob_given_false, last_updated, created_at,
         is_decaying, decay_start, evidence FROM entities WHERE entry_id = (SELECT entry_id FROM areas LIMIT 1)`,
    );
    for (const rows of views) expectDistinct(rows);
  });
});
