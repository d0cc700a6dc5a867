import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { packageFor } from '../setup/packageExtension.mts';
import { useWorkbench } from './support/openWorkbench.ts';

const MB = 1_000_000;

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

  it('has a walkthrough for newcomers', async () => {
    const { ui } = workbench();
    await ui.runCommand('Welcome: Open Walkthrough');
    await ui.quickPick('Look into Area Occupancy Detection').click();
    await ui.page
      .getByRole('button', { name: /Open the database/ })
      .first()
      .waitFor();
    await ui.page
      .getByRole('button', { name: /See the time/ })
      .first()
      .click();
    await ui.page.getByRole('button', { name: 'Show Timeline' }).first().waitFor();
    await ui.screenshot('walkthrough');
  });

  it('is small: 12 MB for every target, 2.5 MB for the one that has most to carry', async () => {
    expect((await stat(inject('vsix'))).size).toBeLessThan(12 * MB);
    const folder = await mkdtemp(join(tmpdir(), 'area-occupancy-target-'));
    expect((await stat(await packageFor('alpine-x64', folder))).size).toBeLessThan(2.5 * MB);
    await rm(folder, { recursive: true });
  });

  it('leaves no error in the console or in the log of the extension host', async () => {
    expect(await workbench().faults.all()).toEqual([]);
  });
});
