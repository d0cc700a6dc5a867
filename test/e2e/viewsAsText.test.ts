import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';
import { narrowingAndExporting } from './views/export.ts';
import { makeFolder } from './views/homeFolder.ts';
import { openViews } from './views/openViews.ts';
import { overviewAsText } from './views/overview.ts';
import { priorsAsText } from './views/priors.ts';
import { timelineAsText } from './views/timeline.ts';

describe('Over plain http, where webviews do not render', () => {
  const workbench = useWorkbench({ makeFolder, insecure: true, viewport: { width: 1600, height: 900 } });

  describe('the timeline of an area', () => timelineAsText(workbench));
  describe('the priors of an area', () => priorsAsText(workbench));
  describe('the overview', () => overviewAsText(workbench));
  describe('filters and exports', () => narrowingAndExporting(workbench));

  it('a view is there again after a reload', async () => {
    const { ui, faults } = workbench();
    await openViews(ui);
    await ui.treeItem('Area Kitchen', 'Areas').first().click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Show Timeline' }).click();
    await ui.page.getByText('each column is 20 min').first().waitFor();
    const loaded = ui.page.waitForEvent('load');
    await ui.runCommand('Developer: Reload Window');
    await loaded;
    await ui.editorTab('Kitchen.timeline').waitFor();
    await ui.page.getByText('each column is 20 min').first().waitFor();
    expect(await faults.all()).toEqual([]);
  });
});
