// Builds dist/: the extension, the database process, the library for scripts, the lock's workers, and the webviews' pages.
// --production minifies; --watch builds again on every change; --host-tests builds test/host for the extension host instead.
import { build, context } from 'esbuild';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));

/**
 * better-sqlite3 finds its prebuilt binary beside its own files, and sql.js its WebAssembly, so both are copied into dist instead of
 * being bundled.
 */
const sqliteBesideUs = {
  name: 'sqlite-beside-us',
  setup(plugged) {
    plugged.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: './better-sqlite3/lib/index.js', external: true }));
    plugged.onResolve({ filter: /^sql\.js$/ }, () => ({ path: './sqljs/sql-wasm.js', external: true }));
  },
};

/** Prints what the problem matcher of .vscode/tasks.json reads: when a build begins, its errors, when it ends. */
const reportForTasks = {
  name: 'report-for-tasks',
  setup(plugged) {
    plugged.onStart(() => console.log('[watch] build started'));
    plugged.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log('[watch] build finished');
    });
  },
};

export const entryPoints = {
  extension: 'src/extension.ts',
  server: 'src/server/main.ts',
  core: 'src/library.ts',
  heartbeatWorker: 'src/platform/lock/heartbeatWorker.ts',
  redisWorker: 'src/platform/lock/redisWorker.ts',
};

/** Of the packages that end up in our bundles or beside them, where each must go with what it is part of. */
const licences = {
  'home-assistant-js-websocket': 'node_modules/home-assistant-js-websocket/LICENSE.md',
  // Its package comes without.
  'node-redis': 'media/licenses/node-redis.txt',
  'sql.js': 'node_modules/sql.js/LICENSE',
  uplot: 'node_modules/uplot/LICENSE',
  valibot: 'node_modules/valibot/LICENSE.md',
  ws: 'node_modules/ws/LICENSE',
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

/** The script of each view's page; its style is beside it, under the same name, and is imported by it. */
export const pages = {
  priors: 'src/webview/priors.ts',
  overview: 'src/webview/overview.ts',
  timeline: 'src/webview/timeline.ts',
  lockMetrics: 'src/webview/lockMetrics.ts',
};

/** @returns {import('esbuild').BuildOptions} the options of the pages: for every browser that VS Code runs in */
export function pageOptions() {
  return {
    absWorkingDir: root,
    entryPoints: pages,
    outdir: 'dist/webview',
    bundle: true,
    platform: 'browser',
    target: ['es2023', 'chrome128', 'firefox128', 'safari17'],
    format: 'esm',
    metafile: true,
    logLevel: 'warning',
  };
}

async function clearDist() {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  for (const part of ['lib', 'prebuilds', 'LICENSE', 'package.json']) {
    await cp(join(root, 'node_modules/better-sqlite3', part), join(root, 'dist/better-sqlite3', part), { recursive: true });
  }
  for (const part of ['sql-wasm.js', 'sql-wasm.wasm'])
    await cp(join(root, 'node_modules/sql.js/dist', part), join(root, 'dist/sqljs', part));
  for (const [bundled, licence] of Object.entries(licences)) {
    await cp(join(root, licence), join(root, 'dist/licenses', `${bundled}.txt`));
  }
  await writeFile(join(root, 'dist/core.d.ts'), "export * from './types/library';\n");
}

async function buildExtension() {
  const production = process.argv.includes('--production');
  await clearDist();
  // Names stay: an error's is that of its class, which scripts that use the library read.
  await build({ ...bundleOptions(), minify: production, keepNames: true, sourcemap: production ? false : 'linked' });
  await build({ ...pageOptions(), minify: production, sourcemap: production ? false : 'linked' });
}

async function watchExtension() {
  await clearDist();
  for (const options of [bundleOptions(), pageOptions()]) {
    const plugins = [...(options.plugins ?? []), reportForTasks];
    const watched = await context({ ...options, plugins, sourcemap: 'linked', logLevel: 'silent' });
    await watched.watch();
  }
}

/** One bundle per suite, found by its name, beside the runner that VS Code is pointed at. */
async function buildHostTests() {
  const files = await readdir(join(root, 'test/host'), { recursive: true });
  const suites = files.filter((file) => file.endsWith('.host.ts'));
  const entries = ['test/host/runner.ts', ...suites.map((file) => join('test/host', file))];
  const outdir = 'test-results/host';
  await rm(join(root, outdir), { recursive: true, force: true });
  await build({
    ...bundleOptions(entries),
    outdir,
    outbase: 'test/host',
    external: ['vscode', 'mocha'],
    plugins: [],
    sourcemap: 'inline',
  });
}

async function main() {
  if (process.argv.includes('--host-tests')) await buildHostTests();
  else if (process.argv.includes('--watch')) await watchExtension();
  else await buildExtension();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
