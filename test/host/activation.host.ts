import { strict as assert } from 'node:assert';
import { commands } from 'vscode';
import { commandIds } from '../../src/vscode/ids';
import { extension, openApp } from './home';

describe('The extension', () => {
  it('activates and registers every command that it declares', async () => {
    await openApp();
    assert.equal(extension.isActive, true);
    const registered = await commands.getCommands(true);
    assert.deepEqual(
      Object.values(commandIds).filter((id) => !registered.includes(id)),
      [],
    );
  });
});
