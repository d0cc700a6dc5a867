import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../setup/workbenchSettings.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { copyDemoFolder, useWorkbench } from './support/openWorkbench.ts';

describe('A folder with a config folder in it, and a database of 2025 named in the settings', () => {
  const writeSettings = (folder: string, settings: Settings): Promise<void> => {
    const paths = { 'areaOccupancy.databasePaths': ['old/.storage/area_occupancy.db'] };
    return writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify({ ...paths, ...settings }));
  };
  const makeFolder = async (): Promise<string> => {
    const folder = dirname(await copyDemoFolder());
    await mkdir(join(folder, 'old', '.storage'), { recursive: true });
    await mkdir(join(folder, '.vscode'));
    buildDatabase(join(folder, 'old', '.storage', 'area_occupancy.db'), {
      version: 3,
      areas: 3,
      entities: 9,
      days: 2,
      endTime: new Date(),
    });
    await writeSettings(folder, {});
    return folder;
  };
  // High enough for the rows of both in every view.
  const workbench = useWorkbench({ makeFolder, viewport: { width: 1280, height: 1500 } });

  it('opens both, each under its own name', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.treeItem('Database area_occupancy.db (config), AOD schema 18', 'Areas').waitFor();
    await ui.treeItem('Database area_occupancy.db (old), AOD schema 3', 'Areas').waitFor();
    await expect.poll(() => ui.treeItem(/^Area Kitchen/, 'Areas').count()).toBe(2);
    await ui.treeItem('Database area_occupancy.db (old)', 'Intervals').waitFor();
  });

  it('shows areas, priors and intervals of the old schema as well', async () => {
    const { ui } = workbench();
    const kitchen = ui.treeItem(/^Area Kitchen/, 'Areas').last();
    await kitchen.click();
    await ui.treeItem('Kitchen learned prior', 'Areas').waitFor();
    await ui.treeItem('Kitchen today:', 'Areas').waitFor();
    await ui
      .treeItem(/^Area Kitchen/, 'Intervals')
      .last()
      .click();
    await ui
      .treeItem(/ intervals?$/, 'Intervals')
      .first()
      .click();
    await ui
      .treeItem(/, from \d\d:\d\d:\d\d to /, 'Intervals')
      .first()
      .waitFor();
    await ui.screenshot('several');
  });

  it('asks which one a command is about, and closes just that', async () => {
    const { ui } = workbench();
    await ui.runCommand('Area Occupancy: Close Database');
    await ui.quickPick('area_occupancy.db (old)').click();
    await ui.treeItem('Database area_occupancy.db (old)', 'Areas').waitFor({ state: 'detached' });
    await ui.treeItem('Database area_occupancy.db (config)', 'Areas').waitFor();
    await ui.runCommand('Area Occupancy: Refresh');
    await ui.page.waitForTimeout(1000);
    expect(await ui.treeItem('Database area_occupancy.db (old)', 'Areas').count()).toBe(0);
  });

  it('shows a snapshot where one is asked for, of the time of each refresh, and writes nothing to it', async () => {
    const { ui, folder } = workbench();
    const snapshot = ui.treeItem(/^Database area_occupancy\.db \(config\), snapshot of \d\d:\d\d:\d\d, AOD schema 18$/, 'Areas');
    await writeSettings(folder, { 'areaOccupancy.snapshots': 'always' });
    await snapshot.waitFor();
    const first = await snapshot.getAttribute('aria-label');
    await ui.treeItem(/^Snapshot of .* It is a snapshot, since the setting/, 'Intervals').waitFor();
    await ui.screenshot('snapshot');
    await ui.page.waitForTimeout(1000);
    await ui.runCommand('Area Occupancy: Refresh');
    await expect.poll(() => snapshot.getAttribute('aria-label')).not.toBe(first);
    await ui.treeItem(/^Area Kitchen/, 'Areas').waitFor();
    await ui.runCommand('Area Occupancy: Sync…');
    await ui.notification('is read-only, so nothing was changed').waitFor();
    await ui.screenshot('snapshot refuses');
    expect(await workbench().faults.all()).toEqual([]);
  });
});
