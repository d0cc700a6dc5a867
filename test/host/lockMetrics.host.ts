import { strict as assert } from 'node:assert';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, type QuickPickItem, TabInputWebview, type TextDocument, Uri, window, workspace } from 'vscode';
import { commandIds, documentSchemes } from '../../src/vscode/ids';
import type { App } from '../../src/vscode/app';
import { databasePath, openApp, until } from './home';

describe('Lock metrics', () => {
  let app: App;
  const original = { save: window.showSaveDialog, inform: window.showInformationMessage, pick: window.showQuickPick };
  const folder = tmpdir();

  before(async () => {
    app = await openApp();
    await app.databases.get(databasePath).reader.resetLockMetrics();
  });

  after(async () => {
    await readsLock(undefined);
    Object.assign(window, {
      showSaveDialog: original.save,
      showInformationMessage: original.inform,
      showQuickPick: original.pick,
    });
    await plots(undefined);
  });

  const readsLock = (value: string | undefined) => workspace.getConfiguration('areaOccupancy').update('lock.reads', value);

  const plots = (value: string | undefined) => workspace.getConfiguration('areaOccupancy').update('plots', value);

  const shown = (): TextDocument => {
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, documentSchemes.lockMetrics);
    return document;
  };

  async function exportTo(name: string, form: string): Promise<string> {
    const target = Uri.file(join(folder, name));
    Object.assign(window, {
      showSaveDialog: async () => target,
      showInformationMessage: async () => undefined,
      showQuickPick: async (items: readonly QuickPickItem[]) => items.find(({ label }) => label === form),
    });
    await commands.executeCommand(commandIds.exportLockMetrics, { database: databasePath });
    const text = await readFile(target.fsPath, 'utf8');
    await rm(target.fsPath);
    return text;
  }

  it('are shown in a read-only document that follows them', async () => {
    await plots('text');
    await commands.executeCommand(commandIds.showLockMetrics, { database: databasePath });
    assert.equal(shown().languageId, documentSchemes.lockMetrics);
    assert.match(shown().getText(), /Latest use rested on +not used by this window yet/);
    // Browsing takes the lock then.
    await readsLock('always');
    await until(async () => /kernel\+marker[\s\S]+Wait for nobody/.test(shown().getText()), 8000, 'the use of the lock');
  });

  it('are exported as JSON and for Prometheus', async () => {
    const metrics = JSON.parse(await exportTo('lock-metrics.json', 'JSON'));
    assert.equal(metrics.path, `${databasePath}.lock`);
    assert.match(await exportTo('lock-metrics.prom', 'Prometheus'), /^# HELP area_occupancy_lock_counting_start_time_seconds /);
  });

  it('are a panel where webviews render', async () => {
    await plots('webview');
    await commands.executeCommand(commandIds.showLockMetrics, { database: databasePath });
    const isPanel = (): boolean => window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputWebview;
    await until(async () => isPanel(), 2000, 'the panel');
    await commands.executeCommand(commandIds.showAsText);
    await until(async () => window.activeTextEditor?.document.uri.scheme === documentSchemes.lockMetrics, 2000, 'the text');
  });

  it('begin anew when they are reset from the document', async () => {
    const { reader } = app.databases.get(databasePath);
    const { since } = await reader.getLockMetrics();
    await commands.executeCommand(commandIds.resetLockMetrics, shown().uri);
    await until(async () => (await reader.getLockMetrics()).since > since, 1000, 'counting anew');
  });
});
