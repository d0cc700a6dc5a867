import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, type Disposable, Uri, workspace } from 'vscode';
import type { AreaNode, EntityNode, TreeNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import { findRow, isKind, openApp, runScript, until } from './home';
import { MemoryFiles } from './memoryFiles';

const SCHEME = 'memory-home';
const uri = Uri.parse(`${SCHEME}:///my home/.storage/area_occupancy.db`);

describe('A database that only a file system provider reaches', () => {
  const files = new MemoryFiles();
  let app: App;
  let folder: string;
  let provider: Disposable;

  before(async () => {
    app = await openApp();
    folder = await mkdtemp(join(tmpdir(), 'occupancy-memory-'));
    await runScript('copiedHomes.mts', folder);
    await serve('before');
    const names = { data: { entities: [{ entity_id: 'binary_sensor.kitchen_motion', name: 'By the fridge' }] } };
    files.set('/my home/.storage/core.entity_registry', new TextEncoder().encode(JSON.stringify(names)));
    files.set('/my home/.storage/auth', new TextEncoder().encode('{"secret": true}'));
    provider = workspace.registerFileSystemProvider(SCHEME, files, { isReadonly: true, isCaseSensitive: true });
    await commands.executeCommand('areaOccupancy.openDatabase', uri);
    await until(async () => session()?.info !== null, 10_000, 'the snapshot');
  });
  after(async () => {
    await commands.executeCommand('areaOccupancy.closeDatabase', { database: uri.toString() });
    provider.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function serve(state: 'before' | 'after'): Promise<void> {
    for (const name of ['area_occupancy.db', 'area_occupancy.db-wal'])
      files.set(`/my home/.storage/${name}`, await readFile(join(folder, state, name)));
  }

  const session = () => app.databases.find(uri.toString());
  const isOurs = ({ database }: TreeNode): boolean => database === uri.toString();
  const isKitchen = (node: TreeNode): boolean => node.kind === 'area' && node.area.areaName === 'Kitchen';
  const kitchen = async (): Promise<AreaNode> => (await findRow(app.areas, isOurs, isKitchen)) as AreaNode;

  it('is a snapshot that its row names with the time, and gives the reason', async () => {
    const row = await findRow(app.areas, isOurs);
    const { label, description } = app.areas.getTreeItem(row);
    assert.equal(label, 'area_occupancy.db (my home)');
    assert.match(String(description), /^snapshot of \d\d:\d\d:\d\d, AOD schema 18$/);
    const notice = await findRow(app.areas, isOurs, isKind('snapshot'));
    const { label: time, description: reason } = app.areas.getTreeItem(notice);
    assert.match(
      `${JSON.stringify(time)} ${reason}`,
      /^"Snapshot of \d\d:\d\d:\d\d" .*memory-home.*Refresh.*open it on the machine/,
    );
  });

  it('shows areas, entities by their names, intervals, priors, timeline and overview, with what is in the -wal alone', async () => {
    const area = await kitchen();
    assert.equal(area.area.threshold, 0.25);
    const entities = (await app.areas.getChildren(area)).filter(isKind('entity')) as EntityNode[];
    assert.ok(entities.some(({ friendlyName }) => friendlyName === 'By the fridge'));
    const interval = await findRow(app.intervals, isOurs, isKitchen, isKind('day'), isKind('interval'));
    assert.equal(interval.kind, 'interval');
    const reader = session()!.reader;
    assert.ok((await reader.getPriors('Kitchen')).slots.length > 0);
    assert.ok((await reader.getOverview()).tables.length > 0);
    const now = new Date();
    const [from, to] = [new Date(now.getTime() - 86_400_000), now].map((date) =>
      date.toISOString().replace('T', ' ').slice(0, 19),
    );
    const timeline = await reader.getTimeline({ area: 'Kitchen', from: from!, to: to!, resolution: 60_000 });
    assert.ok(timeline.lanes.length > 0);
  });

  it('reads of the folder nothing but the database and the registries', () => {
    const names = [...files.reads].map((path) => path.slice(path.lastIndexOf('/') + 1));
    assert.deepEqual(names.toSorted(), ['area_occupancy.db', 'area_occupancy.db-wal', 'core.entity_registry']);
  });

  it('changes only when Refresh reads it anew', async () => {
    await serve('after');
    assert.equal((await kitchen()).area.threshold, 0.25);
    await commands.executeCommand('areaOccupancy.refresh');
    await until(async () => (await kitchen()).area.threshold === 0.75, 10_000, 'the new snapshot');
  });

  it('refuses what writes, with the reason', async () => {
    const { reader, info } = session()!;
    assert.equal(info?.readOnly, true);
    await assert.rejects(reader.planSync({ kind: 'recorder', path: '/nowhere' }), { code: 'READ_ONLY', message: /snapshot/ });
    await assert.rejects(reader.inspectLock(), { code: 'LOCK_UNUSABLE', message: /no path on this computer/ });
  });
});
