import type { WorkbenchPage } from '../support/workbenchPage.ts';

/** Shows our views with no editor beside them, and waits until all is there: a view that is read anew lets go of its rows. */
export async function openViews(ui: WorkbenchPage): Promise<void> {
  await ui.openContainer('Area Occupancy');
  await ui.statusBarItem('The lock is stale').waitFor();
  await ui.treeItem('Area Kitchen', 'Areas').first().waitFor();
  await ui.tree('Intervals').getByRole('treeitem').first().waitFor();
  await ui.runCommand('View: Close All Editors');
}
