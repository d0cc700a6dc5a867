import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { useWorkbench } from './support/openWorkbench.ts';

/** How many rows there are of each kind. */
function countRows(path: string): { intervals: number; samples: number } {
  const db = new Database(path, { readonly: true });
  try {
    const count = (table: string): number => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    return { intervals: count('intervals'), samples: count('numeric_samples') };
  } finally {
    db.close();
  }
}

/** The number before a word: 1204 of `1,204 intervals`. */
function numberBefore(word: string, text: string): number {
  return Number(new RegExp(`([\\d,]+) ${word}`).exec(text)?.[1]?.replaceAll(',', ''));
}

describe("Syncing from Home Assistant's recorder", () => {
  const workbench = useWorkbench({ settings: { 'workbench.colorTheme': 'Dark Modern' } });
  let summary = '';

  it('asks for the source, and shows what would be added, by area and entity', async () => {
    const { ui } = workbench();
    await ui.openContainer('Area Occupancy');
    await ui.treeItem('Area Kitchen', 'Areas').waitFor();
    await ui.runCommand('Area Occupancy: Sync…');
    await ui.quickPick("Home Assistant's recorder").waitFor();
    await ui.screenshot('sync-source');
    await ui.quickPick("Home Assistant's recorder").click();
    const asked = ui.notification(/Add [\d,]+ intervals in \d areas and [\d,]+ samples/);
    await asked.waitFor();
    summary = (await asked.getAttribute('aria-label')) ?? '';
    await ui.expand(/^Area Bathroom, add \d+ intervals/, 'Sync Preview');
    await ui.expand(/^Entity Bathroom Motion, add \d+ intervals/, 'Sync Preview');
    await ui.treeItem(/^The first one: (on|off), from /, 'Sync Preview').waitFor();
    await ui.screenshot('sync-preview');
  });

  it('adds just that, and the other views show it', async () => {
    const { ui, database } = workbench();
    const before = countRows(database);
    await ui.page.getByRole('button', { name: /^Sync Preview/ }).hover();
    await ui.page.getByRole('button', { name: 'Apply Sync' }).click();
    const done = ui.notification(/Added .* to area_occupancy\.db/);
    await done.waitFor();
    await ui.screenshot('sync-applied');
    const added = (await done.getAttribute('aria-label')) ?? '';
    const after = countRows(database);
    expect(after.intervals - before.intervals).toBe(numberBefore('intervals?', added));
    expect(after.samples - before.samples).toBe(numberBefore('samples?', added));
    expect(numberBefore('intervals', summary)).toBe(numberBefore('intervals', added));
    await ui.tree('Sync Preview').waitFor({ state: 'detached' });
    await done.getByRole('button', { name: 'Show Intervals' }).click();
    await ui.tree('Intervals').locator('[role=treeitem][aria-expanded=true]').first().waitFor();
  });

  it('says on a second sync what there is, and writes nothing when that is discarded', async () => {
    const { ui, database } = workbench();
    const before = countRows(database);
    await ui.runCommand('Area Occupancy: Sync…');
    await ui.quickPick("Home Assistant's recorder").click();
    const asked = ui.notification(/already there/);
    await asked.getByRole('button', { name: 'Discard' }).click();
    await ui.tree('Sync Preview').waitFor({ state: 'detached' });
    expect(countRows(database)).toEqual(before);
    expect(await workbench().faults.all()).toEqual([]);
  });
});
