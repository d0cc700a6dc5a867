import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OpenedWorkbench } from '../support/openWorkbench.ts';
import { openViews } from './openViews.ts';

/** Narrowing the views, and exporting what is left. */
export function narrowingAndExporting(workbench: () => OpenedWorkbench): void {
  it('shows the intervals of some types and states alone, and says so', async () => {
    const { ui } = workbench();
    await openViews(ui);
    await ui.runCommand('Area Occupancy: Group Intervals by Area');
    await ui.treeItem('Area Kitchen', 'Intervals').waitFor();
    await ui.runCommand('Area Occupancy: Filter Intervals');
    for (const kind of [/^active/, /^motion/]) {
      await ui.page.keyboard.type(kind.source.slice(1));
      await ui.page.getByRole('listbox').getByRole('checkbox', { name: kind }).first().click();
      await ui.page.getByRole('textbox', { name: /States, types/ }).fill('');
    }
    await ui.screenshot('filter-pick');
    await ui.page.keyboard.press('Enter');
    await ui.page.locator('.pane-header').getByText('motion, active').waitFor();
    await ui.expand('Area Kitchen', 'Intervals');
    await ui.expand(/\d intervals$/, 'Intervals');
    await ui
      .treeItem(/Motion.* on, from/, 'Intervals')
      .first()
      .waitFor();
    expect((await ui.rows('Intervals')).filter((row) => / off, from/.test(row))).toEqual([]);
    await ui.screenshot('filter-intervals');
  });

  it('exports what the view shows to a file beside the workspace', async () => {
    const { ui, folder } = workbench();
    await ui.runCommand('Area Occupancy: Export Shown Intervals');
    await ui.quickPick('CSV').click();
    const path = ui.page.getByRole('textbox', { name: /path|file/i }).or(ui.page.locator('.quick-input-box input'));
    await path.first().waitFor();
    await expect.poll(() => path.first().inputValue()).toMatch(/intervals filtered\.csv$/);
    await ui.screenshot('export-dialog');
    await ui.page.getByRole('button', { name: 'OK' }).click();
    const told = ui.notification(/[\d,]+ rows exported to/);
    await told.waitFor();
    await ui.screenshot('export-done');
    const file = (await readdir(folder)).find((name) => name.endsWith('.csv'));
    const lines = (await readFile(join(folder, file!), 'utf8')).trimEnd().split('\r\n');
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.slice(1).filter((line) => !/_motion(_\d+)?,on,2/.test(line))).toEqual([]);
    await told.getByRole('button', { name: 'Open' }).click();
    await ui.editorTab(file!).waitFor();
  });

  it('clears the filter, and goes to a date', async () => {
    const { ui, faults } = workbench();
    await ui.runCommand('Preferences: Toggle between Light/Dark Themes');
    await ui.runCommand('Area Occupancy: Clear Interval Filter');
    await ui.page.locator('.pane-header').getByText('motion, active').waitFor({ state: 'hidden' });
    await ui.treeItem('Area Kitchen', 'Intervals').first().click();
    await ui.runCommand('Area Occupancy: Intervals: Go to Date');
    const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
    await ui.page.keyboard.type(day);
    await ui.page.keyboard.press('Enter');
    await ui
      .tree('Intervals')
      .locator('[role=treeitem][aria-selected=true]')
      .and(ui.treeItem(/\d intervals$/))
      .waitFor();
    await ui.screenshot('go-to-date');
    expect(await faults.all()).toEqual([]);
  });
}
