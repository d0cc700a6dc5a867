import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenOptions } from '../../src/platform/database/openOptions';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const folder = temporaryFolder('opening');
const good = join(folder.path, 'good.db');
let copies = 0;

beforeAll(() => {
  buildDatabase(good, { version: 18, days: 2 });
});
afterAll(() => folder.remove());

function place(name: string): string {
  copies += 1;
  const path = join(folder.path, String(copies));
  mkdirSync(path);
  return join(path, name);
}

function copyOfGood(): string {
  const path = place('area_occupancy.db');
  copyFileSync(good, path);
  return path;
}

/** A copy of the good database that `sql` has changed. */
function changed(sql: string): string {
  const path = copyOfGood();
  const db = new Sqlite(path);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
  return path;
}

async function openingError(path: string, options: Partial<OpenOptions> = {}): Promise<InstanceType<typeof core.OccupancyError>> {
  try {
    const db = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), ...options });
    await db.close();
  } catch (error) {
    expect(error).toBeInstanceOf(core.OccupancyError);
    if (error instanceof core.OccupancyError) {
      expect(error.nextStep).toMatch(/^[A-Z].*\.$/);
      expect(error.message).toContain(path);
      return error;
    }
  }
  throw new Error(`${path} was opened`);
}

describe('opening', () => {
  it('a path where nothing is', async () => {
    const error = await openingError(join(folder.path, 'nowhere.db'));
    expect(error).toBeInstanceOf(core.DatabaseMissingError);
    expect(await openingError(join(good, 'below.db'))).toBeInstanceOf(core.DatabaseMissingError);
  });

  it('a symbolic link to nowhere, and says where that is', async () => {
    const path = place('link.db');
    symlinkSync('../gone/area_occupancy.db', path);
    const error = await openingError(path);
    expect(error).toBeInstanceOf(core.DatabaseMissingError);
    expect(error.message).toContain(`symbolic link to ${join(folder.path, 'gone/area_occupancy.db')}`);
    const loop = place('loop.db');
    symlinkSync(loop, loop);
    expect((await openingError(loop)).message).toContain('back to itself');
  });

  it('a symbolic link to a database', async () => {
    const path = place('link.db');
    symlinkSync(good, path);
    const db = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
    expect(await db.getAreas()).toHaveLength(5);
    await db.close();
  });

  it('a directory and a device', async () => {
    const directory = await openingError(folder.path);
    expect(directory).toBeInstanceOf(core.NotAFileError);
    expect(directory.message).toContain('a directory');
    if (existsSync('/dev/null')) expect((await openingError('/dev/null')).message).toContain('a device');
  });

  it('an empty file, which it leaves as it is', async () => {
    const path = place('empty.db');
    writeFileSync(path, '');
    writeFileSync(`${path}-wal`, 'kept');
    expect(await openingError(path)).toBeInstanceOf(core.DatabaseEmptyError);
    expect(readdirSync(dirname(path)).toSorted()).toEqual(['empty.db', 'empty.db-wal']);
  });

  it('a file that is no SQLite database', async () => {
    const path = place('notes.db');
    writeFileSync(path, 'not a database, however long it is. '.repeat(500));
    expect(await openingError(path)).toBeInstanceOf(core.NotADatabaseError);
  });

  it.each([1000, 4096, 5000, 40_960])('a database cut off after %i bytes', async (bytes) => {
    const path = copyOfGood();
    truncateSync(path, bytes);
    const error = await openingError(path);
    expect(error).toBeInstanceOf(core.DatabaseCorruptError);
    expect(error.message).toContain(`truncated: it ends after ${bytes} bytes`);
  });

  it('a database whose table of tables is damaged', async () => {
    const path = copyOfGood();
    const page = Buffer.alloc(3996, 0xa5);
    writeAt(path, page, 100);
    const error = await openingError(path);
    expect(error).toBeInstanceOf(core.DatabaseCorruptError);
    expect(error.message).toContain('damaged');
    expect(error.message).not.toContain('truncated');
  });

  it('a database with a damaged page further on: what is sound is shown, the rest says so', async () => {
    const path = copyOfGood();
    const roots = new Sqlite(path);
    const root = roots.prepare<[], { rootpage: number }>(`SELECT rootpage FROM sqlite_master WHERE name = 'entities'`).get();
    roots.close();
    writeAt(path, Buffer.alloc(4096, 0xa5), ((root?.rootpage ?? 0) - 1) * 4096);
    const db = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
    expect(await db.getAreas()).toHaveLength(5);
    await expect(db.getEntities()).rejects.toBeInstanceOf(core.DatabaseCorruptError);
    await db.close();
  });

  it('a database of something else, and names its tables', async () => {
    const path = place('other.db');
    const db = new Sqlite(path);
    db.exec('CREATE TABLE states (state_id INTEGER PRIMARY KEY); CREATE TABLE events (id INTEGER)');
    db.close();
    const error = await openingErrorWithoutPath(path);
    expect(error).toBeInstanceOf(core.SchemaError);
    expect(error.message).toBe('This is not an Area Occupancy Detection database: its tables are events, states.');
  });

  it('a database that lacks a table or a column, and names them', async () => {
    const missing = await openingErrorWithoutPath(changed('DROP TABLE priors; ALTER TABLE areas RENAME COLUMN purpose TO aim'));
    expect(missing).toBeInstanceOf(core.SchemaError);
    expect(missing.message).toContain('column areas.purpose, table priors');
  });

  it.each([
    ['a newer version', `UPDATE metadata SET value = '19' WHERE key = 'db_version'`, 19, /version 19, newer than the 18/],
    ['a version between', `UPDATE metadata SET value = '9' WHERE key = 'db_version'`, 9, /calls itself version 9/],
    [
      'an unreadable version',
      `UPDATE metadata SET value = 'eighteen' WHERE key = 'db_version'`,
      null,
      /does not say which version/,
    ],
    ['no version', 'DELETE FROM metadata', null, /does not say which version/],
    ['no metadata', 'DROP TABLE metadata', null, /does not say which version/],
  ])('%s whose columns fit: for reading only, with the reason', async (_, sql, dbVersion, reason) => {
    const lock = new FreeLock();
    const db = await core.OccupancyDatabase.open(changed(sql), { lock });
    expect(await db.describe()).toMatchObject({
      generation: 'current',
      dbVersion,
      readOnly: true,
      reason: expect.stringMatching(reason),
    });
    expect(await db.getAreas()).toHaveLength(5);
    expect(await db.loadData()).toHaveLength(5);
    await expect(db.withLockedSession(() => 1)).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringMatching(reason),
    });
    expect(lock.events).toEqual([]);
    await db.close();
  });

  it('a database that does not say how its priors were learned', async () => {
    const db = await core.OccupancyDatabase.open(changed('ALTER TABLE priors DROP COLUMN calculation_method'), {
      lock: new FreeLock(),
    });
    const { slots } = await db.getPriors('Kitchen');
    expect(slots.length).toBeGreaterThan(100);
    for (const slot of slots) expect(slot).toMatchObject({ confidence: 1, calculatedAt: null, calculationMethod: null });
    await db.close();
  });

  it('a database that has not learned anything yet', async () => {
    const db = await core.OccupancyDatabase.open(changed('DROP TABLE global_priors; DROP TABLE occupied_intervals_cache'), {
      lock: new FreeLock(),
    });
    expect((await db.getAreas()).map(({ areaPrior }) => areaPrior)).toEqual([null, null, null, null, null]);
    expect(await db.getPriors('Kitchen')).toMatchObject({ globalPrior: null, overall: null });
    expect((await db.getOccupiedSpan('Kitchen', '2026-11-19 00:00:00', '2026-11-20 00:00:00')).occupiedSeconds).toBeGreaterThan(
      0,
    );
    await db.close();
  });

  it('a database that another program shuts everyone out of: busy, in the words of the seed', async () => {
    const path = copyOfGood();
    const holder = new Sqlite(path);
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN IMMEDIATE; UPDATE areas SET threshold = 0.5');
    const error = await openingError(path, { lockTimeout: 0.2 });
    holder.close();
    expect(error).toBeInstanceOf(core.LockTimeoutError);
    expect(error.message).toMatch(/^Database is busy, please try again later/);
  });

  it.each([
    ['NFS', 0x6969],
    ['SMB', 0xfe534d42],
    ['CIFS', 0xff534d42],
    ['9p', 0x01021997],
  ])('a database on %s, where no snapshot is wanted, before SQLite touches it', async (kind, type) => {
    const path = copyOfGood();
    const error = await openingError(path, { snapshots: 'never', mountProbe: async () => ({ type, name: null }) });
    expect(error).toBeInstanceOf(core.NetworkMountError);
    expect(error.message).toContain(kind);
    expect(readdirSync(dirname(path))).toEqual(['area_occupancy.db']);
  });

  it('a database on FUSE: refused unless it is known to be local', async () => {
    const path = copyOfGood();
    for (const name of ['fuse.sshfs', 'fuse.rclone', 'fuse', null]) {
      const error = await openingError(path, { snapshots: 'never', mountProbe: async () => ({ type: 0x65735546, name }) });
      expect(error).toBeInstanceOf(core.NetworkMountError);
      expect(error.message).toContain('may be a network mount such as SSHFS');
    }
    for (const name of ['fuse.fuse-overlayfs', 'fuse.gocryptfs', 'fuse.mergerfs', 'fuseblk']) {
      const mountProbe = async (): Promise<{ type: number; name: string }> => ({ type: 0x65735546, name });
      const db = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), mountProbe });
      expect(await db.describe()).toMatchObject({ engine: 'native', snapshotAt: null });
      await db.close();
    }
  });
});

/** Root may read everything, so a child without privileges looks. */
const isRoot = process.getuid?.() === 0;

describe.skipIf(process.platform === 'win32')('opening without permission', () => {
  const library = isRoot ? place('library') : '';
  beforeAll(() => {
    chmodSync(folder.path, 0o755);
    // Where the child may read it: the checkout may lie in a folder of root's own.
    if (isRoot) cpSync(fileURLToPath(new URL('../../dist', import.meta.url)), library, { recursive: true });
  });

  function lookAsNobody(path: string): { code?: string; message?: string; reason?: string | null; areas?: number } {
    const entry = isRoot ? join(library, 'core.js') : fileURLToPath(new URL('../../dist/core.js', import.meta.url));
    const script = `
      const { OccupancyDatabase } = require(process.argv[1]);
      const lock = { run: (fn) => fn(), assertHeld() {} };
      OccupancyDatabase.open(process.argv[2], { lock }).then(
        async (db) => console.log(JSON.stringify({ reason: (await db.describe()).reason, areas: (await db.getAreas()).length })),
        ({ code, message }) => console.log(JSON.stringify({ code, message })),
      );`;
    const identity = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawnSync(process.execPath, ['-e', script, entry, path], { ...identity, cwd: '/', encoding: 'utf8' });
    if (child.status !== 0) throw new Error(child.stderr || String(child.error));
    return JSON.parse(child.stdout);
  }

  it('to read the file', () => {
    const path = copyOfGood();
    chmodSync(path, 0o000);
    expect(lookAsNobody(path)).toEqual({ code: 'DATABASE_ACCESS', message: `This user may not read ${path}.` });
  });

  it('to enter the folder', () => {
    const path = copyOfGood();
    chmodSync(dirname(path), 0o000);
    expect(lookAsNobody(path)).toEqual({ code: 'DATABASE_ACCESS', message: `This user may not read ${path}.` });
    chmodSync(dirname(path), 0o755);
  });

  it('to make the -wal and -shm that are not there', () => {
    const path = copyOfGood();
    chmodSync(dirname(path), 0o555);
    const seen = lookAsNobody(path);
    chmodSync(dirname(path), 0o755);
    expect(seen.code).toBe('DATABASE_ACCESS');
    expect(seen.message).toContain('write-ahead log');
    expect(readdirSync(dirname(path))).toEqual(['area_occupancy.db']);
  });

  it('to write, with -wal and -shm there: for reading only', () => {
    const path = copyOfGood();
    const writer = new Sqlite(path);
    writer.exec('UPDATE areas SET threshold = 0.5');
    for (const file of [path, `${path}-wal`, `${path}-shm`]) chmodSync(file, 0o444);
    chmodSync(dirname(path), 0o555);
    const seen = lookAsNobody(path);
    chmodSync(dirname(path), 0o755);
    writer.close();
    expect(seen).toEqual({ areas: 5, reason: expect.stringContaining('may not write') });
  });

  it('and with it, when the folder belongs to the user', () => {
    const path = copyOfGood();
    if (isRoot) for (const file of [path, dirname(path)]) chownSync(file, 65_534, 65_534);
    expect(lookAsNobody(path)).toEqual({ areas: 5, reason: null });
  });
});

async function openingErrorWithoutPath(path: string): Promise<Error> {
  try {
    const db = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
    await db.close();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error(`${path} was opened`);
}

function writeAt(path: string, bytes: Buffer, position: number): void {
  const script = `const fs = require('node:fs'); const fd = fs.openSync(process.argv[1], 'r+');
    fs.writeSync(fd, Buffer.from(process.argv[2], 'base64'), 0, undefined, Number(process.argv[3])); fs.closeSync(fd);`;
  const child = spawnSync(process.execPath, ['-e', script, path, bytes.toString('base64'), String(position)], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
}
