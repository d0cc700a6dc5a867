// npm run bench: every test/bench/*.bench.mts, one after the other so that none disturbs another. Each prints JSON lines.
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.mts';

const folder = join(ROOT, 'test', 'bench');
const benches = (await readdir(folder)).filter((file) => file.endsWith('.bench.mts')).toSorted();
if (benches.length === 0) throw new Error(`There is no bench in ${folder}.`);
for (const bench of benches) {
  const { status } = spawnSync(process.execPath, [join(folder, bench)], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
