// Builds dist/: the extension, the database process, the library for scripts, and the lock's heartbeat worker.
import { build } from 'esbuild';
import { cp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

/** better-sqlite3 finds its prebuilt binary beside its own files, so it is copied whole into dist instead of being bundled. */
const sqliteBesideUs = {
  name: 'better-sqlite3-beside-us',
  setup(context) {
    context.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: './better-sqlite3/lib/index.js', external: true }));
  },
};

export const entryPoints = {
  extension: 'src/extension.ts',
  server: 'src/server/main.ts',
  core: 'src/library.ts',
  heartbeatWorker: 'src/platform/lock/heartbeatWorker.ts',
};

/** @returns {import('esbuild').BuildOptions} the options that every bundle of Node code shares */
export function bundleOptions(entries = entryPoints) {
  return {
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    plugins: [sqliteBesideUs],
    metafile: true,
    logLevel: 'warning',
  };
}

async function main() {
  const production = process.argv.includes('--production');
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await build({ ...bundleOptions(), minify: production, sourcemap: production ? false : 'linked' });
  for (const part of ['lib', 'prebuilds', 'LICENSE', 'package.json']) {
    await cp(join(root, 'node_modules/better-sqlite3', part), join(root, 'dist/better-sqlite3', part), { recursive: true });
  }
  await writeFile(join(root, 'dist/core.d.ts'), "export * from './types/library';\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
