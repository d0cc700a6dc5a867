import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Uri, window, type InputBoxOptions, type MessageOptions, type QuickPickItem } from 'vscode';
import type { Area, Entity } from '../../src/core/model';
import type { AreaNode, EntityNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import type { DatabaseSession } from '../../src/vscode/databaseSession';
import { commandIds } from '../../src/vscode/ids';
import { findRow, openApp, runScript, until } from './home';

interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

describe('Editing', () => {
  let app: App;
  let folder: string;
  let session: DatabaseSession;
  let shown: Shown[];
  let picks: (readonly QuickPickItem[])[];
  let inputs: InputBoxOptions[];
  /** What the user picks by label, types, and presses, in turn; nothing where there is none left. */
  let labels: string[];
  let texts: (string | undefined)[];
  let press: (message: Shown) => Promise<string | undefined>;
  const { showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick, showInputBox, showSaveDialog } = window;
  const original = { showInformationMessage, showWarningMessage, showErrorMessage, showQuickPick, showInputBox, showSaveDialog };

  before(async () => {
    app = await openApp();
    folder = await realpath(await mkdtemp(join(tmpdir(), 'occupancy-edit-')));
    await runScript('../demo/makeDemo.mts', join(folder, 'config'));
    await rm(join(folder, 'config', '.storage', 'area_occupancy.db.lock'));
    session = await app.databases.open(join(folder, 'config', '.storage', 'area_occupancy.db'));
  });
  after(async () => {
    await app.databases.close(session);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  beforeEach(() => {
    [shown, picks, inputs, labels, texts] = [[], [], [], [], []];
    press = async () => undefined;
    const show = async (text: string, ...rest: (MessageOptions | string)[]): Promise<string | undefined> => {
      const options = rest.find((item) => typeof item === 'object');
      const message = { text, detail: options?.detail ?? '', buttons: rest.filter((item) => typeof item === 'string') };
      shown.push(message);
      return press(message);
    };
    Object.assign(window, {
      showInformationMessage: show,
      showWarningMessage: show,
      showErrorMessage: show,
      showQuickPick: async (offered: readonly QuickPickItem[] | Promise<readonly QuickPickItem[]>) => {
        const items = await offered;
        picks.push(items);
        const label = labels.shift();
        return items.find((item) => item.label === label);
      },
      showInputBox: async (options: InputBoxOptions) => {
        inputs.push(options);
        return texts.shift();
      },
    });
  });
  afterEach(() => Object.assign(window, original));

  const area = async (name = 'Kitchen'): Promise<Area> =>
    (await session.reader.getAreas()).find(({ areaName }) => areaName === name)!;
  const areaNode = async (name = 'Kitchen'): Promise<AreaNode> =>
    (await findRow(
      app.areas,
      ({ database }) => database === session.path,
      (node) => node.kind === 'area' && node.area.areaName === name,
    )) as AreaNode;
  const apply = async ({ buttons }: Shown): Promise<string | undefined> => (buttons.includes('Apply') ? 'Apply' : undefined);

  async function sensor(): Promise<{ node: EntityNode; now: () => Promise<Entity> }> {
    const [row] = await session.reader.getEntities({ area: 'Kitchen', type: 'motion' });
    const now = async (): Promise<Entity> =>
      (await session.reader.getEntities({ area: 'Kitchen' })).find(({ entityId }) => entityId === row!.entityId)!;
    return { node: { kind: 'entity', id: 'x', database: session.path, entity: row!, friendlyName: null, opens: false }, now };
  }

  it('shows what an area has, what becomes of it and what Home Assistant does with it, writes it, and undoes it', async () => {
    const before = await area();
    [labels, texts, press] = [['Threshold'], ['42 %'], apply];
    await commands.executeCommand(commandIds.editArea, await areaNode());
    assert.deepEqual(
      picks[0]?.map(({ label }) => label),
      ['Purpose', 'Threshold'],
    );
    assert.equal(inputs[0]?.value, String(before.threshold));
    const [preview, done] = shown;
    assert.equal(preview?.text, 'Change Kitchen?');
    assert.match(preview?.detail ?? '', /^Threshold: 5\d(\.\d)?% → 42%\n\nHome Assistant does not read this back/);
    assert.match(done?.text ?? '', /^Kitchen: Threshold: 5\d(\.\d)?% → 42%\.$/);
    assert.deepEqual(done?.buttons, ['Undo']);
    assert.equal((await area()).threshold, 0.42);

    await commands.executeCommand(commandIds.undoEdit);
    assert.match(shown.at(-1)!.text, /^Undone\. Kitchen: Threshold: 42% → 5\d(\.\d)?%\.$/);
    assert.deepEqual(await area(), before);
  });

  it('writes nothing where the user does not apply it, or gives the value there is', async () => {
    const before = await area();
    [labels, texts] = [['Threshold'], ['0.9']];
    await commands.executeCommand(commandIds.editArea, await areaNode());
    assert.equal(shown.length, 1);
    [labels, texts, press] = [['Threshold'], [String(before.threshold)], apply];
    await commands.executeCommand(commandIds.editArea, await areaNode());
    assert.equal(shown.at(-1)!.text, 'Kitchen has that value already; nothing was written.');
    assert.deepEqual(await area(), before);
  });

  it('lets a purpose be picked, and an area where it is run from the palette', async () => {
    const before = await area();
    [labels, press] = [
      ['Kitchen', 'Purpose', 'Dining Room'],
      async ({ buttons }) => buttons.find((title) => title !== 'Show Log'),
    ];
    // Whoever presses Apply and then Undo sees the row as it was.
    const several = app.databases.all.length > 1;
    const pickOurs = window.showQuickPick;
    if (several) {
      Object.assign(window, {
        showQuickPick: async (
          offered: Promise<readonly (QuickPickItem & { chosen?: { database: string; area: string } })[]>,
          options: object,
        ) => {
          const items = await offered;
          const ours = items.find(({ chosen }) => chosen?.database === session.path && chosen.area === 'Kitchen');
          if (!ours) return pickOurs(items, options);
          labels.shift();
          return ours;
        },
      });
    }
    await commands.executeCommand(commandIds.editArea);
    assert.equal(picks.at(-1)?.length, 12);
    assert.match(shown[0]?.detail ?? '', /^Purpose: Kitchen, half-life 4 min → Dining Room, half-life 8 min/);
    await until(async () => shown.length === 3, 5000, 'the undoing');
    assert.match(shown[2]!.text, /^Undone\./);
    assert.deepEqual(await area(), before);
  });

  it('checks what is typed, and warns of what is odd', async () => {
    const { node } = await sensor();
    labels = ['Active when occupied'];
    await commands.executeCommand(commandIds.editEntity, node);
    const problem = async (text: string): Promise<unknown> => inputs[0]?.validateInput?.(text);
    assert.match(JSON.stringify(await problem('2')), /^"2 is out of bounds\./);
    assert.match(JSON.stringify(await problem('many')), /^"This is no number\./);
    assert.equal(await problem('0.7'), undefined);
    assert.match(JSON.stringify(await problem('0.01')), /would not speak for occupancy/);
    assert.match(JSON.stringify(await problem(inputs[0]!.value!)), /This is the value now\./);
    assert.deepEqual(shown, []);
  });

  it('writes nothing over what another wrote while the user decided, and shows that', async () => {
    const { node, now } = await sensor();
    [labels, texts] = [['Weight'], ['0.33']];
    press = async ({ buttons }) => {
      if (!buttons.includes('Apply')) return undefined;
      await runScript(
        'runSql.mts',
        session.path,
        `UPDATE entities SET weight = 0.77 WHERE entity_id = '${node.entity.entityId}'`,
      );
      return 'Apply';
    };
    await commands.executeCommand(commandIds.editEntity, node);
    assert.match(shown.at(-1)!.text, /was changed meanwhile, so nothing was written\. It has now: Weight: 0\.77, /);
    assert.deepEqual(shown.at(-1)!.buttons, ['Edit Again']);
    assert.equal((await now()).weight, 0.77);
  });

  it('undoes nothing that was changed since, and says so', async () => {
    const { node, now } = await sensor();
    [labels, texts, press] = [['Weight'], ['0.33'], apply];
    await commands.executeCommand(commandIds.editEntity, node);
    assert.equal((await now()).weight, 0.33);
    await runScript('runSql.mts', session.path, `UPDATE entities SET weight = 0.5 WHERE entity_id = '${node.entity.entityId}'`);
    await commands.executeCommand(commandIds.undoEdit);
    assert.match(shown.at(-1)!.text, /was changed since the edit, so that was not undone\. It has now: Weight: 0\.5, /);
    assert.equal((await now()).weight, 0.5);
    await commands.executeCommand(commandIds.undoEdit);
    assert.equal(shown.at(-1)!.text, 'There is no edit to undo.');
  });

  describe('the learned history of an area', () => {
    const countOf = async (path: string): Promise<number> =>
      Number(await runScript('runSql.mts', path, `SELECT count(*) FROM intervals WHERE area_name = 'Bathroom'`));

    function chooseBackup(): string {
      const target = join(folder, 'backup.db');
      Object.assign(window, { showSaveDialog: async () => Uri.file(target) });
      press = async ({ buttons }) => buttons.find((title) => ['Back Up…', 'Replace'].includes(title));
      return target;
    }

    it('is counted, backed up, and kept where the name is not typed', async () => {
      const backup = chooseBackup();
      const intervals = await countOf(session.path);
      await commands.executeCommand(commandIds.deleteHistory, await areaNode('Bathroom'));
      const [question] = shown;
      assert.equal(question?.text, 'Delete all that Bathroom has learned?');
      assert.match(question?.detail ?? '', new RegExp(`^${intervals.toLocaleString('en')} intervals\n`));
      assert.match(question?.detail ?? '', /\d+ learned hours of the week\n/);
      assert.equal(await inputs[0]?.validateInput?.('Bath'), 'Type the name of the area: Bathroom');
      assert.equal(await inputs[0]?.validateInput?.('Bathroom'), undefined);
      assert.match(inputs[0]?.prompt ?? '', /backup\.db\. Type Bathroom to delete\.$/);
      assert.match(shown.at(-1)!.text, /^Nothing was deleted\. The backup stays at .*backup\.db\.$/);
      assert.equal(await countOf(session.path), intervals);
      assert.equal(await countOf(backup), intervals);
    });

    it('is deleted when it is typed; the backup has it', async () => {
      const backup = chooseBackup();
      const [intervals, others] = [await countOf(session.path), await session.reader.getPriors('Kitchen')];
      texts = ['Bathroom'];
      await commands.executeCommand(commandIds.deleteHistory, await areaNode('Bathroom'));
      assert.match(shown.at(-1)!.text, /^Deleted [\d,]+ rows of learned history of Bathroom\. The backup is at .*backup\.db\.$/);
      assert.equal(await countOf(session.path), 0);
      assert.equal(await countOf(backup), intervals);
      assert.deepEqual((await session.reader.getPriors('Bathroom')).slots, []);
      assert.deepEqual(await session.reader.getPriors('Kitchen'), others);
      await commands.executeCommand(commandIds.deleteHistory, await areaNode('Bathroom'));
      assert.equal(shown.at(-1)!.text, 'Bathroom has no learned history; there is nothing to delete.');
    });

    it('is not touched where no backup is made', async () => {
      const target = chooseBackup();
      await rm(target, { force: true });
      Object.assign(window, { showSaveDialog: async () => undefined });
      await commands.executeCommand(commandIds.deleteHistory, await areaNode());
      assert.equal(shown.at(-1)?.text, 'Delete all that Kitchen has learned?');
      assert.deepEqual(inputs, []);
      assert.equal(existsSync(target), false);
    });
  });

  it('refuses what is open for reading only, with the reason', async () => {
    const setVersion = async (version: number): Promise<void> => {
      await runScript('runSql.mts', session.path, `UPDATE metadata SET value = '${version}' WHERE key = 'db_version'`);
      session.reopen();
      await until(async () => session.info?.dbVersion === version, 5000, 'the reopening');
    };
    await setVersion(99);
    for (const command of [commandIds.editArea, commandIds.deleteHistory]) {
      await commands.executeCommand(command, await areaNode());
      assert.match(shown.at(-1)!.text, / is read-only, so nothing was changed\. The database is of version 99, newer than /);
    }
    await setVersion(18);
    assert.deepEqual(picks, []);
  });
});
