import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FakeHomeAssistant } from '../support/fakeHomeAssistant.mts';
import { hashRows } from '../support/hashRows.mts';
import { readRecordedStates } from '../support/recordedStates.mts';
import { useWorkbench } from './support/openWorkbench.ts';
import { shownPage } from './views/overview.ts';

/** The number before a word: 1204 of `1,204 intervals`. */
function numberBefore(word: string, text: string): number {
  return Number(new RegExp(`([\\d,]+) ${word}`).exec(text)?.[1]?.replaceAll(',', ''));
}

describe('Sync', () => {
  const workbench = useWorkbench({ settings: { 'workbench.colorTheme': 'Dark Modern' } });
  let summary = '';
  let server: FakeHomeAssistant | undefined;
  afterAll(() => server?.close());

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
    const before = hashRows(database);
    await ui.page.getByRole('button', { name: /^Sync Preview/ }).hover();
    await ui.page.getByRole('button', { name: 'Apply Sync' }).click();
    const done = ui.notification(/Added .* to area_occupancy\.db/);
    await done.waitFor();
    await ui.screenshot('sync-applied');
    const added = (await done.getAttribute('aria-label')) ?? '';
    const after = hashRows(database);
    expect(after.intervals - before.intervals).toBe(numberBefore('intervals?', added));
    expect(after.samples - before.samples).toBe(numberBefore('samples?', added));
    expect(numberBefore('intervals', summary)).toBe(numberBefore('intervals', added));
    await ui.tree('Sync Preview').waitFor({ state: 'detached' });
    await done.getByRole('button', { name: 'Show Timeline' }).click();
    await ui.editorTab('Bathroom').waitFor();
    await shownPage(ui).locator('.name.area', { hasText: 'Bathroom' }).waitFor();
  });

  it('says on a second sync what there is, and writes nothing when that is discarded', async () => {
    const { ui, database } = workbench();
    const before = hashRows(database);
    await ui.runCommand('Area Occupancy: Sync…');
    await ui.quickPick("Home Assistant's recorder").click();
    await ui.treeItem(/^Area Bathroom, add /, 'Sync Preview').waitFor();
    // What had not ended is added again with a later end, as Home Assistant does; all else is there.
    const again = ui.page.getByText(/^Add [\d,]+ intervals in \d areas.*; [\d,]+ already there/);
    expect(numberBefore('already there', (await again.first().textContent()) ?? '')).toBeGreaterThan(0);
    await ui.page.getByRole('button', { name: 'Discard Sync' }).click();
    await ui.tree('Sync Preview').waitFor({ state: 'detached' });
    expect(hashRows(database)).toEqual(before);
  });

  it('asks Home Assistant itself, and for another token where that is refused', async () => {
    const { ui, folder } = workbench();
    server = await FakeHomeAssistant.start({ states: readRecordedStates(join(folder, 'home-assistant_v2.db')) });
    const input = ui.page.locator('.quick-input-widget').getByRole('textbox');
    await ui.runCommand('Area Occupancy: Sync…');
    await ui.quickPick('Home Assistant over WebSocket').click();
    await ui.page.getByText('As the browser shows it.').waitFor();
    await input.fill(server.url);
    await input.press('Enter');
    await ui.page.getByText('Make one under Long-lived access tokens').waitFor();
    await input.fill('a-wrong-token');
    await input.press('Enter');
    const refused = ui.notification('Home Assistant does not accept the access token.');
    await refused.waitFor();
    await ui.screenshot('sync-wrong-token');
    await refused.getByRole('button', { name: 'Enter Another Token' }).click();
    await ui.page.getByText('Make one under Long-lived access tokens').waitFor();
    await input.fill(server.token);
    await input.press('Enter');
    await ui.treeItem(/^Area Bathroom, add /, 'Sync Preview').waitFor();
    expect(server.requests.length).toBeGreaterThan(0);
    await ui.runCommand('Area Occupancy: Discard Sync');
    await ui.tree('Sync Preview').waitFor({ state: 'detached' });
  });

  it('leaves no error in the console or in the log of the extension host, and no token in its own', async () => {
    const { faults } = workbench();
    expect(await faults.all()).toEqual([]);
    expect(await faults.extensionLog()).not.toMatch(/a-(wrong|valid)-token/);
  });
});
