import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, TabInputCustom, TabInputText, TabInputWebview, Uri, ViewColumn, window, workspace } from 'vscode';
import type { QuickPickItem, TextEditor } from 'vscode';
import { writeOverviewAddress } from '../../src/core/overview/overviewAddress';
import { writePriorsAddress } from '../../src/core/priors/priorsAddress';
import { writeAddress } from '../../src/core/timeline/timelineAddress';
import type { App } from '../../src/vscode/app';
import { commandIds, documentSchemes, settingIds, viewTypes } from '../../src/vscode/ids';
import { databasePath, openApp, until } from './home';

const { showQuickPick, showSaveDialog, showInformationMessage } = window;
const original = { showQuickPick, showSaveDialog, showInformationMessage };

const priors = { database: databasePath, area: 'Kitchen', other: 'Living Room' };
const timeline = {
  database: databasePath,
  subject: { areas: ['Kitchen'] },
  range: { length: 'week', day: '2026-03-04' },
} as const;

describe('A view', () => {
  let app: App;
  let folder: string;

  before(async () => {
    app = await openApp();
    folder = await mkdtemp(join(tmpdir(), 'area-occupancy-switching-'));
  });
  beforeEach(() => commands.executeCommand('workbench.action.closeAllEditors'));
  afterEach(() => Object.assign(window, original));
  after(async () => {
    await plots(undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  const plots = (value: string | undefined): Thenable<void> => workspace.getConfiguration().update(settingIds.plots, value, true);
  const inputs = (kind: new (...args: never[]) => unknown): number =>
    window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof kind).length;
  const shown = (scheme: string): TextEditor => {
    const editor = window.activeTextEditor;
    assert.ok(editor?.document.uri.scheme === scheme, editor?.document.uri.toString());
    return editor;
  };

  /** Answers the questions of an export. @returns what can be exported, in which formats, and the file it went to */
  async function exportAs(name: string, ...labels: readonly string[]): Promise<{ offered: string[][]; bytes: Buffer }> {
    const offered: string[][] = [];
    const target = join(folder, name);
    Object.assign(window, {
      showQuickPick: async (items: readonly QuickPickItem[]) => {
        const wanted = labels[offered.length] ?? '';
        offered.push(items.map(({ label }) => label));
        return items.find(({ label }) => label.startsWith(wanted));
      },
      showSaveDialog: async () => Uri.file(target),
      showInformationMessage: async () => undefined,
    });
    await commands.executeCommand(commandIds.export);
    return { offered, bytes: readFileSync(target) };
  }

  it('that is drawn is had as text, of the same address, and drawn again in the same column', async () => {
    await plots('webview');
    await commands.executeCommand('workbench.action.newGroupRight');
    await commands.executeCommand(commandIds.showPriors, priors);
    await until(async () => app.drawn.priorsPanels.active === writePriorsAddress(priors), 5000, 'the panel');
    await commands.executeCommand(commandIds.showAsText);
    assert.equal(shown(documentSchemes.priors).document.uri.query, writePriorsAddress(priors));
    assert.equal(shown(documentSchemes.priors).viewColumn, ViewColumn.Two);
    await until(async () => inputs(TabInputWebview) === 0, 3000, 'the end of the panel');

    await plots('auto');
    await commands.executeCommand(commandIds.showAsPlot);
    await until(async () => app.drawn.priorsPanels.active === writePriorsAddress(priors), 5000, 'the panel');
    await until(async () => inputs(TabInputText) === 0, 3000, 'the end of the text');
    assert.equal(window.tabGroups.activeTabGroup.viewColumn, ViewColumn.Two);
    assert.ok(window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputWebview);
  });

  it('is exported as a PNG while it is drawn, with the range that is shown', async () => {
    await plots('auto');
    await app.drawn.timelines.open(timeline);
    await commands.executeCommand(commandIds.showAsPlot);
    const address = writeAddress(timeline);
    await until(async () => app.drawn.timelinePanels.rasteriser(address) !== undefined, 10_000, 'the page');
    assert.equal(app.drawn.timelinePanels.active, address);
    const { offered, bytes } = await exportAs('timeline.png', 'Timeline of Kitchen', 'PNG');
    assert.deepEqual(offered[1], ['SVG', 'PNG']);
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    const svg = (await exportAs('timeline.svg', 'Timeline of Kitchen', 'SVG')).bytes.toString();
    assert.equal(bytes.readUInt32BE(16), 2 * Number(/ width="(\d+)"/.exec(svg)?.[1]));
    assert.equal(bytes.readUInt32BE(20), 2 * Number(/ height="(\d+)"/.exec(svg)?.[1]));
    assert.match(svg, /4 Mar|Mar 4/);
  });

  it('that is an editor of the database exports its rows, and is had as text', async () => {
    await plots('webview');
    await commands.executeCommand('vscode.openWith', Uri.file(databasePath), viewTypes.overview);
    const address = writeOverviewAddress({ database: databasePath, area: null });
    await until(async () => app.drawn.overviews.panels.active === address, 5000, 'the editor');
    const { offered, bytes } = await exportAs('areas.json', 'Areas', 'JSON');
    assert.ok(offered[0]?.includes('Entities'), offered[0]?.join());
    const areas = await app.databases.get(databasePath).reader.getAreas();
    assert.equal((JSON.parse(bytes.toString()) as unknown[]).length, areas.length);
    await commands.executeCommand(commandIds.showAsText);
    assert.equal(shown(documentSchemes.overview).document.uri.query, address);
    await until(async () => inputs(TabInputCustom) === 0, 3000, 'the end of the editor');
    await commands.executeCommand(commandIds.showAsPlot);
    await until(async () => app.drawn.overviews.panels.active === address, 5000, 'the panel');
    await until(async () => inputs(TabInputText) === 0, 3000, 'the end of the text');
  });

  it('of an area exports what the area has', async () => {
    await plots('text');
    await commands.executeCommand(commandIds.showOverview, {
      kind: 'area',
      id: 'x',
      database: databasePath,
      area: { areaName: 'Kitchen' },
    });
    shown(documentSchemes.overview);
    const { offered } = await exportAs('kitchen.csv', 'Entities of Kitchen', 'CSV');
    assert.ok(offered[0]?.includes('Intervals of Kitchen'), offered[0]?.join());
  });

  it('is left as it is where it is none of ours', async () => {
    const document = await workspace.openTextDocument({ content: 'a text' });
    await window.showTextDocument(document);
    await commands.executeCommand(commandIds.showAsText);
    await commands.executeCommand(commandIds.showAsPlot);
    assert.equal(window.activeTextEditor?.document, document);
    assert.equal(inputs(TabInputWebview), 0);
  });
});
