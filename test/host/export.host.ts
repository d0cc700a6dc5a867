import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Uri, window, type QuickPickItem } from 'vscode';
import type { AreaNode, DatabaseNode, DayNode, EntityNode, IntervalNode, TreeNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import type { ExportOffer } from '../../src/vscode/commands/exportOffer';
import { commandIds } from '../../src/vscode/ids';
import { databasePath, findRow, isKind, openApp, until } from './home';

const { showQuickPick, showSaveDialog, showInformationMessage, showErrorMessage, showInputBox } = window;
const original = { showQuickPick, showSaveDialog, showInformationMessage, showErrorMessage, showInputBox };

describe('Exporting', () => {
  let app: App;
  let folder: string;
  let said: string[];
  let offered: string[][];

  before(async () => {
    app = await openApp();
    folder = await mkdtemp(join(tmpdir(), 'area-occupancy-export-'));
  });
  beforeEach(() => {
    said = [];
    offered = [];
    const keep = async (text: string): Promise<undefined> => void said.push(text);
    Object.assign(window, { showInformationMessage: keep, showErrorMessage: keep });
  });
  afterEach(() => Object.assign(window, original));
  after(() => rm(folder, { recursive: true, force: true }));

  /** Answers the questions: the items that begin like this, and the file. */
  function answer(name: string, ...labels: readonly string[]): string {
    const left = [...labels];
    const target = join(folder, name);
    Object.assign(window, {
      showQuickPick: async (items: readonly QuickPickItem[]) => {
        offered.push(items.map(({ label }) => label));
        const wanted = left.shift() ?? '';
        return items.find(({ label }) => label.startsWith(wanted));
      },
      showSaveDialog: async ({ defaultUri }: { defaultUri: Uri }) => {
        offered.push([defaultUri.fsPath]);
        return Uri.file(target);
      },
    });
    return target;
  }

  const kitchen = async (): Promise<AreaNode> =>
    (await findRow(app.intervals, (node) => node.kind === 'area' && node.area.areaName === 'Kitchen')) as AreaNode;
  const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

  it('writes the intervals of an area, and says how many', async () => {
    const target = answer('kitchen.ndjson', 'Intervals of Kitchen', 'NDJSON');
    await commands.executeCommand(commandIds.export, await kitchen());
    const rows = lines(target).map((line) => JSON.parse(line));
    assert.ok(rows.length > 100);
    assert.deepEqual([...new Set(rows.map((row) => row.area_name))], ['Kitchen']);
    assert.match(said[0] ?? '', /^[\d,]+ rows exported to kitchen\.ndjson \(.*B\)\.$/);
    assert.equal(Number(said[0]?.split(' ')[0]?.replaceAll(',', '')), rows.length);
    assert.ok(offered[0]?.includes('Learned priors of Kitchen'));
    assert.match(offered[2]?.[0] ?? '', /Kitchen intervals\.ndjson$/);
    assert.doesNotMatch(offered[2]?.[0] ?? '', /\.storage/);
    assert.deepEqual(readdirSync(folder), ['kitchen.ndjson']);
  });

  it('writes a day of the Intervals view', async () => {
    const day = (await app.intervals.getChildren(await kitchen())).find(isKind('day')) as DayNode;
    const target = answer('day.csv', 'CSV');
    await commands.executeCommand(commandIds.export, day);
    assert.equal(lines(target).length - 1, day.day.count.count);
  });

  it('writes entities, areas and priors of a database', async () => {
    const root = (await findRow(app.areas, isKind('database'))) as DatabaseNode;
    for (const [label, count] of [
      ['Areas', (await app.databases.all[0]!.reader.getAreas()).length],
      ['Entities', (await app.databases.all[0]!.reader.getEntities()).length],
    ] as const) {
      const target = answer(`${label}.json`, label, 'JSON');
      await commands.executeCommand(commandIds.export, root);
      assert.equal((JSON.parse(readFileSync(target, 'utf8')) as unknown[]).length, count);
    }
  });

  it('writes a timeline as a picture, and its intervals', async () => {
    await commands.executeCommand(commandIds.showTimeline, await kitchen());
    const picture = answer('timeline.svg', 'Timeline', 'SVG');
    await commands.executeCommand(commandIds.export);
    assert.match(readFileSync(picture, 'utf8'), /^<svg xmlns[\s\S]*>Kitchen<[\s\S]*<\/svg>\n$/);
    const rows = answer('timeline.csv', 'Intervals', 'CSV');
    await commands.executeCommand(commandIds.export, window.activeTextEditor?.document.uri);
    assert.ok(existsSync(rows));
    assert.match(offered[2]?.[0] ?? '', /Kitchen timeline \d{4}-\d{2}-\d{2}\.svg$/);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('writes the priors of an area as a picture', async () => {
    await commands.executeCommand(commandIds.showPriors, await kitchen());
    await until(async () => Boolean(app.drawn.priorsPanels.active ?? app.drawn.priors.documents.active), 3000, 'the priors');
    const picture = answer('priors.svg', 'Priors of Kitchen as a picture', 'SVG');
    await commands.executeCommand(commandIds.export);
    assert.match(readFileSync(picture, 'utf8'), /^<svg xmlns[\s\S]*>Kitchen<[\s\S]*<\/svg>\n$/);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('says that a PNG needs a webview, and takes one from whoever has it', async () => {
    const offer = { label: 'A plot', fileName: ['plot'], content: { kind: 'picture', svg: async () => '<svg/>' } } as const;
    answer('plot.png', 'PNG');
    await commands.executeCommand(commandIds.export, offer satisfies ExportOffer);
    assert.match(said[0] ?? '', /renders webviews/);
    assert.ok(!existsSync(join(folder, 'plot.png')));
    const png = async (): Promise<Uint8Array> => new Uint8Array([137, 80, 78, 71]);
    const target = answer('plot.png', 'PNG');
    await commands.executeCommand(commandIds.export, { ...offer, content: { ...offer.content, png } } satisfies ExportOffer);
    assert.deepEqual([...readFileSync(target)], [137, 80, 78, 71]);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('refuses the folder of the database, and says why', async () => {
    answer('x', 'Intervals of Kitchen', 'CSV');
    Object.assign(window, { showSaveDialog: async () => Uri.file(databasePath) });
    await commands.executeCommand(commandIds.export, await kitchen());
    await until(async () => said.length > 0, 3000, 'the message');
    assert.match(said[0] ?? '', /\.storage folder is Home Assistant/);
  });

  describe('and filtering', () => {
    afterEach(() => commands.executeCommand(commandIds.clearIntervalFilter));

    const filter = async (...labels: readonly string[]): Promise<void> => {
      Object.assign(window, {
        showQuickPick: async (items: Promise<readonly QuickPickItem[]>) =>
          (await items).filter(({ label }) => labels.includes(label)),
      });
      await commands.executeCommand(commandIds.filterIntervals);
      Object.assign(window, original);
    };
    const roots = (): Promise<TreeNode[]> => app.intervals.getChildren();

    it('narrows the Intervals view, says to what, and exports what is left', async () => {
      const before = (await roots()).length;
      await filter('Kitchen', 'motion', 'on');
      assert.equal(app.intervals.view.description, 'Kitchen, motion, on');
      assert.ok(before > 1);
      assert.equal((await roots()).length, 1);
      const [area] = (await roots()) as AreaNode[];
      const [day] = (await app.intervals.getChildren(area)) as DayNode[];
      const rows = (await app.intervals.getChildren(day)) as IntervalNode[];
      assert.ok(rows.length > 0);
      assert.ok(rows.every(({ interval, kind }) => kind !== 'interval' || interval.state === 'on'));

      Object.assign(window, { showInformationMessage: async (text: string) => void said.push(text) });
      const target = answer('shown.ndjson', 'NDJSON');
      await commands.executeCommand(commandIds.exportIntervals);
      const exported = lines(target).map((line) => JSON.parse(line));
      assert.ok(exported.length > 5);
      assert.deepEqual([...new Set(exported.map((row) => `${row.area_name} ${row.state}`))], ['Kitchen on']);
      await commands.executeCommand(commandIds.clearIntervalFilter);
      assert.equal(app.intervals.view.description, '');
      assert.equal((await roots()).length, before);
    });

    it('gives way to a row that is to be shown', async () => {
      await filter('Kitchen');
      const other = await findRow(
        app.areas,
        isKind('database'),
        (node) => node.kind === 'area' && node.area.areaName !== 'Kitchen',
      );
      await commands.executeCommand(commandIds.showIntervals, other);
      assert.equal(app.intervals.view.description, '');
      await until(async () => app.intervals.view.selection[0]?.kind === 'area', 3000, 'the area');
    });

    it('goes to a date, or the one before it that has something', async () => {
      const area = await kitchen();
      const days = (await app.intervals.getChildren(area)).filter(isKind('day')) as DayNode[];
      const wanted = days.at(-1)!;
      Object.assign(window, { showInputBox: async () => wanted.day.day });
      await commands.executeCommand(commandIds.goToDate, area);
      await until(async () => app.intervals.view.selection[0]?.id === wanted.id, 3000, 'the day');
      Object.assign(window, {
        showInputBox: async () => '1999-01-01',
        showInformationMessage: async (text: string) => void said.push(text),
      });
      await commands.executeCommand(commandIds.goToDate, area);
      assert.match(said[0] ?? '', /^Kitchen has no intervals to show on 1999-01-01, nor before it\.$/);
    });

    it('narrows the Areas and the Entities view', async () => {
      await app.filters.filterAreas('kitch');
      const rows = await app.areas.getChildren(await findRow(app.areas, isKind('database')));
      assert.deepEqual(
        rows.filter(isKind('area')).map((row) => (row as AreaNode).area.areaName),
        ['Kitchen'],
      );
      assert.equal(app.areas.view.description, 'kitch');
      await commands.executeCommand(commandIds.clearAreaFilter);
      await app.filters.filterEntities('kitchen_motion');
      const [group] = await app.entities.getChildren();
      const entities = (await app.entities.getChildren(group)) as EntityNode[];
      assert.ok(entities.every(({ entity }) => entity.entityId.includes('kitchen_motion')));
      await commands.executeCommand(commandIds.clearEntityFilter);
    });
  });
});
