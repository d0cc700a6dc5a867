import { describe, expect, it } from 'vitest';
import { refuseNetworkMount } from '../../../src/platform/database/networkMount';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

describe('a network mount', () => {
  it('is not what this machine keeps its temporary files on', async () => {
    const folder = temporaryFolder('mount');
    await expect(refuseNetworkMount(`${folder.path}/area_occupancy.db`)).resolves.toBeUndefined();
    folder.remove();
  });

  it.each([String.raw`\\nas\config\area_occupancy.db`, '//nas/config/area_occupancy.db'])('is what %s names', async (path) => {
    await expect(refuseNetworkMount(path, async () => ({ type: 0, name: null }))).rejects.toThrow('a network share');
  });

  it.each([String.raw`\\?\C:\config\area_occupancy.db`, '/config/area_occupancy.db'])('is not what %s names', async (path) => {
    await expect(refuseNetworkMount(path, async () => ({ type: 0xef53, name: null }))).resolves.toBeUndefined();
  });
});
