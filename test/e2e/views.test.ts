import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';
import { narrowingAndExporting } from './views/export.ts';
import { makeFolder } from './views/homeFolder.ts';
import { openViews } from './views/openViews.ts';
import { overviewDrawn, shownPage } from './views/overview.ts';
import { priorsDrawn } from './views/priors.ts';
import { timelineDrawn } from './views/timeline.ts';

// One workbench for all of them: it takes longer to open than most of what is tested in it.
describe('On a secure origin', () => {
  const workbench = useWorkbench({ makeFolder, viewport: { width: 1600, height: 1000 } });

  describe('the timeline of areas', () => timelineDrawn(workbench));
  describe('the priors of areas', () => priorsDrawn(workbench));
  describe('the overview', () => overviewDrawn(workbench));
  describe('filters and exports', () => narrowingAndExporting(workbench));

  it('all of them are there again after a reload', async () => {
    const { ui, faults } = workbench();
    await openViews(ui);
    await ui.treeItem('Area Kitchen', 'Areas').first().click();
    const pages = [
      ['Show Timeline', '.name.area'],
      ['Show Priors', '[role=grid]'],
      ['Show Overview', 'section.area'],
    ] as const;
    for (const [view, content] of pages) {
      await ui.chooseFromMenu(ui.treeItem('Area Kitchen', 'Areas').first(), view);
      // A page that is left before it is drawn has kept nothing yet.
      await shownPage(ui).locator(content).first().waitFor();
    }
    // A page that was just opened takes the focus, and the command palette closes.
    await ui.treeItem('Area Kitchen', 'Areas').first().click();
    const loaded = ui.page.waitForEvent('load');
    await ui.runCommand('Developer: Reload Window');
    await loaded;
    await shownPage(ui).getByRole('heading', { name: 'Kitchen', exact: true }).waitFor();
    await ui.editorTab('Kitchen Priors').click();
    await shownPage(ui).getByRole('grid').first().waitFor();
    await ui
      .editorTab(/^Kitchen$/)
      .first()
      .click();
    await shownPage(ui).locator('.name.area', { hasText: 'Kitchen' }).waitFor();
    expect(await faults.all()).toEqual([]);
  });
});
