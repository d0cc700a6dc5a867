import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';
import { shownPage } from './views/overview.ts';

describe('The stale lock of the demo home', () => {
  const workbench = useWorkbench();

  it('is seen in the status bar', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.treeItem('Area Büro', 'Areas').waitFor();
    await ui.statusBarItem('The lock is stale').waitFor();
  });

  it('is explained in a document', async () => {
    const { ui } = workbench();
    await ui.statusBarItem('The lock is stale').click();
    await ui.editorTab('area_occupancy.db.lock.txt').waitFor();
    await ui.page.getByText('Whoever wrote it no longer renews it.').first().waitFor();
    await ui.screenshot('lock');
  });

  it('stays when the user cancels', async () => {
    const { ui, database } = workbench();
    await ui.runCommand('Area Occupancy: Clear Stale Lock…');
    await ui.dialog('The lock is stale. Remove area_occupancy.db.lock?').waitFor();
    await ui.screenshot('clear-stale-lock');
    await ui.dialogButton('Cancel').click();
    expect(existsSync(`${database}.lock`)).toBe(true);
  });

  it('is removed after the answer, and the status bar says so', async () => {
    const { ui, database, faults } = workbench();
    await ui.runCommand('Area Occupancy: Clear Stale Lock…');
    await ui.dialogButton('Remove Lock').click();
    await ui.statusBarItem('The lock is free').waitFor();
    expect(existsSync(`${database}.lock`)).toBe(false);
    expect(existsSync(database)).toBe(true);
    await expect.poll(() => faults.extensionLog()).toContain('Removing stale lock file');
  });

  it('shows what it cost in its view and on a page', async () => {
    const { ui } = workbench();
    await ui.page.getByRole('button', { name: 'Lock Section' }).click();
    await ui.treeItem('The lock is free', 'Lock').waitFor();
    await ui.runCommand('Area Occupancy: Show Lock Metrics');
    await shownPage(ui).getByRole('heading', { name: 'Lock of area_occupancy.db' }).waitFor();
    await ui.screenshot('lock-metrics-webview');
  });

  it('leaves no error in the console or in the log of the extension host', async () => {
    expect(await workbench().faults.all()).toEqual([]);
  });
});

describe('In Restricted Mode, over plain http, where webviews do not render', () => {
  const workbench = useWorkbench({ trusted: false, insecure: true });

  it('reads, explains the lock, and refuses to remove it', async () => {
    const { ui, database } = workbench();
    expect(await ui.page.evaluate('isSecureContext')).toBe(false);
    await ui.openContainer('Area Occupancy');
    await ui.treeItem('Area Büro', 'Areas').waitFor();
    await ui.runCommand('Area Occupancy: Show Lock');
    await ui.page.getByText('The lock is stale.').first().waitFor();
    await ui.runCommand('Area Occupancy: Clear Stale Lock…');
    await ui.notification('Locks are not removed in Restricted Mode.').waitFor();
    await ui.screenshot('restricted');
    await ui.runCommand('Area Occupancy: Show Lock Metrics');
    await ui.page.getByText('counted for').first().waitFor();
    expect(existsSync(`${database}.lock`)).toBe(true);
  });

  it('refuses to sync', async () => {
    const { ui } = workbench();
    await ui.runCommand('Area Occupancy: Sync…');
    await ui.notification('Nothing is written to a database in Restricted Mode.').waitFor();
    expect(await ui.treeItem(/add \d+ interval/).count()).toBe(0);
  });

  it.each(['Edit Area…', 'Delete Learned History…'])('refuses %s', async (title) => {
    const { ui } = workbench();
    await ui.runCommand('Notifications: Clear All Notifications');
    await ui.runCommand(`Area Occupancy: ${title}`);
    await ui.notification('Nothing is written to a database in Restricted Mode.').waitFor();
  });
});
