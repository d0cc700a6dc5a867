import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';

const NOW = /\(now\)\. Kitchen: /;

describe('The priors of an area, over plain http, where webviews do not render', () => {
  const workbench = useWorkbench({ insecure: true, viewport: { width: 1440, height: 1000 } });

  it('open from its row as text', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    // A view that is read anew just then lets go of its rows: wait until all is there.
    await ui.statusBarItem('The lock is stale').waitFor();
    await ui.treeItem('Area Kitchen', 'Intervals').waitFor();
    const area = ui.treeItem('Area Kitchen', 'Areas').first();
    await area.hover();
    await area.getByRole('button', { name: 'Show Priors' }).click();
    await ui.editorTab('Kitchen.priors').waitFor();
    await ui.page.getByText('Hours are by the clock of').first().waitFor();
    await ui.screenshot('priors');
  });

  it('are compared with those of an area that is picked, and tell of an hour what its number rests on', async () => {
    const { ui, faults } = workbench();
    await ui.page.keyboard.press('c');
    await ui.quickPick('Bedroom').click();
    await ui.editorTab('Kitchen and Bedroom.priors').waitFor();
    await ui.runCommand('Preferences: Toggle between Light/Dark Themes');
    const monday = ui.page.locator('.view-line').filter({ hasText: /^Mon/ }).first();
    await monday.getByText(/\d/).nth(5).hover();
    await ui.page.locator('.monaco-hover').filter({ hasText: 'Data points' }).waitFor();
    await ui.screenshot('priors-compared-light');
    expect(await faults.all()).toEqual([]);
  });
});

describe('The priors of an area, on a secure origin', () => {
  const workbench = useWorkbench({ viewport: { width: 1440, height: 1000 } });

  it('open drawn, for two areas that are selected', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.statusBarItem('The lock is stale').waitFor();
    await ui.treeItem('Area Kitchen', 'Intervals').waitFor();
    await ui.treeItem('Area Kitchen', 'Areas').first().click();
    await ui
      .treeItem('Area Bedroom', 'Areas')
      .first()
      .click({ modifiers: ['ControlOrMeta'] });
    await ui.treeItem('Area Bedroom', 'Areas').first().click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Compare Priors…' }).click();
    await ui.editorTab('Bedroom and Kitchen Priors').or(ui.editorTab('Kitchen and Bedroom Priors')).waitFor();
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await page.getByRole('gridcell', { name: NOW }).first().waitFor();
    expect(await page.getByRole('grid').count()).toBe(3);
    await ui.screenshot('priors-webview');
  });

  it('are there again after a reload, with the hour that had the focus', async () => {
    const { ui } = workbench();
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await page.getByRole('gridcell', { name: NOW }).first().click();
    await ui.page.keyboard.press('Control+Home');
    const loaded = ui.page.waitForEvent('load');
    await ui.runCommand('Developer: Reload Window');
    await loaded;
    await page.getByRole('gridcell', { name: NOW }).first().waitFor();
    expect(await page.locator('td[tabindex="0"]').first().getAttribute('aria-label')).toMatch(/00:00 – 01:00/);
  });

  it('follow the theme, and are shown as text where that is asked for', async () => {
    const { ui, faults } = workbench();
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    for (const theme of ['Light Modern', 'Dark High Contrast', 'Light High Contrast']) {
      await ui.runCommand('Preferences: Color Theme');
      await ui.quickPick(theme).first().click();
      await page.getByRole('gridcell', { name: NOW }).first().waitFor();
      await ui.screenshot(`priors-webview-${theme}`);
    }
    await page.getByRole('button', { name: 'Show as Text' }).click();
    await ui.editorTab('.priors').waitFor();
    await ui.page.getByText('Hours are by the clock of').first().waitFor();
    await ui.screenshot('priors-light-high-contrast');
    expect(await faults.all()).toEqual([]);
  });
});
