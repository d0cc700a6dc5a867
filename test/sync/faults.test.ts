import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OccupancyDatabase, OpenOptions, SyncProgress } from '../../src/library';
import { arrayPlan, plannedIntervals, plannedSamples } from '../support/arrayPlan.mts';
import { buildDatabase } from '../support/buildDatabase.mts';
import { buildSyncHome } from '../support/buildSyncHome.mts';
import { core, Sqlite } from '../support/core.mts';
import { syncedRows } from '../support/syncedRows.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import type { SyncOrder, SyncOutcome } from './syncing.mts';

const CHUNK = { rows: 100, time: Number.POSITIVE_INFINITY };
const ROWS = 350;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let before: number;
const opened: OccupancyDatabase[] = [];

beforeEach(() => {
  folder = temporaryFolder('faults');
  path = join(folder.path, 'area_occupancy.db');
  buildDatabase(path, { version: 18, days: 1 });
  before = rows();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  folder.remove();
});

async function open(options: OpenOptions = {}): Promise<OccupancyDatabase> {
  const database = await core.OccupancyDatabase.open(path, options);
  opened.push(database);
  return database;
}

function rows(): number {
  return syncedRows(path).intervals.length;
}

function isSound(): boolean {
  const db = new Sqlite(path);
  try {
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } finally {
    db.close();
  }
}

/** After the first chunk, while no lock is held. */
function afterFirstChunk(fault: () => void): { chunk: typeof CHUNK; onProgress: (progress: SyncProgress) => void } {
  return { chunk: CHUNK, onProgress: ({ done }) => void (done === CHUNK.rows && fault()) };
}

const plan = arrayPlan(plannedIntervals(ROWS));

/** What is left after a fault is sound, whole, and completed by the next sync. */
async function expectWholeChunks(chunks: number): Promise<void> {
  expect(isSound()).toBe(true);
  expect(rows() - before).toBe(chunks * CHUNK.rows);
  expect(existsSync(`${path}.lock`)).toBe(false);
  const next = await open();
  expect((await next.applySync(plan, { chunk: CHUNK })).written).toEqual({ intervals: ROWS - chunks * CHUNK.rows, samples: 0 });
  expect(rows() - before).toBe(ROWS);
}

describe('a sync on a lock that another has', () => {
  it('from the start writes nothing and says who has it', async () => {
    const database = await open({ lockTimeout: 0.3 });
    const holder = new core.FileLock(`${path}.lock`);
    await holder.acquire();
    await expect(database.applySync(plan)).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      name: 'LockTimeoutError',
      message: expect.stringMatching(/^Database is busy, please try again later/),
    });
    await holder.release();
    await expectWholeChunks(0);
  });

  it('from the second chunk on says how far it came', async () => {
    const database = await open({ lockTimeout: 1 });
    const other = new Sqlite(path, { timeout: 0 });
    const applying = database.applySync(
      plan,
      afterFirstChunk(() => other.exec('BEGIN IMMEDIATE')),
    );
    await expect(applying).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      written: 100,
      message: expect.stringMatching(
        /^Database is busy, please try again later.* 100 rows were written before that, 250 are left\.$/,
      ),
      nextStep: expect.stringContaining('Run Sync again'),
    });
    other.close();
    await expectWholeChunks(1);
  });

  it('waits for it, and goes on', async () => {
    const database = await open();
    const other = new Sqlite(path, { timeout: 0 });
    const release = (): void => void delay(200).then(() => other.exec('COMMIT').close());
    const applying = database.applySync(
      plan,
      afterFirstChunk(() => {
        other.exec('BEGIN IMMEDIATE');
        release();
      }),
    );
    expect((await applying).written).toEqual({ intervals: ROWS, samples: 0 });
  });

  it('is stopped by the loss of its own, and rolls that chunk back', async () => {
    const database = await open();
    const begun: number[] = [];
    const breaking = arrayPlan(plannedIntervals(ROWS));
    const applying = database.applySync(
      {
        ...breaking,
        interval: (index) => {
          // A naive peer takes it for stale in the middle of the second chunk.
          if (index === 150) {
            unlinkSync(`${path}.lock`);
            writeFileSync(`${path}.lock`, '4242:1700000000.5');
          }
          begun.push(index);
          return breaking.interval(index);
        },
      },
      { chunk: CHUNK },
    );
    await expect(applying).rejects.toMatchObject({ code: 'LOCK_COMPROMISED', written: 100 });
    expect(begun).toHaveLength(200);
    expect(existsSync(`${path}.lock`)).toBe(true);
    rmSync(`${path}.lock`);
    await expectWholeChunks(1);
  });
});

describe('a sync whose database is replaced', () => {
  function replace(): void {
    const fresh = join(folder.path, 'fresh.db');
    buildDatabase(fresh, { version: 18, days: 1 });
    for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    renameSync(fresh, path);
  }

  it('before it is applied writes nothing', async () => {
    const database = await open();
    replace();
    await expect(database.applySync(plan)).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
      nextStep: expect.stringContaining('Refresh'),
    });
    await expectWholeChunks(0);
  });

  it('between two chunks writes nothing into the new one', async () => {
    const database = await open();
    const applying = database.applySync(plan, afterFirstChunk(replace));
    await expect(applying).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
      written: 100,
      message: expect.stringContaining('no longer the file'),
    });
    await expectWholeChunks(0);
  });

  it('is refused when it has gone', async () => {
    const database = await open();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    await expect(database.applySync(plan)).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    expect(existsSync(path)).toBe(false);
  });
});

describe('a sync that is cancelled', () => {
  it('while it waits for the lock changes nothing', async () => {
    const database = await open();
    const holder = new core.FileLock(`${path}.lock`);
    await holder.acquire();
    const abort = new AbortController();
    const applying = database.applySync(plan, { signal: abort.signal });
    setTimeout(() => abort.abort(), 100);
    await expect(applying).rejects.toMatchObject({ code: 'CANCELLED', nextStep: 'Nothing was changed.' });
    await holder.release();
    await expectWholeChunks(0);
  });

  it('inside a chunk leaves that one out, and nothing of it behind', async () => {
    const database = await open();
    const abort = new AbortController();
    const cancelling = { ...plan, interval: (index: number) => (index === 150 && abort.abort(), plan.interval(index)) };
    const applying = database.applySync(cancelling, { chunk: CHUNK, signal: abort.signal });
    await expect(applying).rejects.toMatchObject({ code: 'CANCELLED', written: 100 });
    await expectWholeChunks(1);
  });

  it('between two chunks keeps those before', async () => {
    const database = await open();
    const abort = new AbortController();
    const applying = database.applySync(plan, { ...afterFirstChunk(() => abort.abort()), signal: abort.signal });
    await expect(applying).rejects.toMatchObject({
      code: 'CANCELLED',
      written: 100,
      nextStep: expect.stringContaining('Run Sync again'),
    });
    await expectWholeChunks(1);
  });
});

describe('a sync on a disk that is full', () => {
  // A limit on the size of files stands for the disk: it fails the same write of the -wal, with no need of rights or of a disk.
  it.skipIf(process.platform === 'win32')(
    'writes whole chunks or none, says so, and is completed when there is room',
    async () => {
      const homeFolder = join(folder.path, 'home');
      mkdirSync(homeFolder);
      const home = buildSyncHome(homeFolder, { version: 18, states: 6000 });
      const blocks = 1200;
      const order: SyncOrder = { database: home.database, recorder: home.recorder, now: home.now.getTime(), rows: 400, pause: 1 };
      const limited = await run(order, blocks);
      expect(limited).toMatchObject({
        code: 'DISK_FULL',
        message: expect.stringMatching(
          /^The disk that holds .* takes no more: .* \d[\d,]* rows were written before that, [\d,]+ are left\.$/,
        ),
        nextStep: 'Free some space. Run Sync again: it adds what is missing.',
      });
      expect(limited.written % 400).toBe(0);
      path = home.database;
      expect(isSound()).toBe(true);
      expect(existsSync(`${path}.lock`)).toBe(false);
      expect((await run(order)).code).toBeNull();
      const completed = syncedRows(path);
      const undisturbed = join(folder.path, 'undisturbed');
      mkdirSync(undisturbed);
      const twin = buildSyncHome(undisturbed, { version: 18, states: 6000 });
      expect((await run({ ...order, database: twin.database, recorder: twin.recorder })).code).toBeNull();
      expect(completed).toEqual(syncedRows(twin.database));
    },
  );
});

/** A sync in a process that may write no file beyond so many blocks of 512 bytes. */
async function run(order: SyncOrder, blocks?: number): Promise<SyncOutcome> {
  const script = fileURLToPath(new URL('syncing.mts', import.meta.url));
  const limited = join(folder.path, 'limited-node');
  writeFileSync(limited, `#!/bin/sh\n${blocks === undefined ? '' : `ulimit -f ${blocks}\n`}exec "${process.execPath}" "$@"\n`, {
    mode: 0o755,
  });
  const child = fork(script, { execPath: limited });
  await once(child, 'message');
  const told = once(child, 'message');
  child.send(order);
  const [outcome]: SyncOutcome[] = await told;
  if (!outcome) throw new Error('The process told nothing.');
  return outcome;
}

describe('a sync that may not write', () => {
  it('is refused with the reason before anything is read or locked', async () => {
    const source = {
      title: 'never',
      // oxlint-disable-next-line require-yield -- it must not even be asked
      async *read() {
        throw new Error('It was read.');
      },
    };
    const database = await open({ readOnly: true });
    for (const refused of [database.syncStates(source), database.applySync(plan)])
      await expect(refused).rejects.toMatchObject({
        code: 'READ_ONLY',
        message: expect.stringContaining('It was opened for reading only.'),
      });
    expect(existsSync(`${path}.lock.guard`)).toBe(false);
  });

  it('is refused on a version that nobody knows', async () => {
    const db = new Sqlite(path);
    db.exec(`UPDATE metadata SET value = '19' WHERE key = 'db_version'`);
    db.close();
    await expect((await open()).applySync(plan)).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('version 19'),
    });
  });

  it('is refused on a network mount, which is read as a snapshot', async () => {
    const database = await open({ mountProbe: async () => ({ type: 0xff534d42, name: null }) });
    expect(database.isSnapshot).toBe(true);
    await expect(database.applySync(plan)).rejects.toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringMatching(/network/i),
    });
    expect(rows()).toBe(before);
  });

  it('is refused inside a session, which it would keep open', async () => {
    const database = await open();
    await expect(database.withLockedSession(() => database.applySync(plan))).rejects.toThrow('inside a session');
    expect(rows()).toBe(before);
  });
});

describe('the -wal of a long sync', () => {
  it('does not grow without end while Home Assistant does not run', async () => {
    const other = new Sqlite(path);
    other.exec(`PRAGMA wal_autocheckpoint = 0; CREATE TABLE padding AS SELECT zeroblob(150000000) AS zeros`);
    const database = await open();
    const padded = await database.describe();
    expect(padded.walBytes).toBeGreaterThan(150_000_000);
    await database.applySync(arrayPlan(plannedIntervals(10), plannedSamples(10)));
    expect((await database.describe()).fileBytes).toBeGreaterThan(padded.fileBytes + 149_000_000);
    await database.applySync(arrayPlan(plannedIntervals(5000, { first: 10 })));
    // It begins anew, and what it is long already is used again.
    expect((await database.describe()).walBytes).toBeLessThan(padded.walBytes + 1_000_000);
    other.close();
  });
});
