import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';

describe('The priors of an area, over plain http, where webviews do not render', () => {
  const workbench = useWorkbench({ insecure: true, viewport: { width: 1440, height: 1000 } });

  it('open from its row as text, are compared by a key, and tell of an hour what its number rests on', async () => {
    const { ui, faults } = workbench();
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
    await ui.page.keyboard.press('c');
    await ui.quickPick('Bedroom').click();
    await ui.editorTab('Kitchen and Bedroom.priors').waitFor();
    const monday = ui.page.locator('.view-line').filter({ hasText: /^Mon/ }).first();
    await monday.getByText(/▁/).first().hover();
    await ui.page.locator('.monaco-hover').filter({ hasText: 'Data points' }).waitFor();
    await ui.screenshot('priors-compared');
    expect(await faults.all()).toEqual([]);
  });
});

describe('The priors of an area, on a secure origin', () => {
  const workbench = useWorkbench({ viewport: { width: 1440, height: 1000 } });

  it('open drawn for two areas that are selected, follow the theme, and are shown as text on demand', async () => {
    const { ui, faults } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.statusBarItem('The lock is stale').waitFor();
    await ui.treeItem('Area Kitchen', 'Intervals').waitFor();
    await ui.treeItem('Area Kitchen', 'Areas').first().click();
    const second = ui.treeItem('Area Bedroom', 'Areas').first();
    await second.click({ modifiers: ['ControlOrMeta'] });
    await second.click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Compare Priors…' }).click();
    await ui.editorTab('Kitchen and Bedroom Priors').waitFor();
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await page
      .getByRole('gridcell', { name: /\(now\)\. Kitchen: / })
      .first()
      .waitFor();
    expect(await page.getByRole('grid').count()).toBe(3);
    await ui.screenshot('priors-webview');
    await ui.runCommand('Preferences: Toggle between Light/Dark Themes');
    await page.locator('body.vscode-dark').waitFor();
    await ui.screenshot('priors-webview-dark');
    await page.getByRole('button', { name: 'Show as Text' }).click();
    await ui.editorTab('Kitchen and Bedroom.priors').waitFor();
    await ui.page.getByText('Hours are by the clock of').first().waitFor();
    expect(await faults.all()).toEqual([]);
  });
});
