// Puts a database of another home at a path, as AOD's restore and its delete-and-recreate do: by rename, without -wal and -shm.
// Usage: node replaceDatabase.mts <area_occupancy.db> <number of areas>
import { renameSync, rmSync } from 'node:fs';
import { buildDatabase } from './buildDatabase.mts';

const [path = '', areas = '3'] = process.argv.slice(2);
const fresh = `${path}.fresh`;
buildDatabase(fresh, { version: 18, areas: Number(areas), entities: Number(areas) * 2, days: 1, endTime: new Date() });
for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
renameSync(fresh, path);
for (const ending of ['-wal', '-shm']) rmSync(`${fresh}${ending}`, { force: true });
