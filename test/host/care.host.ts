import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import type { FindingNode, FindingRowNode } from '../../src/core/tree/nodes';
import type { App } from '../../src/vscode/app';
import { commandIds, reportScheme } from '../../src/vscode/ids';
import { databasePath, openApp, runScript, until } from './home';

const { showSaveDialog, showInformationMessage, showWarningMessage, showErrorMessage } = window;
const original = { showSaveDialog, showInformationMessage, showWarningMessage, showErrorMessage };

describe('Checking, backing up and recovering', () => {
  let app: App;
  let folder: string;
  let said: string[];
  let interval: number;
  const of = { database: databasePath };

  before(async () => {
    app = await openApp();
    folder = await mkdtemp(join(tmpdir(), 'area-occupancy-care-'));
    const [entity] = await app.databases.all[0]!.reader.getEntities({ type: 'motion' });
    // AOD keeps no “on” of fifteen hours.
    interval = Number(await runScript('addInterval.mts', databasePath, entity!.entityId, 'on', '54000'));
  });
  beforeEach(() => {
    said = [];
    const keep = async (text: string): Promise<undefined> => void said.push(text);
    Object.assign(window, { showInformationMessage: keep, showWarningMessage: keep, showErrorMessage: keep });
  });
  afterEach(() => Object.assign(window, original));
  after(async () => {
    await runScript('removeInterval.mts', databasePath, String(interval));
    await rm(folder, { recursive: true, force: true });
    await commands.executeCommand(commandIds.clearFindings);
    await commands.executeCommand(commandIds.groupIntervalsByArea);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  function saveTo(name: string): string {
    const target = join(folder, name);
    Object.assign(window, { showSaveDialog: async () => Uri.file(target) });
    return target;
  }

  it('shows what is wrong in a view, and leads to its row', async () => {
    await commands.executeCommand(commandIds.checkIntegrity, of);
    const findings = (await app.checks.view.getChildren()) as FindingNode[];
    const finding = findings.find((node) => node.finding.rule === 'impossibleDurations');
    assert.ok(finding, JSON.stringify(findings.map((node) => node.finding)));
    assert.match(app.checks.view.view.description ?? '', /^checked at /);
    assert.match(said[0] ?? '', /warning/);
    const rows = (await app.checks.view.getChildren(finding)) as FindingRowNode[];
    const row = rows.find(({ row: one }) => one.kind === 'interval' && one.interval.id === interval);
    await commands.executeCommand(commandIds.revealFinding, row);
    const selected = (): boolean =>
      app.intervals.view.selection.some((node) => node.kind === 'interval' && node.interval.id === interval);
    await until(async () => selected(), 5000, 'the interval');
  });

  it('writes the same as a report that can be exported', async () => {
    await commands.executeCommand(commandIds.showFindings, of);
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, reportScheme);
    assert.equal(document?.languageId, 'markdown');
    assert.match(document?.getText() ?? '', /^# Check of [\s\S]*impossible duration/);
    const markdown = saveTo('check.md');
    await commands.executeCommand(commandIds.exportFindings, of);
    assert.equal(readFileSync(markdown, 'utf8'), document?.getText());
    const json = saveTo('check.json');
    await commands.executeCommand(commandIds.exportFindings, of);
    assert.equal(JSON.parse(readFileSync(json, 'utf8')).info.path, databasePath);
  });

  it('backs up to the file that was chosen, and replaces one only when it may', async () => {
    const target = saveTo('backup.db');
    await commands.executeCommand(commandIds.backup, of);
    assert.match(said[0] ?? '', /^backup\.db has the state of .* rows, .*, verified\.$/);
    assert.ok(statSync(target).size > 100_000);
    writeFileSync(target, 'precious');
    await commands.executeCommand(commandIds.backup, of);
    assert.equal(readFileSync(target, 'utf8'), 'precious');
    assert.match(said[1] ?? '', /^Replace backup\.db\?$/);
    Object.assign(window, { showWarningMessage: async () => 'Replace' });
    await commands.executeCommand(commandIds.backup, of);
    assert.ok(statSync(target).size > 100_000);
    assert.deepEqual(
      readdirSync(folder).filter((name) => /\.part|-wal|-shm/.test(name)),
      [],
    );
  });

  it('never backs up into Home Assistant’s own folder', async () => {
    Object.assign(window, { showSaveDialog: async () => Uri.file(`${databasePath}.backup`) });
    await commands.executeCommand(commandIds.backup, of);
    await until(async () => said.length > 0, 3000, 'the message');
    assert.match(said[0] ?? '', /\.storage folder is Home Assistant/);
    assert.equal(existsSync(`${databasePath}.backup`), false);
  });

  it('recovers into a new file, and tells what became of each table', async () => {
    saveTo('recovered.db');
    await commands.executeCommand(commandIds.recover, of);
    const text = window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^# Recovery\n\n[\d,]+ rows recovered; /);
    assert.match(text, /\| intervals \| [\d,]+ \| 0 \| 0 \|/);
    assert.ok(statSync(join(folder, 'recovered.db')).size > 100_000);
  });

  it('forgets what was found when that is cleared', async () => {
    await commands.executeCommand(commandIds.clearFindings);
    assert.deepEqual(await app.checks.view.getChildren(), []);
  });
});
