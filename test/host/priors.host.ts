import { strict as assert } from 'node:assert';
import { commands, type Hover, type MarkdownString, Position, type TextEditor, Uri, window, workspace } from 'vscode';
import type { AreaNode } from '../../src/core/tree/nodes';
import { CELL_WIDTH } from '../../src/core/priors/priorsPlot';
import { readPriorsAddress } from '../../src/core/priors/priorsAddress';
import type { App } from '../../src/vscode/app';
import { commandIds, documentSchemes, settingIds } from '../../src/vscode/ids';
import { databasePath, findRow, isKind, openApp, runScript, until } from './home';

describe('The priors', () => {
  let app: App;

  before(async () => {
    app = await openApp();
    await workspace.getConfiguration().update(settingIds.plots, 'text', true);
  });

  const shown = (): TextEditor => {
    const editor = window.activeTextEditor;
    assert.ok(editor?.document.uri.scheme === documentSchemes.priors, editor?.document.uri.toString());
    return editor;
  };
  const areaRow = async (name: string): Promise<AreaNode> =>
    (await findRow(app.areas, isKind('database'), (node) => node.kind === 'area' && node.area.areaName === name)) as AreaNode;
  /** Where the first cell of an hour is. */
  const placeOf = (map: number, day: number, slot: number): Position => {
    const plotted = app.drawn.priors.documents.drawn(shown().document)?.maps[map];
    assert.ok(plotted, shown().document.getText());
    return new Position(plotted.line + plotted.order.indexOf(day), plotted.start + slot * CELL_WIDTH);
  };
  const hoverAt = async (place: Position): Promise<string> => {
    const [hover] = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', shown().document.uri, place);
    assert.ok(hover);
    const texts = (hover.contents as MarkdownString[]).map(({ value }) => value);
    return texts.join('\n').replaceAll('&nbsp;', ' ').replaceAll('\\', '');
  };

  it('open from the row of an area, and from that of its priors', async () => {
    await commands.executeCommand(commandIds.showPriors, await areaRow('Kitchen'));
    assert.match(shown().document.getText(), /^Kitchen\nOverall prior [\d.]+\s?%: occupied /);
    assert.match(shown().document.getText(), /▼\d\d /);
    assert.match(await hoverAt(shown().selection.active), /\(now\)/);
    assert.equal(shown().document.languageId, documentSchemes.priors);
    const row = await findRow(
      app.areas,
      isKind('database'),
      (node) => node.kind === 'area' && node.area.areaName === 'Living Room',
      isKind('priors'),
    );
    await commands.executeCommand(commandIds.showPriors, row);
    assert.match(shown().document.getText(), /^Living Room\n/);
  });

  it('follow the database, and tell of an hour what its number rests on', async () => {
    await commands.executeCommand(commandIds.showPriors, await areaRow('Kitchen'));
    const place = placeOf(0, 6, 23);
    const cell = (): string =>
      shown()
        .document.lineAt(place.line)
        .text.slice(place.character, place.character + CELL_WIDTH);
    assert.doesNotMatch(cell(), /77/);
    await runScript('setPrior.mts', databasePath, 'Kitchen', '6', '23', '0.7749');
    await until(async () => cell().includes('77'), 4000, 'the new prior');
    assert.match(
      await hoverAt(place),
      /Sunday, 23:00 – 00:00[\s\S]*Kitchen: 77\.5\s?%[\s\S]*Data points: \d[\s\S]*Confidence: 100\s?%/,
    );
  });

  it('of two selected areas are compared', async () => {
    const rows = [await areaRow('Kitchen'), await areaRow('Living Room')];
    for (const command of [commandIds.showPriors, commandIds.comparePriors]) {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await commands.executeCommand(command, rows[1], rows);
      const { document } = shown();
      assert.deepEqual(readPriorsAddress(document.uri.query), { database: databasePath, area: 'Kitchen', other: 'Living Room' });
      assert.match(document.getText(), /^Kitchen\n[\s\S]*\nLiving Room\n[\s\S]*\nDifference\n/);
    }
    assert.match(
      await hoverAt(placeOf(2, 6, 23)),
      /Sunday, 23:00 – 00:00[\s\S]*Kitchen: 77\.5\s?%[\s\S]*Living Room: [\s\S]*ifference/,
    );
  });

  it('say what is wrong where there is no such area or address', async () => {
    const kitchen = { database: databasePath, area: 'Attic', other: null };
    await commands.executeCommand(commandIds.showPriors, kitchen);
    assert.match(shown().document.getText(), /^There is no area “Attic” in this database\./);
    const document = await workspace.openTextDocument(Uri.from({ scheme: documentSchemes.priors, path: '/x.priors', query: '' }));
    assert.match(document.getText(), /^This is not the address of priors\./);
  });

  after(async () => {
    await workspace.getConfiguration().update(settingIds.plots, undefined, true);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
});
