import { strict as assert } from 'node:assert';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource, commands, window, workspace, type QuickPickItem } from 'vscode';
import type { SyncAreaNode, SyncEntityNode, TreeNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import type { SyncRequest } from '../../src/vscode/commands/sync';
import type { DatabaseSession } from '../../src/vscode/databaseSession';
import { commandIds } from '../../src/vscode/ids';
import type { HashedRows } from '../support/hashRows.mts';
import { findRow, isKind, openApp, runScript, until } from './home';

describe('Sync', () => {
  let app: App;
  let folder: string;
  let session: DatabaseSession;
  let request: SyncRequest;
  /** What was shown to the user, and the button that the user presses in it. */
  let shown: string[];
  let press: (message: string, buttons: readonly string[]) => string | undefined;
  const { showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick, withProgress } = window;
  const original = { showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick, withProgress };

  before(async () => {
    app = await openApp();
    folder = await realpath(await mkdtemp(join(tmpdir(), 'occupancy-sync-')));
    await runScript('../demo/makeDemo.mts', join(folder, 'config'));
    await rm(join(folder, 'config', '.storage', 'area_occupancy.db.lock'));
    session = await app.databases.open(join(folder, 'config', '.storage', 'area_occupancy.db'));
    request = { database: session.path, source: { kind: 'recorder', path: join(folder, 'config', 'home-assistant_v2.db') } };
  });

  after(async () => {
    await app.databases.close(session);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  beforeEach(() => {
    shown = [];
    press = () => undefined;
    const show = async (message: string, ...buttons: string[]): Promise<string | undefined> => {
      shown.push(message);
      return press(message, buttons);
    };
    Object.assign(window, { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show });
  });

  afterEach(async () => {
    Object.assign(window, original);
    await commands.executeCommand(commandIds.discardSync);
  });

  const rows = async (): Promise<HashedRows> => JSON.parse(await runScript('hashRows.mts', session.path)) as HashedRows;
  const previewed = (): Promise<TreeNode[]> => app.syncPreview.view.getChildren();
  const run = (of: SyncRequest = request): Thenable<unknown> => commands.executeCommand(commandIds.sync, of);

  it('shows what would be added by area and entity, and writes nothing', async () => {
    const before = await rows();
    await run();
    const { report } = app.syncPreview.pending!;
    const areas = (await previewed()).filter(isKind('syncArea')) as SyncAreaNode[];
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
    assert.ok(report.intervals.added > 50, JSON.stringify(report.intervals));
    assert.equal(sum(areas.map(({ intervals }) => intervals)), report.intervals.added);
    assert.equal(sum(areas.map(({ samples }) => samples)), report.samples.added);
    const entities = (await app.syncPreview.view.getChildren(areas[0])) as SyncEntityNode[];
    assert.equal(sum(entities.map(({ sync }) => sync.intervals.added)), areas[0]!.intervals);
    assert.ok(entities.some(({ friendlyName }) => friendlyName !== null));
    const opened = entities.find(({ sync }) => sync.intervals.added > 2)!;
    const ends = (await app.syncPreview.view.getChildren(opened)).map(({ kind }) => kind);
    assert.deepEqual(ends, ['syncRow', 'syncBetween', 'syncRow']);
    assert.match(app.syncPreview.view.view.message ?? '', /^Add \d+ intervals in 8 areas and \d+ samples; \d+ already there/);
    await commands.executeCommand(commandIds.discardSync);
    assert.deepEqual(await previewed(), []);
    assert.deepEqual(await rows(), before);
  });

  /** What is offered to read from, where the user picks the item of that number, or none. */
  async function offeredSources(picked?: number): Promise<readonly QuickPickItem[]> {
    let offered: readonly QuickPickItem[] = [];
    const pick = async (items: readonly QuickPickItem[]): Promise<QuickPickItem | undefined> => {
      offered = items;
      return picked === undefined ? undefined : items[picked];
    };
    Object.assign(window, { showQuickPick: pick });
    await run({ database: session.path });
    return offered;
  }

  it('asks where to read from, the recorder beside the database first', async () => {
    const offered = await offeredSources(0);
    assert.deepEqual(
      offered.map(({ label }) => label),
      ["Home Assistant's recorder", 'Home Assistant over WebSocket', 'Another recorder file…'],
    );
    assert.equal(offered[0]!.detail, join(folder, 'config', 'home-assistant_v2.db'));
    assert.match(offered[0]!.description ?? '', /^\d+(\.\d)? MB, written /);
    assert.ok(app.syncPreview.pending);
  });

  it('does not put the file first that the recorder does not write to, even where the settings name it', async () => {
    const configuration = join(folder, 'config', 'configuration.yaml');
    const before = await readFile(configuration, 'utf8');
    const settings = workspace.getConfiguration('areaOccupancy.sync');
    await settings.update('source', 'recorder');
    await writeFile(configuration, 'recorder:\n  db_url: mysql://homeassistant:secret@core-mariadb/homeassistant\n');
    try {
      const [first, second] = await offeredSources();
      assert.equal(first?.label, 'Home Assistant over WebSocket');
      assert.equal(second?.description, 'not used');
      assert.match(second.detail ?? '', /^configuration\.yaml has the recorder write to MariaDB or MySQL, not to /);
      await writeFile(configuration, before);
      assert.deepEqual(await offeredSources(), []);
      assert.ok(app.syncPreview.pending);
    } finally {
      await writeFile(configuration, before);
      await settings.update('source', undefined);
    }
  });

  it('adds what the preview shows, once, and redraws what changed', async () => {
    const before = await rows();
    await run();
    const { report } = app.syncPreview.pending!;
    const [node] = await previewed();
    const area = await findRow(app.intervals, (row) => row.database === session.path, isNamed(node as SyncAreaNode));
    await app.intervals.getChildren(area);
    const redrawn: (TreeNode | undefined)[] = [];
    const subscription = app.intervals.onDidChangeTreeData((branch) => redrawn.push(branch));
    await commands.executeCommand(commandIds.applySync);
    const after = await rows();
    assert.equal(after.intervals, before.intervals + report.intervals.added);
    assert.equal(after.samples, before.samples + report.samples.added);
    const added = `Added ${report.intervals.added} intervals and ${report.samples.added} samples to ${session.name}.`;
    assert.equal(shown.at(-1), added);
    assert.equal(app.syncPreview.pending, undefined);
    await until(async () => redrawn.length > 0, 2000, 'the new intervals');
    subscription.dispose();
    assert.deepEqual([...new Set(redrawn)], [area]);
    await commands.executeCommand(commandIds.applySync);
    assert.deepEqual(await rows(), after);
  });

  it('says so where there is nothing to add, and writes nothing', async () => {
    const path = join(folder, 'empty.db');
    await runScript('emptyRecorder.mts', path, session.path);
    const before = await rows();
    await run({ ...request, source: { kind: 'recorder', path } });
    assert.equal(shown.length, 1);
    assert.match(shown[0]!, /: Nothing to add: no states since .+\.$/);
    assert.equal(app.syncPreview.pending, undefined);
    assert.deepEqual(await rows(), before);
  });

  it('leaves everything as it was when the reading is cancelled, and says nothing', async () => {
    const cancelled = new CancellationTokenSource();
    const cancelSoon = (_options: unknown, work: (bar: object, token: unknown) => Promise<unknown>): Promise<unknown> => {
      setTimeout(() => cancelled.cancel());
      return work({ report: () => undefined }, cancelled.token);
    };
    Object.assign(window, { withProgress: cancelSoon });
    const before = await rows();
    await run();
    assert.equal(app.syncPreview.pending, undefined);
    assert.deepEqual(shown, []);
    assert.deepEqual(await rows(), before);
  });

  it('waits for the lock no longer than it may, and applies the same plan when it is tried again', async () => {
    const settings = workspace.getConfiguration('areaOccupancy.lock');
    await settings.update('timeout', 1);
    try {
      await until(async () => !session.failed && session.info !== null, 5000, 'the database');
      await run();
      await writeFile(`${session.path}.lock`, `${process.pid}:${Date.now() / 1000}`, { flag: 'wx' });
      const answered = new Promise<void>((resolve) => {
        press = (message, buttons) => {
          if (!message.startsWith('Database is busy')) return undefined;
          assert.deepEqual(buttons, ['Retry', 'Show Lock', 'Show Log']);
          resolve();
          return undefined;
        };
      });
      await commands.executeCommand(commandIds.applySync);
      await answered;
      assert.ok(app.syncPreview.pending);
      await rm(`${session.path}.lock`);
      await commands.executeCommand(commandIds.applySync);
      assert.match(shown.at(-1)!, /^Added /);
    } finally {
      await rm(`${session.path}.lock`, { force: true });
      await settings.update('timeout', undefined);
    }
  });

  it('takes the preview away when the database is opened anew, and says so', async () => {
    await run();
    shown = [];
    session.reopen();
    await until(async () => shown.length > 0, 5000, 'the message');
    assert.equal(app.syncPreview.pending, undefined);
    assert.match(shown.at(-1)!, /^The sync preview of .* is gone/);
  });

  it('takes the preview away with its database, without a word', async () => {
    await run();
    shown = [];
    await app.databases.close(session);
    await until(async () => app.syncPreview.pending === undefined, 2000, 'the preview to go');
    assert.deepEqual(shown, []);
    session = await app.databases.open(session.path);
  });

  it('tells of a file that is no recorder, and has given up the preview before', async () => {
    await run();
    shown = [];
    await run({ ...request, source: { kind: 'recorder', path: session.path } });
    assert.equal(shown.length, 1);
    assert.match(shown[0]!, /recorder/i);
    assert.equal(app.syncPreview.pending, undefined);
  });
});

function isNamed({ areaName }: SyncAreaNode): (node: TreeNode) => boolean {
  return (node) => node.kind === 'area' && node.area.areaName === areaName;
}
