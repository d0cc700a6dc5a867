// The library as it is built, but for its metrics: what they cost is the difference.
import { build, type Plugin } from 'esbuild';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Library from '../../src/library.ts';
import { ROOT } from '../setup/paths.mts';
import { corePath, sqlitePath } from '../support/core.mts';

const EVENTS = 'asked acquired failed joined released peerHeld lost broke keptStale unsettled yielded fault beat'.split(' ');

const silentMeters: Plugin = {
  name: 'silent-meters',
  setup(plugged) {
    plugged.onLoad({ filter: /[\\/]lockMeters\.ts$/ }, () => ({
      contents: `const meter = { ${EVENTS.map((event) => `${event}() {}`).join(', ')} }; export const meterOf = () => meter;`,
    }));
    // The very one of the library that is built: SQLite is in this process only once.
    plugged.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: sqlitePath, external: true }));
  },
};

/** @param folder to put it in */
export async function unmeteredCore(folder: string): Promise<typeof Library> {
  const outdir = fs.mkdtempSync(join(folder, 'unmetered-'));
  fs.symlinkSync(join(dirname(corePath), 'heartbeatWorker.js'), join(outdir, 'heartbeatWorker.js'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: { core: 'src/library.ts' },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [silentMeters],
  });
  return createRequire(import.meta.url)(join(outdir, 'core.js')) as typeof Library;
}
