import type BetterSqlite3 from 'better-sqlite3';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenOptions } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { hashFiles } from '../support/hashFiles.mts';
import { KeptLog } from '../support/keptLog.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';

const KITCHEN = { entryId: '01JAODHOMEENTRY00000000000', areaName: 'Kitchen', areaId: 'kitchen', purpose: 'food_prep' };

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let other: BetterSqlite3.Database;
const opened: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = temporaryFolder('sessions');
  path = join(folder.path, 'area_occupancy.db');
  buildDatabase(path, { version: 18, days: 1 });
  other = new Sqlite(path, { timeout: 0 });
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  other.close();
  folder.remove();
});

async function open(options: OpenOptions = {}) {
  const database = await core.OccupancyDatabase.open(path, options);
  opened.push(database);
  return database;
}

/** The threshold that another connection sees. */
function threshold(areaName = 'Kitchen'): number | undefined {
  return other.prepare<[string], { threshold: number }>('SELECT threshold FROM areas WHERE area_name = ?').get(areaName)
    ?.threshold;
}

/** How often this process has the database open, by Linux's own account. */
function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd)) === path;
    } catch {
      // The one that listed them is closed already.
      return false;
    }
  }).length;
}

describe('a locked session', () => {
  it('commits what it saved, with the lock held until then', async () => {
    const lock = new FreeLock();
    const database = await open({ lock });
    const result = await database.withLockedSession(async (session) => {
      expect(lock.isHeld).toBe(true);
      expect(session.guarantee).toBe('marker');
      session.saveArea({ ...KITCHEN, threshold: 0.31 });
      await delay(5);
      expect(session.getAreaData('Kitchen').area.threshold).toBe(0.31);
      expect(threshold()).toBe(0.5);
      return 'done';
    });
    expect(result).toBe('done');
    expect(threshold()).toBe(0.31);
    expect(lock.events).toEqual(['acquired', 'asserted', 'released']);
    expect((await database.getAreaData('Kitchen')).area.threshold).toBe(0.31);
  });

  it('writes nothing when its function throws, and throws the same', async () => {
    const database = await open();
    const failure = new TypeError('mine');
    const saveAndFail = database.withLockedSession((session) => {
      session.saveArea({ ...KITCHEN, threshold: 0.31 });
      throw failure;
    });
    await expect(saveAndFail).rejects.toBe(failure);
    expect(threshold()).toBe(0.5);
    await database.saveAreaData({ ...KITCHEN, threshold: 0.32 });
    expect(threshold()).toBe(0.32);
  });

  it('reads on its own transaction', async () => {
    const database = await open();
    await database.withLockedSession((session) => {
      expect(session.getAreas()).toHaveLength(5);
      expect(session.getEntities({ area: 'Kitchen' }).length).toBeGreaterThan(1);
      const [newest] = session.getIntervals({ area: 'Kitchen', limit: 1 });
      expect(session.getIntervalDays({ area: 'Kitchen', timeZone: 'UTC', limit: 1, countLimit: 10 })[0]?.day).toBe('2026-11-20');
      expect(session.getPriors('Kitchen').slots.length).toBeGreaterThan(100);
      expect(session.getOccupiedSpan('Kitchen', '2026-11-20 00:00:00', '2026-11-21 00:00:00').lastEndTime).toBe(newest?.endTime);
      expect(session.getLatestInterval()).toEqual(new Date('2026-11-20T08:30:00.250Z'));
      expect(session.loadData()).toHaveLength(5);
    });
  });

  it('writes nothing when the lock was lost, however far it came', async () => {
    const lock = new FreeLock();
    lock.loss = new core.LockCompromisedError('the lock file is gone.');
    const database = await open({ lock });
    const saving = database.withLockedSession((session) => session.saveArea({ ...KITCHEN, threshold: 0.31 }));
    await expect(saving).rejects.toBeInstanceOf(core.LockCompromisedError);
    expect(threshold()).toBe(0.5);
  });

  it('is of no use once it is over', async () => {
    const database = await open();
    const session = await database.withLockedSession((inside) => inside);
    expect(() => session.getAreas()).toThrow('after it was over');
    expect(() => session.saveArea({ ...KITCHEN, threshold: 0.31 })).toThrow('after it was over');
  });

  it('waits for a writer without holding up the process, and tells when the database changed meanwhile', async () => {
    const database = await open();
    other.exec(`BEGIN IMMEDIATE; UPDATE areas SET threshold = 0.4 WHERE area_name = 'Kitchen'`);
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 10);
    const session = database.withLockedSession((inside) => [
      inside.changedSinceOpened,
      inside.getAreaData('Kitchen').area.threshold,
    ]);
    await delay(400);
    other.exec('COMMIT');
    expect(await session).toEqual([true, 0.4]);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThanOrEqual(4);
    expect(await database.withLockedSession(({ changedSinceOpened }) => changedSinceOpened)).toBe(false);
  });

  it('gives up after the timeout in the words of the seed', async () => {
    const log = new KeptLog();
    const database = await open({ log, lock: new FreeLock() });
    other.exec('BEGIN IMMEDIATE');
    const started = performance.now();
    const session = database.withLockedSession(() => expect.unreachable(), { timeout: 0.3 });
    await expect(session).rejects.toMatchObject({ code: 'LOCK_TIMEOUT', message: /^Database is busy, please try again later/ });
    expect(performance.now() - started).toBeGreaterThanOrEqual(300);
    other.exec('ROLLBACK');
    expect(log.lines).toEqual(['warn: Database is busy, please try again later']);
    expect(await database.withLockedSession(() => 1)).toBe(1);
  });

  it.runIf(process.platform === 'linux')('keeps no connection open, whatever became of it', async () => {
    const database = await open();
    await database.withLockedSession(() => 1);
    const before = openFiles();
    for (let round = 0; round < 5; round += 1) {
      await database.withLockedSession(() => 1);
      await expect(database.withLockedSession(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    }
    other.exec('BEGIN IMMEDIATE');
    await expect(database.withLockedSession(() => 1, { timeout: 0.1 })).rejects.toBeInstanceOf(core.LockTimeoutError);
    other.exec('ROLLBACK');
    expect(openFiles()).toBe(before);
  });

  it.runIf(process.platform === 'linux')('keeps none of those that it could not even open', async () => {
    other.pragma('journal_mode = DELETE');
    const database = await open({ lockTimeout: 1 });
    const before = openFiles();
    other.exec('BEGIN EXCLUSIVE');
    await expect(database.withLockedSession(() => 1)).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    other.exec('COMMIT');
    expect(openFiles()).toBe(before);
  });

  it('can be aborted while it waits, and up to its commit', async () => {
    const database = await open();
    other.exec('BEGIN IMMEDIATE');
    const waiting = new AbortController();
    setTimeout(() => waiting.abort(), 50);
    await expect(database.withLockedSession(() => 1, { signal: waiting.signal })).rejects.toBeInstanceOf(core.CancelledError);
    other.exec('ROLLBACK');
    const inside = new AbortController();
    const saving = database.withLockedSession(
      (session) => {
        session.saveArea({ ...KITCHEN, threshold: 0.31 });
        inside.abort();
      },
      { signal: inside.signal },
    );
    await expect(saving).rejects.toBeInstanceOf(core.CancelledError);
    expect(threshold()).toBe(0.5);
  });

  it('inside another joins it: one transaction, one lock', async () => {
    const lock = new FreeLock();
    const database = await open({ lock });
    const joined = await database.withLockedSession(async (outer) => {
      outer.saveArea({ ...KITCHEN, threshold: 0.31 });
      await database.saveAreaData({ ...KITCHEN, areaName: 'Attic', areaId: 'attic', threshold: 0.2 });
      expect((await database.getAreas()).map(({ areaName }) => areaName)).toContain('Attic');
      return database.withLockedSession((inner) => inner === outer);
    });
    expect(joined).toBe(true);
    expect(threshold('Attic')).toBe(0.2);
    expect(lock.events).toEqual(['acquired', 'asserted', 'released']);
    const failing = database.withLockedSession(async () => {
      await database.saveAreaData({ ...KITCHEN, threshold: 0.9 });
      throw new Error('after the inner one');
    });
    await expect(failing).rejects.toThrow('after the inner one');
    expect(threshold()).toBe(0.31);
  });

  it('that is over is not joined by what was begun in it: that gets a session of its own', async () => {
    const database = await open();
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    let later: Promise<void> | undefined;
    await database.withLockedSession(() => {
      later = over.then(() => database.saveAreaData({ ...KITCHEN, threshold: 0.31 }));
    });
    end();
    await later;
    expect(threshold()).toBe(0.31);
  });

  it('waits its turn behind others, also of another instance', async () => {
    const [first, second] = [await open(), await open()];
    const order: string[] = [];
    const session = (database: typeof first, name: string): Promise<void> =>
      database.withLockedSession(async () => {
        order.push(`${name} begins`);
        await delay(20);
        order.push(`${name} ends`);
      });
    await Promise.all([session(first, 'a'), session(second, 'b'), session(first, 'c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('gives up its turn after the timeout, and holds nobody up', async () => {
    const database = await open();
    const long = database.withLockedSession(() => delay(300));
    const hasty = database.withLockedSession(() => expect.unreachable(), { timeout: 0.05 });
    const patient = database.withLockedSession(() => 'patient');
    await expect(hasty).rejects.toBeInstanceOf(core.LockTimeoutError);
    await long;
    expect(await patient).toBe('patient');
  });

  it('refuses before any lock is taken when the database is for reading only', async () => {
    const database = await open({ readOnly: true });
    expect(await database.describe()).toMatchObject({ readOnly: true, reason: 'It was opened for reading only.' });
    await expect(database.saveAreaData({ ...KITCHEN, threshold: 0.31 })).rejects.toBeInstanceOf(core.ReadOnlyError);
    expect(await database.loadData()).toHaveLength(5);
    expect(existsSync(database.lockPath)).toBe(false);
    expect(existsSync(`${database.lockPath}.guard`)).toBe(false);
  });

  it('refuses to write to another file than the one that was opened', async () => {
    const database = await open();
    expect(await database.isReplaced()).toBe(false);
    const fresh = join(folder.path, 'fresh.db');
    buildDatabase(fresh, { version: 18, days: 1 });
    renameSync(fresh, path);
    expect(await database.isReplaced()).toBe(true);
    const session = database.withLockedSession(() => expect.unreachable());
    await expect(session).rejects.toBeInstanceOf(core.DatabaseMissingError);
  });

  it('writes nothing when the file was replaced while it ran: its -wal would be applied to the new file', async () => {
    const database = await open();
    const fresh = join(folder.path, 'fresh.db');
    buildDatabase(fresh, { version: 18, days: 1 });
    const saving = database.withLockedSession((session) => {
      session.saveArea({ ...KITCHEN, threshold: 0.31 });
      renameSync(fresh, path);
    });
    await expect(saving).rejects.toBeInstanceOf(core.DatabaseMissingError);
    await database.close();
    other.close();
    other = new Sqlite(path);
    expect(threshold()).toBe(0.5);
  });

  it('writes nothing when the lock is lost while its commit waits for a reader', async () => {
    other.pragma('journal_mode = DELETE');
    const lock = new FreeLock();
    const database = await open({ lock });
    const rows = other.prepare('SELECT * FROM areas').iterate();
    rows.next();
    setTimeout(() => {
      lock.loss = new core.LockCompromisedError('the lock file is gone.');
      rows.return?.();
    }, 200);
    const saving = database.withLockedSession((session) => session.saveArea({ ...KITCHEN, threshold: 0.31 }));
    await expect(saving).rejects.toBeInstanceOf(core.LockCompromisedError);
    expect(threshold()).toBe(0.5);
  });

  it('inside another joins it also where the path is spelled otherwise', async () => {
    const alias = join(folder.path, 'alias');
    symlinkSync(folder.path, alias);
    const database = await open();
    const aliased = await core.OccupancyDatabase.open(join(alias, 'area_occupancy.db'), { lockTimeout: 0.5 });
    opened.push(aliased);
    await database.withLockedSession(() => aliased.saveAreaData({ ...KITCHEN, threshold: 0.31 }));
    expect(threshold()).toBe(0.31);
  });

  it('is waited for by close, so that its connection never closes last', async () => {
    const database = await open();
    const before = hashFiles(path).db;
    other.close();
    const session = database.withLockedSession(async (inside) => {
      await delay(50);
      inside.saveArea({ ...KITCHEN, threshold: 0.31 });
    });
    await database.close();
    await session;
    const after = hashFiles(path);
    expect(after.db).toBe(before);
    expect(after.wal).not.toBeNull();
    other = new Sqlite(path);
    expect(threshold()).toBe(0.31);
    await expect(database.getAreas()).rejects.toThrow('was closed');
  });

  it('leaves the database file and the -wal to Home Assistant, however long that is', async () => {
    const database = await open();
    // More pages than SQLite lets a -wal have before a commit moves them into the database by itself.
    other.exec(`PRAGMA wal_autocheckpoint = 0; CREATE TABLE padding AS SELECT zeroblob(6000000) AS zeros`);
    const padded = hashFiles(path).db;
    await database.saveAreaData({ ...KITCHEN, threshold: 0.3 });
    expect(hashFiles(path).db).toBe(padded);
    other.close();
    const before = hashFiles(path);
    await database.saveAreaData({ ...KITCHEN, threshold: 0.31 });
    const saved = hashFiles(path);
    expect(saved.db).toBe(before.db);
    expect(saved.wal).not.toBe(before.wal);
    await database.withLockedSession((session) => {
      // Far more than the 1000 pages after which SQLite would copy the -wal into the database by itself.
      for (let number = 0; number < 30_000; number += 1)
        session.saveEntity({ ...KITCHEN, entityId: `sensor.new_${number}`, entityType: 'door' });
    });
    const grown = hashFiles(path);
    expect(grown.db).toBe(before.db);
    await database.close();
    expect(hashFiles(path)).toEqual(grown);
    other = new Sqlite(path);
    expect(threshold()).toBe(0.31);
  });
});

describe('the lock of a session', () => {
  it('is the file beside the database, there while the session runs and gone after it', async () => {
    const log = new KeptLog();
    const database = await open({ log });
    expect(database.lockPath).toBe(`${path}.lock`);
    await database.withLockedSession((session) => {
      expect(readFileSync(`${path}.lock`, 'utf8')).toMatch(new RegExp(`^${process.pid}:\\d+`));
      expect(session.guarantee).toMatch(/^kernel\+marker/);
    });
    expect(existsSync(`${path}.lock`)).toBe(false);
    expect(log.lines.filter((line) => line.endsWith('database lock')).map((line) => line.replace(/^\w+: /, ''))).toEqual([
      'Acquired database lock',
      'Released database lock',
    ]);
  });

  it('is taken by the operations of the seed: they wait for a holder and give up in its words', async () => {
    const database = await open({ lockTimeout: 0.2 });
    const holder = new core.FileLock(`${path}.lock`);
    await holder.acquire();
    const operations = [
      () => database.loadData(),
      () => database.getAreaData('Kitchen'),
      () => database.getLatestInterval(),
      () => database.saveAreaData({ ...KITCHEN, threshold: 0.31 }),
    ];
    for (const operation of operations) {
      await expect(operation()).rejects.toMatchObject({
        message: expect.stringMatching(/^Database is busy, please try again later/),
      });
    }
    expect(await database.getAreas()).toHaveLength(5);
    expect(threshold()).toBe(0.5);
    await holder.release();
    for (const operation of operations) await operation();
    expect(threshold()).toBe(0.31);
  });

  it('that cannot be used is done without, and that is said once', async () => {
    mkdirSync(`${path}.lock`);
    const log = new KeptLog();
    const database = await open({ log });
    const guarantees: string[] = [];
    for (const value of [0.31, 0.32]) {
      await database.withLockedSession((session) => {
        guarantees.push(session.guarantee);
        session.saveArea({ ...KITCHEN, threshold: value });
      });
    }
    expect(guarantees).toEqual(['sqlite-only', 'sqlite-only']);
    expect(threshold()).toBe(0.32);
    expect(await database.loadData()).toHaveLength(5);
    const warnings = log.lines.filter((line) => line.startsWith('warn: The lock file cannot be used'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('SQLite');
  });

  it('is not done without because of what the function throws', async () => {
    const database = await open();
    let runs = 0;
    const session = database.withLockedSession(() => {
      runs += 1;
      throw new core.LockUnusableError('of another lock.');
    });
    await expect(session).rejects.toThrow('of another lock');
    expect(runs).toBe(1);
  });

  it('is taken by browsing when it should be, and else not', async () => {
    const counts: Record<string, number> = {};
    for (const readLocks of ['always', 'never', 'auto'] as const) {
      const lock = new FreeLock();
      const database = await open({ lock, readLocks, seedLockSeen: async () => false });
      await database.getAreas();
      counts[`${readLocks}, browsing`] = lock.events.length;
      await database.loadData();
      counts[`${readLocks}, with the seed's operation`] = lock.events.length;
    }
    expect(counts).toEqual({
      'always, browsing': 2,
      "always, with the seed's operation": 4,
      'never, browsing': 0,
      "never, with the seed's operation": 0,
      'auto, browsing': 0,
      "auto, with the seed's operation": 2,
    });
  });

  it('is taken by browsing only on a database of the seed whose lock is held', async () => {
    const seedPath = join(folder.path, 'seed.db');
    buildDatabase(seedPath, { version: 3, days: 1 });
    const plant = (database: string, seconds: number): void => {
      writeFileSync(`${database}.lock`, `4242:${seconds}`, { mode: 0o644 });
      utimesSync(`${database}.lock`, seconds, seconds);
    };
    const browse = async (database: string): Promise<number> => {
      const browsed = await core.OccupancyDatabase.open(database, { lockTimeout: 0.3 });
      opened.push(browsed);
      return (await browsed.getAreas()).length;
    };
    plant(seedPath, Date.now() / 1000);
    plant(path, Date.now() / 1000);
    await expect(browse(seedPath)).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    expect(await browse(path)).toBe(5);
    plant(seedPath, 1_600_000_000);
    expect(await browse(seedPath)).toBe(5);
    expect(existsSync(`${seedPath}.lock`)).toBe(true);
  });
});
