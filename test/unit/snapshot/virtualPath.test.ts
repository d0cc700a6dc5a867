import { describe, expect, it } from 'vitest';
import { isVirtualPath, virtualFileName, virtualScheme } from '../../../src/core/snapshot/virtualPath';

describe('an address', () => {
  it.each(['vscode-vfs://github/o/r/area_occupancy.db', 'memfs:/x.db', 'vscode-remote://ssh-remote%2Bha/config/x.db'])(
    'is told from a path: %s',
    (address) => expect(isVirtualPath(address)).toBe(true),
  );

  it.each([
    '/config/x.db',
    'config/x.db',
    String.raw`C:\config\x.db`,
    'C:/config/x.db',
    String.raw`\\nas\config\x.db`,
    '~/x.db',
    '',
  ])('is not what a path is: %s', (path) => expect(isVirtualPath(path)).toBe(false));

  it('has a file name and a scheme', () => {
    expect(virtualFileName('memfs:/my%20home/B%C3%BCro%3F.db?ref=1#x')).toBe('Büro?.db');
    expect(virtualScheme('vscode-vfs://github/o/x.db')).toBe('vscode-vfs');
  });
});
