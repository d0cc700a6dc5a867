// Run as a script: makes a database in the given folder, and copies of it and its -wal in `before` and `after`: areas have the
// threshold 0.25, then 0.75, and both are in the -wal alone.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildDatabase } from './buildDatabase.mts';
import { Sqlite } from './core.mts';

const [folder = ''] = process.argv.slice(2);
const path = join(folder, 'area_occupancy.db');
buildDatabase(path, { version: 18, areas: 3, entities: 9, days: 2, endTime: new Date() });
const writer = new Sqlite(path);
for (const [name, threshold] of [
  ['before', 0.25],
  ['after', 0.75],
] as const) {
  writer.prepare('UPDATE areas SET threshold = ?').run(threshold);
  mkdirSync(join(folder, name));
  for (const suffix of ['', '-wal']) copyFileSync(path + suffix, join(folder, name, `area_occupancy.db${suffix}`));
}
writer.close();
