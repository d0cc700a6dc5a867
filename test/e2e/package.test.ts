import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';

describe('The package, installed in code-server', () => {
  const workbench = useWorkbench();

  it('shows the demo config folder, with what the usual host hides left out', async () => {
    const { ui } = workbench();
    await ui.treeItem('configuration.yaml').waitFor();
    expect(await ui.treeItem('.storage').count()).toBe(0);
    await ui.screenshot('workbench');
  });

  it('is listed among the installed extensions', async () => {
    const { ui } = workbench();
    await ui.runCommand('Extensions: Show Installed Extensions');
    await ui.page.getByRole('listitem', { name: 'Area Occupancy Inspector' }).first().waitFor();
    await ui.screenshot('extension');
  });

  it('leaves no error in the console or in the log of the extension host', async () => {
    expect(await workbench().faults.all()).toEqual([]);
  });
});
