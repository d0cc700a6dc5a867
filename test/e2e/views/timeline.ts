import { expect, it } from 'vitest';
import type { OpenedWorkbench } from '../support/openWorkbench.ts';
import { NAMES } from './homeFolder.ts';
import { openViews } from './openViews.ts';

/** The timeline of areas as a page. */
export function timelineDrawn(workbench: () => OpenedWorkbench): void {
  it('is drawn for two areas that are selected, and leads to an interval in the tree and back', async () => {
    const { ui, faults } = workbench();
    await openViews(ui);
    await ui.treeItem('Area Kitchen', 'Areas').first().click();
    const second = ui.treeItem('Area Bedroom', 'Areas').first();
    await second.click({ modifiers: ['ControlOrMeta'] });
    await second.getByRole('button', { name: 'Show Timeline' }).click();
    await ui.editorTab(/Kitchen, Bedroom|Bedroom, Kitchen/).waitFor();
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await page.locator('.name.area', { hasText: 'Bedroom' }).waitFor();
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await ui.page.waitForTimeout(1500);
    await ui.screenshot('timeline-webview');
    await ui.runCommand('Preferences: Toggle between Light/Dark Themes');
    await page.locator('body.vscode-dark').waitFor();
    await page.getByRole('button', { name: 'Day', exact: true }).click();
    const lane = page.locator('.name', { hasText: NAMES['binary_sensor.kitchen_motion'] ?? '' });
    const { y = 0 } = (await lane.boundingBox()) ?? {};
    const over = (await page.locator('.u-over').boundingBox())!;
    await ui.page.mouse.move(over.x + over.width / 3, y + 12);
    await page.locator('.tip').filter({ hasText: 'UTC' }).waitFor();
    await ui.screenshot('timeline-webview-dark');
    await ui.page.mouse.click(over.x + over.width / 3, y + 12);
    const interval = ui
      .tree('Intervals')
      .locator('[role=treeitem][aria-selected=true]')
      .and(ui.treeItem(/, from \d\d:\d\d:\d\d to /));
    await interval.waitFor();
    await interval.hover();
    await interval.getByRole('button', { name: 'Show Timeline' }).click();
    await ui.editorTab('binary_sensor.kitchen_motion').waitFor();
    const other = ui.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
    await other.locator('.cursor').waitFor();
    await ui.screenshot('timeline-webview-interval');
    await other.getByRole('button', { name: 'As text' }).click();
    await ui.editorTab('binary_sensor.kitchen_motion.timeline').waitFor();
    expect(await faults.all()).toEqual([]);
  });
}

/** The timeline of an area as text. */
export function timelineAsText(workbench: () => OpenedWorkbench): void {
  it('opens from its row as a text plot', async () => {
    const { ui } = workbench();
    await openViews(ui);
    const area = ui.treeItem('Area Kitchen', 'Areas').first();
    await area.hover();
    await area.getByRole('button', { name: 'Show Timeline' }).click();
    await ui.editorTab('Kitchen.timeline').waitFor();
    await ui.page.getByText('each column is 20 min').first().waitFor();
    await ui.screenshot('timeline');
  });

  it('moves by keys', async () => {
    const { ui } = workbench();
    await ui.page.keyboard.press('w');
    await ui.page.getByText('each column is 2 h').first().waitFor();
    await ui.screenshot('timeline-week');
    await ui.page.keyboard.press('m');
    await ui.page.getByText('each column is 8 h').first().waitFor();
    await ui.screenshot('timeline-four-weeks');
    expect(await ui.editorTab('Kitchen.timeline').count()).toBe(1);
  });

  it('tells of a cell what was in it, and shows that in the Intervals view', async () => {
    const { ui } = workbench();
    await ui.runCommand('Preferences: Toggle between Light/Dark Themes');
    const lane = ui.page.locator('.view-line').filter({ hasText: 'Temperature 2' });
    await lane
      .getByText(/[▁▂▃▄▅▆▇█]{40}/)
      .last()
      .hover();
    const hover = ui.page.locator('.monaco-hover').filter({ hasText: 'Show in Intervals' });
    await hover.waitFor();
    await ui.screenshot('timeline-hover');
    await hover.getByText('Show in Intervals').click();
    await ui
      .tree('Intervals')
      .locator('[role=treeitem][aria-selected=true]')
      .and(ui.treeItem(/, from \d\d:\d\d:\d\d to /))
      .waitFor();
    await ui.screenshot('timeline-interval');
  });

  it('asks for the area where it is not run on a row', async () => {
    const { ui, faults } = workbench();
    await ui.runCommand('Area Occupancy: Show Timeline');
    await ui.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Büro' }).click();
    await ui.page.keyboard.press('Enter');
    await ui.editorTab('Büro.timeline').waitFor();
    await ui.page.getByText('each column is 20 min').first().waitFor();
    expect(await faults.all()).toEqual([]);
  });
}
