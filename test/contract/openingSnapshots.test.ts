import type BetterSqlite3 from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OccupancyDatabase, OpenOptions } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { hashFiles } from '../support/hashFiles.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const NFS = 0x6969;
const onNfs: OpenOptions = { mountProbe: async () => ({ type: NFS, name: null }) };

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let writer: BetterSqlite3.Database | undefined;
let opened: OccupancyDatabase | undefined;

beforeEach(() => {
  folder = temporaryFolder('snapshots');
  path = join(folder.path, 'area_occupancy.db');
  buildDatabase(path, { version: 18, areas: 2, entities: 6, days: 1 });
});
afterEach(async () => {
  await opened?.close();
  writer?.close();
  opened = writer = undefined;
  folder.remove();
});

async function open(options: OpenOptions): Promise<OccupancyDatabase> {
  await opened?.close();
  opened = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), ...options });
  return opened;
}

const threshold = async (): Promise<number | undefined> => (await opened?.getAreas())?.[0]?.threshold;

describe('a database on a network mount', () => {
  it('is a snapshot that tells why and when, with what is only in the -wal, and changes when it is opened anew', async () => {
    writer = new Sqlite(path);
    writer.exec('UPDATE areas SET threshold = 0.25');
    const before = Date.now();
    const database = await open(onNfs);
    const info = await database.describe();
    expect(info).toMatchObject({ engine: 'wasm', journalMode: 'wal', readOnly: true, reason: expect.stringContaining('NFS') });
    expect(info.snapshotAt).toBeGreaterThanOrEqual(before);
    expect(info.walBytes).toBeGreaterThan(0);
    expect(await threshold()).toBe(0.25);
    writer.exec('UPDATE areas SET threshold = 0.75');
    expect(await threshold()).toBe(0.25);
    expect(await database.isReplaced()).toBe(false);
    await open(onNfs);
    expect(await threshold()).toBe(0.75);
  });

  it('is not touched: no byte and no file beside it changes', async () => {
    const before = hashFiles(path);
    const database = await open(onNfs);
    await database.loadData();
    await database.getIntervals({ limit: 100 });
    await database.exportRows({
      rows: { table: 'areas' },
      format: 'csv',
      timeZone: 'UTC',
      target: join(folder.path, 'areas.csv'),
    });
    expect(hashFiles(path)).toEqual(before);
    expect(readdirSync(folder.path).toSorted()).toEqual(['area_occupancy.db', 'areas.csv']);
    expect(readFileSync(join(folder.path, 'areas.csv'), 'utf8').split('\n')).toHaveLength(4);
  });

  it('refuses every write before any lock is taken, with the reason and the way to write', async () => {
    const lock = new FreeLock();
    const database = await open({ ...onNfs, lock });
    const [area] = await database.getAreas();
    const writes = [
      () => database.withLockedSession(() => 1),
      () => database.saveAreaData(area!),
      () => database.syncStates(core.recorderFile(path)),
    ];
    for (const write of writes)
      await expect(write()).rejects.toMatchObject({
        code: 'READ_ONLY',
        message: expect.stringMatching(/snapshot, since.*network mount \(NFS\).*To change it, open it on the machine/),
      });
    expect(() => database.assertLive()).toThrow('snapshot');
    expect(lock.events).toEqual([]);
  });

  it.each([
    ['that is no database', () => writeFileSync(path, 'not a database, however long it is. '.repeat(500)), 'NOT_A_DATABASE'],
    ['that is cut off', () => truncateSync(path, 8192), 'DATABASE_CORRUPT'],
    ['that is empty', () => truncateSync(path, 0), 'DATABASE_EMPTY'],
    ['that is gone', () => rmSync(path), 'DATABASE_MISSING'],
  ])('%s is called so', async (_, spoil, code) => {
    spoil();
    await expect(open(onNfs)).rejects.toMatchObject({ code, message: expect.stringContaining(path) });
  });

  it('is opened live where that is no network mount, and as a snapshot all the same where it is asked for', async () => {
    expect(await (await open({})).describe()).toMatchObject({ engine: 'native', snapshotAt: null });
    const asked = await (await open({ snapshots: 'always' })).describe();
    expect(asked).toMatchObject({ engine: 'wasm', reason: expect.stringContaining('areaOccupancy.snapshots') });
  });
});

describe('a computer that the package has no SQLite for', () => {
  it('reads a snapshot', () => {
    const dist = join(folder.path, 'dist');
    cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), dist, { recursive: true });
    for (const name of readdirSync(join(dist, 'better-sqlite3/prebuilds'))) rmSync(join(dist, 'better-sqlite3/prebuilds', name));
    const script = `
      const { OccupancyDatabase } = require(process.argv[1]);
      OccupancyDatabase.open(process.argv[2]).then(async (database) => {
        const { engine, reason } = await database.describe();
        console.log(JSON.stringify({ engine, reason, areas: (await database.getAreas()).length }));
        await database.close();
      });`;
    const child = spawnSync(process.execPath, ['-e', script, join(dist, 'core.js'), path], { encoding: 'utf8' });
    expect(child.stderr).toBe('');
    const reason = expect.stringContaining(`no SQLite for this computer (${process.platform}-${process.arch})`);
    expect(JSON.parse(child.stdout)).toEqual({ engine: 'wasm', reason, areas: 2 });
  });
});
