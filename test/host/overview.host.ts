import { strict as assert } from 'node:assert';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commands,
  ConfigurationTarget,
  type Hover,
  type MarkdownString,
  Position,
  TabInputCustom,
  TabInputText,
  TabInputWebview,
  Uri,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { writeOverviewAddress } from '../../src/core/overview/overviewAddress';
import type { AreaNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import { commandIds, documentSchemes, settingIds, viewTypes } from '../../src/vscode/ids';
import { areaRow, databasePath, openApp, runScript, until } from './home';

const MOTION = 'binary_sensor.kitchen_motion';

describe('The overview', () => {
  let app: App;
  let elsewhere: string;

  before(async () => {
    app = await openApp();
    elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  });
  beforeEach(() => commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await plots(undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
    for (const session of app.databases.all) if (session.path !== databasePath) await app.databases.close(session);
    await rm(elsewhere, { recursive: true });
  });

  const plots = (value: string | undefined): Thenable<void> =>
    workspace.getConfiguration().update(settingIds.plots, value, ConfigurationTarget.Global);
  const tabs = (): unknown[] => window.tabGroups.all.flatMap((group) => group.tabs.map(({ input }) => input));
  const openWith = (path: string): Thenable<unknown> =>
    commands.executeCommand('vscode.openWith', Uri.file(path), viewTypes.overview);
  const text = (): TextDocument => {
    const document = window.activeTextEditor?.document;
    assert.ok(document?.uri.scheme === documentSchemes.overview, document?.uri.toString());
    return document;
  };
  const kitchen = (): Promise<AreaNode> => areaRow(app, 'Kitchen');

  it('opens as text of a row’s area, and follows the database', async () => {
    await plots('text');
    await commands.executeCommand(commandIds.showOverview, await kitchen());
    const before = text().getText();
    assert.match(before, /^area_occupancy\.db/);
    assert.match(before, /^Kitchen\n─+$/m);
    assert.doesNotMatch(before, /^Hallway\n─+$/m);
    assert.equal(text().languageId, documentSchemes.overview);
    await runScript('addInterval.mts', databasePath, MOTION, 'on', '1');
    await until(async () => text().getText() !== before, 5000, 'the new interval');
  });

  it('tells of an entity under the pointer what can be shown of it', async () => {
    await commands.executeCommand(commandIds.showOverview, await kitchen());
    const line = text()
      .getText()
      .split('\n')
      .findIndex((row) => /\d : \d/.test(row));
    const [hover] = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', text().uri, new Position(line, 3));
    const said = ((hover?.contents ?? []) as MarkdownString[]).map(({ value }) => value).join('\n');
    assert.match(said, /command:areaOccupancy\.showTimeline\?/);
    assert.match(said, /command:areaOccupancy\.showIntervals\?/);
  });

  it('shows the intervals of an entity that a view names', async () => {
    await commands.executeCommand(commandIds.showIntervals, { database: databasePath, subject: { entity: MOTION } });
    await until(async () => app.intervals.view.selection[0]?.kind === 'entity', 5000, 'the entity');
    await commands.executeCommand(commandIds.groupIntervalsByArea);
  });

  it('is text in the place of the editor that the file is opened with, where text is wanted', async () => {
    await openWith(databasePath);
    await until(async () => tabs().some((input) => input instanceof TabInputText), 5000, 'the text');
    await until(async () => !tabs().some((input) => input instanceof TabInputCustom), 5000, 'the end of the empty editor');
    assert.match(text().getText(), /^Hallway\n─+$/m);
  });

  it('is an editor of the file, where pages are drawn', async () => {
    await plots('webview');
    await openWith(databasePath);
    await until(
      async () => tabs().some((input) => input instanceof TabInputCustom && input.viewType === viewTypes.overview),
      5000,
      'the editor',
    );
    await until(async () => app.drawn.overviews.panels.visible, 5000, 'the page');
  });

  it('is one panel of an address', async () => {
    for (let times = 0; times < 2; times += 1) await commands.executeCommand(commandIds.showOverview, await kitchen());
    const panels = (): number => tabs().filter((input) => input instanceof TabInputWebview).length;
    await until(async () => panels() > 0, 5000, 'the panel');
    assert.equal(panels(), 1);
  });

  it('opens a file of another folder', async () => {
    const path = join(elsewhere, 'area_occupancy.db');
    await copyFile(databasePath, path);
    await openWith(path);
    await until(async () => app.databases.find(path)?.info !== undefined, 5000, 'the database');
    const address = writeOverviewAddress({ database: path, area: null });
    const { areas } = await app.drawn.overviews.handlers(() => address).getDatabase(null, new AbortController().signal);
    assert.ok(areas.includes('Kitchen'), areas.join());
  });

  it('says what is wrong with what is no such database', async () => {
    const path = join(elsewhere, 'sub area_occupancy.db');
    await writeFile(path, 'not a database, but long enough to be looked at'.repeat(50));
    await plots('text');
    await openWith(path);
    await until(async () => tabs().some((input) => input instanceof TabInputText), 5000, 'the text');
    assert.match(text().getText(), /is not a SQLite database|no SQLite database/i);
    const address = writeOverviewAddress({ database: '/gone.db', area: null });
    await assert.rejects(
      async () => app.drawn.overviews.handlers(() => address).getDatabase(null, new AbortController().signal),
      /\/gone\.db is not open/,
    );
  });
});
