import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { commands, window, type MessageOptions } from 'vscode';
import { commandIds } from '../../src/vscode/ids';
import { databasePath, openApp } from './home';

const lockPath = `${databasePath}.lock`;
const DEAD_PID = 2 ** 22 - 1;

interface Shown {
  readonly message: string;
  readonly modal: boolean;
}

async function plantLock(ageSeconds: number): Promise<void> {
  const seconds = Date.now() / 1000 - ageSeconds;
  await rm(lockPath, { force: true });
  await writeFile(lockPath, `${DEAD_PID}:${seconds.toFixed(6)}`);
  await utimes(lockPath, seconds, seconds);
}

describe('Clear Stale Lock', () => {
  const shown: Shown[] = [];
  const original = { warn: window.showWarningMessage, inform: window.showInformationMessage };
  let answer: () => Promise<string | undefined>;

  before(openApp);

  beforeEach(() => {
    shown.length = 0;
    answer = async () => undefined;
    const show = async (message: string, options?: MessageOptions | string): Promise<string | undefined> => {
      const modal = typeof options === 'object' && options.modal === true;
      shown.push({ message, modal });
      return modal ? answer() : undefined;
    };
    Object.assign(window, { showWarningMessage: show, showInformationMessage: show });
  });

  afterEach(async () => {
    Object.assign(window, { showWarningMessage: original.warn, showInformationMessage: original.inform });
    await rm(lockPath, { force: true });
  });

  it('says that there is nothing to clear, and does not ask', async () => {
    await rm(lockPath, { force: true });
    await commands.executeCommand(commandIds.clearStaleLock);
    assert.equal(shown.length, 1);
    assert.match(shown[0]!.message, /^The lock is free/);
    assert.equal(shown[0]!.modal, false);
  });

  it('explains a young lock, and does not ask', async () => {
    await plantLock(10);
    await commands.executeCommand(commandIds.clearStaleLock);
    assert.deepEqual(
      shown.map(({ modal }) => modal),
      [false],
    );
    assert.match(shown[0]!.message, /^The lock is held/);
    assert.ok(existsSync(lockPath));
  });

  it('removes a stale lock after the answer', async () => {
    await plantLock(1200);
    answer = async () => 'Remove Lock';
    await commands.executeCommand(commandIds.clearStaleLock);
    assert.equal(shown[0]!.modal, true);
    assert.match(shown[0]!.message, /^The lock is stale/);
    assert.equal(existsSync(lockPath), false, JSON.stringify(shown));
    assert.ok(existsSync(databasePath));
  });

  it('leaves a stale lock alone when the user cancels', async () => {
    await plantLock(1200);
    await commands.executeCommand(commandIds.clearStaleLock);
    assert.equal(shown.length, 1);
    assert.ok(existsSync(lockPath));
  });

  it('leaves alone what was taken again while the user decided', async () => {
    await plantLock(1200);
    answer = async () => {
      await plantLock(0);
      return 'Remove Lock';
    };
    await commands.executeCommand(commandIds.clearStaleLock);
    assert.equal(shown.at(-1)!.message, 'The lock was taken again while you decided; nothing was removed.');
    assert.ok(existsSync(lockPath));
  });
});
