import { strict as assert } from 'node:assert';
import {
  commands,
  type Hover,
  type MarkdownString,
  Position,
  Selection,
  TabInputWebview,
  Uri,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import type { AreaNode, IntervalNode } from '../../src/core/tree/nodes';
import { cellAt, type PlotCell } from '../../src/core/timeline/timelinePlot';
import type { App } from '../../src/vscode/app';
import { commandIds, documentSchemes, settingIds } from '../../src/vscode/ids';
import { areaRow, databasePath, findRow, isKind, openApp, runScript, until } from './home';

const MOTION = 'binary_sensor.kitchen_motion';

describe('The timeline', () => {
  let app: App;

  before(async () => {
    app = await openApp();
    await workspace.getConfiguration().update(settingIds.plots, 'text', true);
    await runScript('addInterval.mts', databasePath, MOTION, 'on', '300');
  });

  const shown = (): TextEditor => {
    const editor = window.activeTextEditor;
    assert.ok(editor?.document.uri.scheme === documentSchemes.timeline, editor?.document.uri.toString());
    return editor;
  };
  const kitchen = (): Promise<AreaNode> => areaRow(app, 'Kitchen');
  const timelineTabs = (): string[] =>
    window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)).filter((label) => label.endsWith('.timeline'));

  /** The newest cell of the motion sensor in which anything is known. */
  function newestCell(): { cell: PlotCell; line: number; character: number } {
    const { document } = shown();
    const drawn = app.drawn.timelines.documents.drawn(document);
    const row = drawn?.rows.find(({ lane }) => 'entityId' in lane && lane.entityId === MOTION);
    assert.ok(drawn && row, document.getText());
    const line = document.lineAt(row.line).text;
    const plotted = line.slice(row.start, row.start + drawn.grid.count).replace(/[ ·]+$/, '');
    const character = row.start + plotted.length - 1;
    return { cell: cellAt(drawn, row.line, character)!, line: row.line, character };
  }

  it('opens from the row of an area, on today', async () => {
    await commands.executeCommand(commandIds.showTimeline, await kitchen());
    const text = shown().document.getText();
    assert.match(text, /^Kitchen {2}/);
    assert.match(text, /each column is 20 min/);
    assert.match(text, /^Occupied +[─▁▂▃▄▅▆▇█]/m);
    assert.equal(shown().document.languageId, documentSchemes.timeline);
    assert.deepEqual(timelineTabs(), ['Kitchen.timeline']);
  });

  it('moves to other ranges in the same tab', async () => {
    await commands.executeCommand(commandIds.timelineEarlier);
    assert.doesNotMatch(shown().document.getText(), /▼/);
    await commands.executeCommand(commandIds.timelineFourWeeks);
    assert.match(shown().document.getText(), /each column is 8 h/);
    await commands.executeCommand(commandIds.timelineWeek);
    await commands.executeCommand(commandIds.timelineToday);
    assert.match(shown().document.getText(), /▼/);
    assert.match(shown().document.uri.query, /range=week/);
    await commands.executeCommand(commandIds.timelineDay);
    assert.match(shown().document.getText(), /each column is 20 min/);
    assert.deepEqual(timelineTabs(), ['Kitchen.timeline']);
  });

  it('follows the database', async () => {
    const before = shown().document.getText();
    await runScript('addInterval.mts', databasePath, MOTION, 'on', '1');
    await until(async () => shown().document.getText() !== before, 4000, 'the new interval');
    assert.ok(app.drawn.timelines.documents.drawn(shown().document), 'it is drawn anew');
  });

  it('tells of a cell what was in it', async () => {
    const { line, character } = newestCell();
    const { uri } = shown().document;
    const [hover] = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, new Position(line, character));
    assert.ok(hover);
    const text = (hover.contents as MarkdownString[])
      .map(({ value }) => value)
      .join('\n')
      .replaceAll('&nbsp;', ' ');
    assert.match(text, /Kitchen Motion/);
    assert.match(text, /UTC/);
    assert.match(text, /\bon: /);
    assert.match(text, /intervals?/);
    assert.match(text, /command:areaOccupancy\.timeline\.revealInterval/);
  });

  it('shows the interval under the cursor in the Intervals view', async () => {
    const { cell, line, character } = newestCell();
    shown().selection = new Selection(line, character, line, character);
    await commands.executeCommand(commandIds.timelineRevealInterval);
    await until(async () => app.intervals.view.selection[0]?.kind === 'interval', 3000, 'the interval');
    const { interval } = app.intervals.view.selection[0] as IntervalNode;
    assert.equal(interval.entityId, MOTION);
    const start = Date.parse(`${interval.startTime.replace(' ', 'T')}Z`) * 1000;
    assert.ok(start < cell.to, interval.startTime);
  });

  it('opens from the row of an interval, with the cursor on it', async () => {
    const row = app.intervals.view.selection[0] as IntervalNode;
    await commands.executeCommand(commandIds.showTimeline, row);
    const { document, selection } = shown();
    assert.match(document.uri.query, /entity=binary_sensor\.kitchen_motion/);
    const cell = cellAt(app.drawn.timelines.documents.drawn(document)!, selection.active.line, selection.active.character);
    const start = Date.parse(`${row.interval.startTime.replace(' ', 'T')}Z`) * 1000;
    assert.ok(cell && cell.from <= start && start < cell.to, JSON.stringify([cell, row.interval]));
  });

  it('says what is wrong where there is no such database', async () => {
    const query = 'database=%2Fgone.db&area=Kitchen&range=day&day=2026-11-19';
    for (const [wanted, said] of [
      [query, '/gone.db is not open.'],
      ['', 'This is not the address of a timeline.'],
    ] as const) {
      const document = await workspace.openTextDocument(
        Uri.from({ scheme: documentSchemes.timeline, path: '/x.timeline', query: wanted }),
      );
      assert.ok(document.getText().startsWith(said), document.getText());
    }
  });

  it('shows several areas together, those that are selected', async () => {
    const database = await findRow(app.areas, isKind('database'));
    const areas = (await app.areas.getChildren(database)).filter((node): node is AreaNode => node.kind === 'area').slice(0, 2);
    const names = areas.map(({ area }) => area.areaName);
    assert.equal(names.length, 2);
    await commands.executeCommand(commandIds.showTimeline, areas[1], areas);
    const text = shown().document.getText();
    assert.ok(text.startsWith(`${names.join(', ')}  `), text);
    for (const name of names) assert.match(text, new RegExp(`^${name}$`, 'm'));
    assert.equal(app.drawn.timelines.documents.drawn(shown().document)?.rows.filter(({ name }) => name === 'Occupied').length, 2);
  });

  it('is a panel where webviews render, one for the same lanes', async () => {
    await workspace.getConfiguration().update(settingIds.plots, 'webview', true);
    const area = await kitchen();
    await commands.executeCommand(commandIds.showTimeline, area);
    await until(async () => app.drawn.timelinePanels.active !== undefined, 5000, 'the panel');
    assert.match(app.drawn.timelinePanels.active ?? '', /area=Kitchen&range=day/);
    assert.ok(app.drawn.timelinePanels.visible);
    const panels = (): number =>
      window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof TabInputWebview).length;
    await until(async () => panels() === 1, 3000, 'the tab');
    await commands.executeCommand(commandIds.showTimeline, area);
    assert.equal(panels(), 1);
  });

  after(async () => {
    await workspace.getConfiguration().update(settingIds.plots, undefined, true);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
});
