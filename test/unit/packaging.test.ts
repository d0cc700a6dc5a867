import { listFiles, PackageManager } from '@vscode/vsce';
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ignoreTextOf, type Target, TARGETS } from '../setup/packageExtension.mts';
import { ROOT } from '../setup/paths.mts';

const KB = 1000;

describe('The package', () => {
  it('has what runs, what is read and what is seen, and nothing else', async () => {
    // As `vsce ls` says it.
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    const kinds = new Set(
      files.map((file) =>
        file
          .replace(/^dist\/better-sqlite3\/lib\/.*\.js$/, 'dist/better-sqlite3/lib/…')
          .replace(/^dist\/better-sqlite3\/prebuilds\/.*\.node$/, 'dist/better-sqlite3/prebuilds/…')
          .replace(/^dist\/licenses\/.*\.txt$/, 'dist/licenses/…')
          .replace(/^media\/walkthrough\/\w+\.svg$/, 'media/walkthrough/….svg')
          .replace(/^dist\/webview\/\w+\.(js|css)$/, 'dist/webview/….$1'),
      ),
    );
    expect([...kinds].toSorted()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/better-sqlite3/LICENSE',
      'dist/better-sqlite3/lib/…',
      'dist/better-sqlite3/package.json',
      'dist/better-sqlite3/prebuilds/…',
      'dist/core.js',
      'dist/extension.js',
      'dist/heartbeatWorker.js',
      'dist/licenses/…',
      'dist/redisWorker.js',
      'dist/server.js',
      'dist/sqljs/sql-wasm.js',
      'dist/sqljs/sql-wasm.wasm',
      'dist/webview/….css',
      'dist/webview/….js',
      'media/activity.svg',
      'media/icon.png',
      'media/walkthrough/….svg',
      'package.json',
    ]);
    // It looks at every file of the folder, those of an unpacked VS Code too.
  }, 90_000);

  it('has one binary for each target, that of the target', async () => {
    for (const [target, binary] of Object.entries(TARGETS)) {
      const binaries = (await ignoreTextOf(target as Target)).match(/^!.*\.node$/gm);
      expect(binaries).toEqual([`!dist/better-sqlite3/prebuilds/${binary}.node`]);
    }
    const known = await readdir(join(ROOT, 'dist/better-sqlite3/prebuilds'));
    expect(Object.values(TARGETS).toSorted()).toEqual(known.map((file) => file.replace('.node', '')).toSorted());
  });

  it('starts with little to load: 250 kB in the extension host, 150 kB for a page', async () => {
    expect(statSync(join(ROOT, 'dist/extension.js')).size).toBeLessThan(250 * KB);
    for (const page of await readdir(join(ROOT, 'dist/webview')))
      expect(statSync(join(ROOT, 'dist/webview', page)).size).toBeLessThan(150 * KB);
  });
});
