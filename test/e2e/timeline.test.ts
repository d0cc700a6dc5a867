import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyDemoFolder, useWorkbench } from './support/openWorkbench.ts';

/** Names as people give them: written from right to left, wide, and long. */
const NAMES: Readonly<Record<string, string>> = {
  'binary_sensor.kitchen_motion': 'חיישן תנועה במטבח',
  'cover.kitchen_cover_2': '台所の人感センサー',
  'sensor.kitchen_temperature': 'The thermometer beside the window over the sink',
};

async function makeFolder(): Promise<string> {
  const folder = await copyDemoFolder();
  const file = join(folder, '.storage', 'core.entity_registry');
  const registry = JSON.parse(await readFile(file, 'utf8'));
  for (const entity of registry.data.entities) entity.name = NAMES[entity.entity_id] ?? entity.name;
  await writeFile(file, JSON.stringify(registry));
  return folder;
}

describe('The timeline of an area, over plain http, where webviews do not render', () => {
  const workbench = useWorkbench({ makeFolder, insecure: true, viewport: { width: 1600, height: 900 } });

  it('opens from its row as a text plot', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    // A view that is read anew just then lets go of its rows: wait until all is there.
    await ui.statusBarItem('The lock is stale').waitFor();
    await ui.treeItem('Area Kitchen', 'Intervals').waitFor();
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

  it('is there again after a reload', async () => {
    const { ui } = workbench();
    const loaded = ui.page.waitForEvent('load');
    await ui.runCommand('Developer: Reload Window');
    await loaded;
    await ui.editorTab('Kitchen.timeline').waitFor();
    await ui.page.getByText('each column is 8 h').first().waitFor();
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
});

describe('The timeline of areas, on a secure origin', () => {
  const workbench = useWorkbench({ makeFolder, viewport: { width: 1600, height: 900 } });

  it('is drawn for two areas that are selected, and leads to an interval in the tree and back', async () => {
    const { ui, faults } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.statusBarItem('The lock is stale').waitFor();
    await ui.treeItem('Area Kitchen', 'Intervals').waitFor();
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

  it('is there again after a reload, where it was', async () => {
    const { ui, faults } = workbench();
    await ui.editorTab(/Kitchen, Bedroom|Bedroom, Kitchen/).click();
    const loaded = ui.page.waitForEvent('load');
    await ui.runCommand('Developer: Reload Window');
    await loaded;
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await page.locator('.name.area', { hasText: 'Bedroom' }).waitFor();
    expect(await faults.all()).toEqual([]);
  });
});
