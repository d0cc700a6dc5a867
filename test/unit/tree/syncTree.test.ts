import { describe, expect, it } from 'vitest';
import type { AreaSync } from '../../../src/core/sync/syncReport';
import type { MoreNode, TreeNode } from '../../../src/core/tree/nodes';
import { Pages } from '../../../src/core/tree/pages';
import { present } from '../../../src/core/tree/present';
import { SyncTree, SYNC_PAGE_SIZE } from '../../../src/core/tree/syncTree';
import { TreeModel } from '../../../src/core/tree/treeModel';
import { Format } from '../../../src/core/format';
import { drawTree } from './drawTree';
import { areaSync, entitySync, previewRow, syncReport } from './syncReports';

function treeOf(areas: readonly AreaSync[], pages = new Pages()): SyncTree {
  const planned = {
    database: 'home.db',
    report: syncReport(...areas),
    names: { areas: new Map(), entities: new Map([['binary_sensor.kitchen_motion', 'Kitchen Motion']]) },
    types: new Map([['binary_sensor.kitchen_motion', 'motion']]),
  };
  return new SyncTree(() => planned, pages);
}

const kitchen = areaSync(
  'Kitchen',
  entitySync('binary_sensor.kitchen_motion', {
    intervals: { added: 412, alreadyThere: 3 },
    first: previewRow('on', '2026-11-19 22:59:59.999999', 61),
    last: previewRow('off', '2026-11-20 09:00:00.000000', 3600),
  }),
  entitySync('media_player.radio', {
    intervals: { added: 1 },
    first: previewRow('playing', '2026-11-20 08:00:00.000000', 4.26),
  }),
  entitySync('sensor.kitchen_co2', { intervals: { alreadyThere: 12, tooShort: 3 }, samples: { alreadyThere: 1 } }),
  entitySync('sensor.kitchen_temperature', { samples: { added: 96 } }),
);
const attic = areaSync('Attic', entitySync('sensor.attic', { states: 0 }), entitySync('sensor.roof'));
const hall = areaSync(
  'Hall/today',
  entitySync('binary_sensor.hall', {
    intervals: { added: 2 },
    first: previewRow('on', '2026-11-20 08:00:00.000000', 10),
    last: previewRow('off', '2026-11-20 08:00:10.000000', 20),
  }),
);

describe('Sync preview', () => {
  it('shows areas, entities, and the first and the last row of each; last what gets nothing', async () => {
    expect(await drawTree(treeOf([attic, kitchen, hall]), 3)).toEqual([
      'Kitchen | 413 intervals, 96 samples',
      '  Kitchen Motion | 412 intervals',
      '    on · 19 Nov, 23:59:59 | 1 min 1 s · first',
      '    410 more between',
      '    off · 20 Nov, 10:00:00 | 1 h · last',
      '  media_player.radio | 1 interval',
      '    playing · 20 Nov, 09:00:00 | 4.3 s',
      '  sensor.kitchen_temperature | 96 samples',
      'Hall/today | 2 intervals',
      '  binary_sensor.hall | 2 intervals',
      '    on · 20 Nov, 09:00:00 | 10 s · first',
      '    off · 20 Nov, 09:00:10 | 20 s · last',
      'Nothing to add | 3 entities',
      '  sensor.attic | not in the history',
      '  sensor.roof | nothing new',
      '  sensor.kitchen_co2 | 12 already there, 3 too short, 1 sample already there',
    ]);
  });

  it('is empty without a plan', async () => {
    expect(await drawTree(new SyncTree(() => undefined, new Pages()), 3)).toEqual([]);
  });

  it('marks what counts as active, and says the whole fact to a screen reader', async () => {
    const format = new Format('en-GB', 'Europe/Berlin');
    const source = treeOf([kitchen]);
    const [area] = await source.children(undefined);
    const [motion, radio] = await source.children(area);
    const [first, between, last] = await source.children(motion);
    const spoken = [area, motion, first, between, last].map((node) => present(node as TreeNode, format).spoken);
    expect(spoken).toEqual([
      'Area Kitchen, add 413 intervals and 96 samples, 3 entities',
      'Entity Kitchen Motion, add 412 intervals',
      'The first one: on, from 19 Nov, 23:59:59 to 20 Nov, 00:01:00, 1 min 1 s',
      '410 more between',
      'The last one: off, from 20 Nov, 10:00:00 to 20 Nov, 11:00:00, 1 h',
    ]);
    expect(present(first!, format).color).toBe('charts.green');
    expect(present(last!, format).color).toBeUndefined();
    expect(present(radio!, format).tooltip).toEqual([
      'media_player.radio',
      'media_player.radio',
      'Area: Kitchen',
      'Type: unknown',
      'States in the history: 9',
      'Intervals to be added: 1',
    ]);
  });

  it('shows a long list in pages', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => entitySync(`sensor.${index}`));
    const pages = new Pages();
    const source = treeOf([areaSync('Hall', ...many)], pages);
    const [nothing] = await source.children(undefined);
    expect(present(nothing!, new Format('en-GB', 'UTC')).description).toBe('10,000 entities');
    const rows = await source.children(nothing);
    expect(rows).toHaveLength(SYNC_PAGE_SIZE + 1);
    pages.loadMore(rows.at(-1) as MoreNode);
    expect(await source.children(nothing)).toHaveLength(2 * SYNC_PAGE_SIZE + 1);
  });

  it('gives every row an id of its own, which another plan of the same database keeps', async () => {
    const ids = async (source: SyncTree, node?: TreeNode): Promise<string[]> => {
      const rows = await source.children(node);
      return [...rows.map(({ id }) => id), ...(await Promise.all(rows.map((row) => ids(source, row)))).flat()];
    };
    const all = await ids(treeOf([attic, kitchen, hall]));
    expect(new Set(all).size).toBe(all.length);
    expect(await ids(treeOf([attic, kitchen, hall]))).toEqual(all);
  });

  it('is redrawn whole when it comes and when it goes', async () => {
    let source = treeOf([]);
    const changes: (TreeNode | undefined)[] = [];
    const model = new TreeModel({ children: (node) => source.children(node) }, Date, (branches) => changes.push(...branches));
    expect(await model.children()).toEqual([]);
    source = treeOf([kitchen]);
    await model.refresh();
    expect(await model.children()).toHaveLength(2);
    source = treeOf([]);
    await model.refresh();
    expect(await model.children()).toEqual([]);
    expect(changes).toEqual([undefined, undefined]);
  });
});
