import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startWriter } from '../demo/startWriter.mts';
import { useWorkbench } from './support/openWorkbench.ts';

const support = join(import.meta.dirname, '../support');
const run = promisify(execFile);

describe('A database that is being written to', () => {
  const workbench = useWorkbench({ viewport: { width: 1280, height: 1100 } });

  it('shows a new interval within 2 s, and leaves selection and expansion as they are', async () => {
    const { ui, database } = workbench();
    const add = (state: string): Promise<unknown> =>
      run(process.execPath, [join(support, 'addInterval.mts'), database, 'binary_sensor.kitchen_motion', state, '0.25']);
    // The newest day is today, however short it is yet.
    await add('first');
    await ui.openContainer('Area Occupancy');
    await ui.expand('Area Kitchen', 'Areas');
    await ui.expand('Area Kitchen', 'Intervals');
    await ui
      .treeItem(/ intervals?$/, 'Intervals')
      .first()
      .click();
    const row = ui.treeItem(/ first, from \d\d:\d\d:\d\d to /, 'Intervals');
    await row.click();
    const selected = await row.getAttribute('aria-label');
    const opened = await ui.tree('Areas').locator('[aria-expanded=true]').count();

    await add('testing');
    const committed = performance.now();
    await ui.treeItem(/ testing, /, 'Intervals').waitFor({ timeout: 2000 });
    expect(performance.now() - committed).toBeLessThan(2000);

    expect(await ui.tree('Intervals').locator('[aria-selected=true]').getAttribute('aria-label')).toBe(selected);
    expect(await ui.tree('Areas').locator('[aria-expanded=true]').count()).toBe(opened);
  });

  it('goes on following the demo writer', async () => {
    const { ui, database } = workbench();
    const writer = startWriter(database, 0.5);
    try {
      const day = ui.treeItem(/ intervals?$/, 'Intervals').first();
      const before = await day.getAttribute('aria-label');
      await expect.poll(() => day.getAttribute('aria-label'), { timeout: 20_000 }).not.toBe(before);
      await ui.screenshot('live');
    } finally {
      await writer.stop();
    }
  });

  it('notices within 5 s that another file took its place', async () => {
    const { ui, database } = workbench();
    await run(process.execPath, [join(support, 'replaceDatabase.mts'), database, '2']);
    await ui.treeItem('Area Hallway', 'Areas').waitFor({ state: 'detached', timeout: 5000 });
    await ui.treeItem('Area Kitchen', 'Areas').waitFor();
  });

  it('keeps the last good data, with its time, when the file is deleted', async () => {
    const { ui, database } = workbench();
    for (const ending of ['', '-wal', '-shm']) await rm(`${database}${ending}`, { force: true });
    await ui.treeItem('Last good data, read at', 'Areas').waitFor({ timeout: 5000 });
    await ui.treeItem('Area Kitchen', 'Areas').waitFor();
    await ui.screenshot('deleted');
    expect(await ui.page.getByRole('dialog').count()).toBe(0);
  });

  it('leaves no error in the console or in the log of the extension host', async () => {
    expect(await workbench().faults.all()).toEqual([]);
  });
});
