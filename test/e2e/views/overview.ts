import { expect, it } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import type { OpenedWorkbench } from '../support/openWorkbench.ts';
import type { WorkbenchPage } from '../support/workbenchPage.ts';
import { openViews } from './openViews.ts';

/** The page in the webview that is in sight. */
export function shownPage(ui: WorkbenchPage): FrameLocator {
  return ui.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** Its folder is hidden from the explorer, as on the usual host: by its whole path it is found all the same. */
async function openFile(ui: WorkbenchPage, path: string): Promise<void> {
  await ui.page.keyboard.press('Control+P');
  await ui.page.getByRole('textbox', { name: /^Search files by name/ }).fill(path);
  await ui.quickPick('area_occupancy.db').first().click();
  await ui.page.getByText('is not displayed in the text editor').waitFor();
}

async function reopenAsOverview(ui: WorkbenchPage): Promise<void> {
  await ui.runCommand('View: Reopen Editor With...');
  await ui.quickPick('Area Occupancy Overview').click();
}

/** The overview as a page, and as an editor of the file. */
export function overviewDrawn(workbench: () => OpenedWorkbench): void {
  it('is an editor that the file can be reopened with', async () => {
    const { ui, database } = workbench();
    await openViews(ui);
    await openFile(ui, database);
    await reopenAsOverview(ui);
    const page = shownPage(ui);
    await page.getByRole('heading', { name: 'Kitchen', exact: true }).waitFor();
    await ui.screenshot('overview');
    await page.getByRole('navigation').getByRole('button', { name: 'Kitchen' }).click();
    await ui.screenshot('overview-area');
  });

  it.each(['Dark Modern', 'Dark High Contrast', 'Light High Contrast'])('follows the theme to %s', async (theme) => {
    const { ui } = workbench();
    await ui.runCommand('Preferences: Color Theme');
    await ui.page.keyboard.type(theme);
    await ui.quickPick(theme).first().click();
    const page = shownPage(ui);
    await page.locator(theme.includes('Contrast') ? 'body.vscode-high-contrast' : 'body.vscode-dark').waitFor();
    await ui.screenshot(`overview-${theme}`);
  });

  it('opens the timeline of an entity', async () => {
    const { ui } = workbench();
    await shownPage(ui)
      .getByRole('button', { name: /Kitchen Motion/ })
      .first()
      .click();
    await ui.editorTab(/Kitchen Motion|kitchen_motion/).waitFor();
  });
}

/** The overview as text. */
export function overviewAsText(workbench: () => OpenedWorkbench): void {
  it('is text, in the place of the editor', async () => {
    const { ui, database } = workbench();
    await openViews(ui);
    await openFile(ui, database);
    await reopenAsOverview(ui);
    await ui.editorTab(/\.overview/).waitFor();
    await ui.page.getByText('Newest interval').first().waitFor();
    await ui.screenshot('overview-text');
  });

  it('opens from the row of an area', async () => {
    const { ui, faults } = workbench();
    await ui.treeItem('Area Kitchen', 'Areas').first().click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Show Overview' }).click();
    await ui.editorTab('Kitchen.overview').waitFor();
    await ui.page.keyboard.press('Control+End');
    await ui.page.getByText('Learned ways out').first().waitFor();
    // Its colours are decorations, which come a moment after the text.
    await ui.page.locator('.view-line span[class*="ced-"]').filter({ hasText: '█' }).first().waitFor();
    await ui.screenshot('overview-text-area');
    expect(await faults.all()).toEqual([]);
  });
}
