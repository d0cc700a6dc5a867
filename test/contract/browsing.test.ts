import type BetterSqlite3 from 'better-sqlite3';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OccupancyDatabase, OpenOptions } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { hashFiles } from '../support/hashFiles.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const INSERT = `INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
  VALUES ('01JAODHOMEENTRY00000000000', 'Kitchen', 'binary_sensor.kitchen_motion', 'on', ?, ?, 1, 'raw', '2026-11-20 10:00:00.000000')`;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
const connections: BetterSqlite3.Database[] = [];
const opened: OccupancyDatabase[] = [];

beforeEach(() => {
  folder = temporaryFolder('browsing');
  path = join(folder.path, 'area_occupancy.db');
  buildDatabase(path, { version: 18, days: 3 });
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  for (const connection of connections.splice(0)) connection.close();
  folder.remove();
});

async function open(options: OpenOptions = {}): Promise<OccupancyDatabase> {
  const database = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), ...options });
  opened.push(database);
  return database;
}

function connect(): BetterSqlite3.Database {
  const connection = new Sqlite(path, { timeout: 0 });
  connections.push(connection);
  return connection;
}

/** Every read there is. */
async function browseAll(database: OccupancyDatabase): Promise<void> {
  await database.describe();
  await database.loadData();
  await database.getLatestInterval();
  await database.dataVersion();
  for (const { areaName: area } of await database.getAreas()) {
    await database.getEntities({ area });
    await database.getPriors(area);
    await database.getOccupiedSpan(area, '2026-11-20 00:00:00', '2026-11-21 00:00:00');
    for (const { from, to } of await database.getIntervalDays({ area, timeZone: 'Europe/Berlin', limit: 9, countLimit: 50 })) {
      const [first] = await database.getIntervals({ area, from, to, limit: 100 });
      if (first) await database.getIntervals({ area, from, to, limit: 100, after: first });
    }
  }
}

describe('browsing', () => {
  it('names each day once, and steps over starts that are on no day', async () => {
    const insert = connect().prepare(INSERT);
    const starts = [
      '0001-01-01 00:00:00',
      '2026-02-30 10:00:00',
      '2026-13-45 10:00:00',
      '9999-12-31 23:59:59.999999',
      'soon',
      '7',
    ];
    for (const start of starts) insert.run(start, start);
    const database = await open();
    for (const timeZone of ['UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Honolulu']) {
      const days = (await database.getIntervalDays({ timeZone, limit: 50, countLimit: 10 })).map(({ day }) => day);
      expect(days.length).toBeGreaterThan(2);
      expect(days.length).toBeLessThan(6);
      expect(days).toEqual([...new Set(days)].toSorted().toReversed());
      for (const day of days) expect(day).toMatch(/^2026-11-/);
    }
  });

  it('changes no byte of the database or its -wal', async () => {
    const writer = connect();
    for (let second = 10; second < 60; second += 1)
      writer.prepare(INSERT).run(`2026-11-20 10:00:${second}`, `2026-11-20 10:01:${second}`);
    const before = hashFiles(path);
    expect(before.wal).not.toBeNull();
    const database = await open();
    for (let round = 0; round < 5; round += 1) await browseAll(database);
    expect(hashFiles(path)).toEqual(before);
    await database.close();
    expect(hashFiles(path)).toEqual(before);
  });

  it('changes no byte of a database that nobody else has open', async () => {
    const before = hashFiles(path).db;
    const database = await open();
    await browseAll(database);
    await database.close();
    const after = hashFiles(path);
    expect(after.db).toBe(before);
    // SHA-256 of nothing: an empty -wal may be left, as SQLite makes one to read by.
    expect([null, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']).toContain(after.wal);
  });

  it('cannot write, even by an unforeseen statement', async () => {
    const reader = new Sqlite(path, { readonly: true });
    connections.push(reader);
    expect(() => reader.exec('DELETE FROM areas')).toThrow('readonly');
    const database = await open();
    // The library has no way to run such a statement on its reading connection, by type or by method.
    expect(Object.keys(database).filter((key) => /run|exec|sql/i.test(key))).toEqual([]);
  });

  it('shows rows that are only in the -wal, as soon as they are committed', async () => {
    const database = await open();
    const unchanged = await database.dataVersion();
    expect(await database.dataVersion()).toBe(unchanged);
    const before = hashFiles(path).db;
    const writer = connect();
    writer.exec('BEGIN IMMEDIATE');
    writer.prepare(INSERT).run('2026-11-20 11:00:00', '2026-11-20 11:00:01');
    expect((await database.getIntervals({ area: 'Kitchen', limit: 1 }))[0]?.startTime).not.toBe('2026-11-20 11:00:00');
    expect(await database.dataVersion()).toBe(unchanged);
    writer.exec('COMMIT');
    expect(hashFiles(path).db).toBe(before);
    expect(await database.dataVersion()).not.toBe(unchanged);
    const [newest] = await database.getIntervals({ area: 'Kitchen', limit: 1 });
    expect(newest).toMatchObject({ entityId: 'binary_sensor.kitchen_motion', startTime: '2026-11-20 11:00:00' });
    expect((await database.describe()).walBytes).toBeGreaterThan(0);
  });

  it('holds no lock that a writer or a checkpoint would meet between two reads', async () => {
    const database = await open();
    await browseAll(database);
    const writer = connect();
    writer.prepare(INSERT).run('2026-11-20 11:00:00', '2026-11-20 11:00:01');
    expect(writer.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    expect((await database.getIntervals({ limit: 1 }))[0]?.startTime).toBe('2026-11-20 11:00:00');
  });

  it('notices that the file was replaced, or is gone', async () => {
    const database = await open();
    expect(await database.isReplaced()).toBe(false);
    const fresh = join(folder.path, 'fresh.db');
    buildDatabase(fresh, { version: 18, days: 1, areas: 3, entities: 9 });
    renameSync(fresh, path);
    expect(await database.isReplaced()).toBe(true);
    const reopened = await open();
    expect(await reopened.getAreas()).toHaveLength(3);
    expect(await reopened.isReplaced()).toBe(false);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    expect(await reopened.isReplaced()).toBe(true);
  });

  it('notices that the file was deleted and made again at once', async () => {
    const database = await open();
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    buildDatabase(path, { version: 18, days: 1 });
    expect(await database.isReplaced()).toBe(true);
  });

  it('of two databases at once keeps them apart', async () => {
    const first = await open();
    path = join(folder.path, 'second.db');
    buildDatabase(path, { version: 3, days: 1, areas: 2, entities: 4 });
    const second = await open();
    expect([await first.getAreas(), await second.getAreas()].map(({ length }) => length)).toEqual([5, 2]);
  });
});
