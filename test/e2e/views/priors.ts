import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OpenedWorkbench } from '../support/openWorkbench.ts';
import { openViews } from './openViews.ts';

/** The priors of two areas as a page. */
export function priorsDrawn(workbench: () => OpenedWorkbench): void {
  it('open drawn for two areas that are selected, follow the theme, are exported as a PNG, and are had as text and back', async () => {
    const { ui, faults, folder } = workbench();
    await openViews(ui);
    await ui.treeItem('Area Kitchen', 'Areas').first().click();
    const second = ui.treeItem('Area Bedroom', 'Areas').first();
    await second.click({ modifiers: ['ControlOrMeta'] });
    await ui.chooseFromMenu(second, 'Compare Priors…');
    await ui.editorTab('Kitchen and Bedroom Priors').waitFor();
    const page = ui.page.frameLocator('iframe.webview.ready').frameLocator('iframe[title]');
    await page
      .getByRole('gridcell', { name: /\(now\)\. Kitchen: / })
      .first()
      .waitFor();
    expect(await page.getByRole('grid').count()).toBe(3);
    // The timeline's test left the theme dark.
    await page.locator('body.vscode-dark').waitFor();
    await ui.screenshot('priors-webview-dark');
    await ui.runCommand('Preferences: Toggle between Light/Dark Themes');
    await page.locator('body.vscode-light').waitFor();
    await ui.screenshot('priors-webview');
    await page.getByRole('button', { name: 'Export…' }).click();
    await ui.quickPick('as a picture').click();
    await ui.quickPick('PNG').click();
    await ui.page.getByRole('button', { name: 'OK' }).click();
    await ui.notification('Exported to Kitchen and Bedroom').waitFor();
    const file = (await readdir(folder)).find((name) => name.endsWith('.png'));
    expect((await readFile(join(folder, file!))).toString('latin1', 1, 4)).toBe('PNG');
    await ui.titleButton('Show as Text').click();
    await ui.editorTab('Kitchen and Bedroom.priors').waitFor();
    await ui.page.getByText('Hours are by the clock of').first().waitFor();
    await ui.titleButton('Show as Plot').click();
    await ui.editorTab('Kitchen and Bedroom Priors').waitFor();
    await ui.editorTab('Kitchen and Bedroom.priors').waitFor({ state: 'hidden' });
    expect(await faults.all()).toEqual([]);
  });
}

/** The priors of an area as text. */
export function priorsAsText(workbench: () => OpenedWorkbench): void {
  it('open from its row as text, are compared by a key, and tell of an hour what its number rests on', async () => {
    const { ui, faults, folder } = workbench();
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
    await ui.runCommand('Area Occupancy: Export…');
    await ui.quickPick('as a picture').click();
    await ui.quickPick('SVG').click();
    await ui.page.getByRole('button', { name: 'OK' }).click();
    await ui.notification('Exported to Kitchen and Bedroom').waitFor();
    const file = (await readdir(folder)).find((name) => name.endsWith('.svg'));
    expect(await readFile(join(folder, file!), 'utf8')).toMatch(/^<svg [^]*Bedroom[^]*<\/svg>\n$/);
    await ui.titleButton('Show as Plot').click();
    await ui.notification('only by https or on localhost').waitFor();
    expect(await ui.editorTab(/Kitchen and Bedroom/).count()).toBe(1);
    await ui.screenshot('priors-no-plot');
    expect(await faults.all()).toEqual([]);
  });
}
