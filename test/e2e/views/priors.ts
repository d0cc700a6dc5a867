import { expect, it } from 'vitest';
import type { OpenedWorkbench } from '../support/openWorkbench.ts';
import { openViews } from './openViews.ts';

/** The priors of two areas as a page. */
export function priorsDrawn(workbench: () => OpenedWorkbench): void {
  it('open drawn for two areas that are selected, follow the theme, and are shown as text on demand', async () => {
    const { ui, faults } = workbench();
    await openViews(ui);
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
}

/** The priors of an area as text. */
export function priorsAsText(workbench: () => OpenedWorkbench): void {
  it('open from its row as text, are compared by a key, and tell of an hour what its number rests on', async () => {
    const { ui, faults } = workbench();
    await openViews(ui);
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
}
