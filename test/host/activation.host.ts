import { strict as assert } from 'node:assert';
import { extensions } from 'vscode';

describe('The extension', () => {
  it('is found by its id, and activates', async () => {
    const extension = extensions.getExtension('area-occupancy.area-occupancy-inspector');
    assert.ok(extension, 'VS Code knows no extension of that id');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
