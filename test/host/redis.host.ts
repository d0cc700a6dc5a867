import { strict as assert } from 'node:assert';
import { dirname, join } from 'node:path';
import { commands, ConfigurationTarget, window, workspace, type InputBoxOptions } from 'vscode';
import type { App } from '../../src/vscode/app';
import type { SyncRequest } from '../../src/vscode/commands/sync';
import { commandIds, settingIds } from '../../src/vscode/ids';
import { databasePath, openApp, until } from './home';

/** Nothing listens there. */
const NOWHERE = 'redis://127.0.0.1:1';

interface Shown {
  readonly message: string;
  readonly buttons: readonly string[];
}

describe('The Redis lock', () => {
  let app: App;
  let shown: Shown[];
  let asked: InputBoxOptions[];
  let typed: string | undefined;
  const { showInformationMessage, showErrorMessage, showInputBox } = window;
  const original = { showInformationMessage, showErrorMessage, showInputBox };

  before(async () => {
    app = await openApp();
  });

  beforeEach(() => {
    shown = [];
    asked = [];
    typed = undefined;
    const show = async (message: string, ...buttons: string[]): Promise<undefined> => void shown.push({ message, buttons });
    const ask = async (options: InputBoxOptions): Promise<string | undefined> => {
      asked.push(options);
      return typed;
    };
    Object.assign(window, { showInformationMessage: show, showErrorMessage: show, showInputBox: ask });
  });

  afterEach(async () => {
    Object.assign(window, original);
    await set(undefined);
    await commands.executeCommand(commandIds.discardSync);
  });

  const set = (url: string | undefined): Thenable<void> =>
    workspace.getConfiguration().update(settingIds.redisUrl, url, ConfigurationTarget.Global);
  const said = (text: RegExp): Promise<number> =>
    until(async () => shown.some(({ message }) => text.test(message)), 10_000, `a message like ${text.source}`);
  const lockText = async (): Promise<string> => {
    await commands.executeCommand(commandIds.showLock, { database: databasePath });
    return window.activeTextEditor?.document.getText() ?? '';
  };

  it('is not spoken of where none is set', async () => {
    assert.doesNotMatch(await lockText(), /Redis/);
    await commands.executeCommand(commandIds.setRedisPassword);
    assert.deepEqual(
      shown.map(({ message }) => message),
      ['No Redis server is set, so there is no password to keep.'],
    );
  });

  it('refuses an address with a password in it at once, without repeating it', async () => {
    await set('redis://:geheim@127.0.0.1:1');
    await said(/holds a password.*run Set Redis Password/);
    assert.ok(shown.every(({ message }) => !message.includes('geheim')));
    assert.ok(shown.some(({ buttons }) => buttons.includes('Open Settings')));
  });

  it('asks for the password without showing it, and forgets it when it is left empty', async () => {
    await set(NOWHERE);
    typed = 'geheim';
    await commands.executeCommand(commandIds.setRedisPassword);
    await said(/^The Redis password for 127\.0\.0\.1:1 is set\./);
    assert.equal(asked[0]?.password, true);
    typed = '';
    await commands.executeCommand(commandIds.setRedisPassword);
    await said(/^The Redis password for 127\.0\.0\.1:1 is forgotten\./);
  });

  it('is shown with the lock, also before its first use', async () => {
    await set(NOWHERE);
    const isTold = async (): Promise<boolean> => {
      const text = await lockText();
      return /Redis lock +not used yet/.test(text) && /Redis +127\.0\.0\.1:1/.test(text);
    };
    await until(isTold, 10_000, 'the Redis lock in Show Lock');
  });

  it('lets nothing be written while Redis cannot be reached, and says what to do', async () => {
    const recorder = join(dirname(dirname(databasePath)), 'home-assistant_v2.db');
    await set(NOWHERE);
    const request: SyncRequest = { database: databasePath, source: { kind: 'recorder', path: recorder } };
    await commands.executeCommand(commandIds.sync, request);
    assert.ok(app.syncPreview.pending, JSON.stringify(shown));
    await commands.executeCommand(commandIds.applySync);
    await said(/^Redis at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. Nothing was written.*Start Redis/);
    const { buttons } = shown.find(({ message }) => message.startsWith('Redis at')) ?? { buttons: [] };
    assert.deepEqual(buttons, ['Open Settings', 'Retry', 'Show Log']);
    await until(async () => /Writes +are refused until/.test(await lockText()), 10_000, 'the refusal in Show Lock');
  });
});
