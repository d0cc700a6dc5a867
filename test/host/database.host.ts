import { strict as assert } from 'node:assert';
import { readdirSync, readlinkSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { AreaNode, EntityNode, TreeNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import { databasePath, findRow, isKind, openApp, runScript, until } from './home';

describe('The database of the workspace', () => {
  let app: App;

  before(async () => {
    app = await openApp();
  });

  const areas = async (): Promise<readonly TreeNode[]> => app.areas.getChildren(await findRow(app.areas, isKind('database')));

  it('is found and opened without a click', async () => {
    assert.deepEqual(
      app.databases.all.map(({ path }) => path),
      [databasePath],
    );
    assert.equal((await areas()).filter(isKind('area')).length, 8);
  });

  it('shows entities by the names of the registry', async () => {
    const area = await findRow(app.areas, isKind('database'), isKind('area'));
    const [entity] = (await app.areas.getChildren(area)).filter(isKind('entity')) as EntityNode[];
    assert.ok(entity?.friendlyName, JSON.stringify(entity));
  });

  // Only Linux tells a process which files it has open.
  if (process.platform === 'linux') {
    it('is never opened by the extension host itself', () => {
      assert.deepEqual(
        openFiles().filter((path) => path.includes('area_occupancy.db')),
        [],
      );
    });
  }

  it('shows a new interval within 2 s of its commit', async () => {
    const area = (await findRow(app.intervals, isKind('area'))) as AreaNode;
    const entities = await app.databases.all[0]!.reader.getEntities({ area: area.area.areaName });
    const newest = async (): Promise<TreeNode> =>
      findRow(app.intervals, (node) => node.id === area.id, isKind('day'), isKind('interval'));
    await newest();
    const id = Number(await runScript('addInterval.mts', databasePath, entities[0]!.entityId, 'on', '0.5'));
    await until(
      async () => {
        const node = await newest();
        return node.kind === 'interval' && node.interval.id === id;
      },
      2000,
      'the new interval',
    );
  });

  it('stays readable in its last good state while the file is away, and comes back by itself', async () => {
    await areas();
    await rename(databasePath, `${databasePath}.away`);
    try {
      await until(async () => (await areas())[0]?.kind === 'problem', 5000, 'the problem');
      const rows = await areas();
      assert.deepEqual(
        rows.slice(0, 3).map(({ kind }) => kind),
        ['problem', 'advice', 'lastGood'],
      );
      assert.equal(rows.filter(isKind('area')).length, 8);
    } finally {
      await rename(`${databasePath}.away`, databasePath);
    }
    await until(async () => (await areas())[0]?.kind === 'area', 5000, 'the areas');
  });

  it('is noticed within 5 s when another file takes its place', async () => {
    await runScript('replaceDatabase.mts', databasePath, '3');
    await until(async () => (await areas()).filter(isKind('area')).length === 3, 5000, 'the areas of the other file');
  });
});

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
}
