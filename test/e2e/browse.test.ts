import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';

describe('Browsing the database of the workspace', () => {
  const workbench = useWorkbench({ viewport: { width: 1280, height: 1100 } });

  it('finds it without a click and shows its areas', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.treeItem(/^Database area_occupancy\.db/, 'Areas').waitFor();
    await ui.treeItem('Area Büro, Office', 'Areas').waitFor();
    expect(await ui.treeItem(/^Area /, 'Areas').count()).toBe(8);
  });

  it('opens an area into its day, its priors and its entities', async () => {
    const { ui } = workbench();
    await ui.expand('Area Kitchen', 'Areas');
    await ui.treeItem('Kitchen today:', 'Areas').waitFor();
    await ui.treeItem('Kitchen learned prior', 'Areas').waitFor();
    await ui
      .treeItem(/^Entity .+, motion, weight/, 'Areas')
      .first()
      .waitFor();
  });

  it('shows a day of intervals, newest first, and loads more', async () => {
    const { ui } = workbench();
    await ui.expand('Area Living Room', 'Intervals');
    const day = ui.treeItem(/, \d.* intervals?$/, 'Intervals').nth(1);
    await day.click();
    await ui
      .treeItem(/ \d+ (s|min|h)/, 'Intervals')
      .first()
      .waitFor();
    await ui.screenshot('intervals');
    const more = ui.treeItem(/^Load more, 200 of /, 'Intervals');
    await ui.pageDownTo(more, 'Intervals');
    await more.click();
    await ui.pageDownTo(ui.treeItem(/^Load more, 400 of /, 'Intervals'), 'Intervals');
  });

  it('narrows the entities to a text', async () => {
    const { ui } = workbench();
    await ui.runCommand('Area Occupancy: Filter Entities…');
    await ui.treeItem('Area Bathroom', 'Entities').waitFor();
    const input = ui.page.getByPlaceholder('Part of an id, name, type or area');
    await input.fill('dining');
    await expect.poll(() => ui.rows('Entities')).toEqual(['Area Dining Room, Dining Room, 9 entities']);
    await input.press('Enter');
    await ui.screenshot('entities');
    await ui.runCommand('Area Occupancy: Clear Entity Filter');
    await ui.treeItem('Area Bathroom', 'Entities').waitFor();
    await ui.runCommand('Area Occupancy: Group Entities by Type');
    await ui.treeItem(/^Type appliance, \d+ entities$/, 'Entities').waitFor();
    await ui.viewHeader('Entities').click();
  });

  it('takes the user from an entity to its intervals', async () => {
    const { ui } = workbench();
    const entity = ui.treeItem(/^Entity .+, motion, weight/, 'Areas').first();
    await entity.hover();
    await entity.getByRole('button', { name: 'Show Intervals' }).click();
    await ui.tree('Intervals').locator('[role=treeitem][aria-expanded=true]').first().waitFor();
    await ui
      .treeItem(/^Entity .+, motion, weight/, 'Intervals')
      .first()
      .waitFor();
  });

  it('closes and opens again', async () => {
    const { ui } = workbench();
    await ui.runCommand('Area Occupancy: Close Database');
    await ui.page.getByText('No occupancy database is open.').waitFor();
    await ui.runCommand('Area Occupancy: Open Database…');
    await ui.quickPick('area_occupancy.db').first().click();
    await ui.treeItem('Area Büro, Office', 'Areas').waitFor();
  });

  it('edits an area after a preview, and takes the edit back after a reload', async () => {
    const { ui, database } = workbench();
    const threshold = (): unknown => {
      const db = new Database(database, { readonly: true });
      const value = db.prepare(`SELECT threshold FROM areas WHERE area_name = 'Büro'`).pluck().get();
      db.close();
      return value;
    };
    const before = threshold();
    await ui.chooseFromMenu(ui.treeItem('Area Büro, Office', 'Areas').first(), 'Edit Area…');
    await ui.quickPick(/^Threshold/).waitFor();
    await ui.screenshot('edit-field');
    await ui.quickPick(/^Threshold/).click();
    const input = ui.page.locator('.quick-input-widget').getByRole('textbox');
    await input.fill('420 %');
    await ui.page.getByText('420 % is out of bounds.').waitFor();
    await ui.screenshot('edit-out-of-bounds');
    await input.fill('42 %');
    await input.press('Enter');
    await ui.dialog('Change Büro?').waitFor();
    await ui.screenshot('edit-preview');
    await ui.dialogButton('Apply').click();
    await ui.notification(/Büro: Threshold: .* → 42%/).waitFor();
    await ui.screenshot('edit-done');
    expect(threshold()).toBe(0.42);
    await workbench().reload();
    await ui.openContainer('Area Occupancy');
    await ui.treeItem('Area Büro, Office', 'Areas').first().waitFor();
    await ui.runCommand('Area Occupancy: Undo Last Edit');
    await ui.notification(/Undone\. Büro: Threshold: 42% → /).waitFor();
    expect(threshold()).toBe(before);
  });

  it('leaves no error in the console or in the log of the extension host', async () => {
    expect(await workbench().faults.all()).toEqual([]);
  });
});
