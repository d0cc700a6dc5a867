import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStamp, FolderFiles } from '../../../src/core/ports/folderFiles';
import { readSnapshot, type Snapshot } from '../../../src/core/snapshot/readSnapshot';
import { sqlQuery } from '../../../src/core/sql/sqlQuery';
import { loadSqlJs } from '../../../src/platform/snapshot/loadSqlJs';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

const home = temporaryFolder('snapshot');
const path = join(home.path, 'area_occupancy.db');
let db: Database.Database;

beforeEach(() => {
  for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
  db = open();
  db.exec('CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT); CREATE TABLE b (id INTEGER PRIMARY KEY, text TEXT)');
  for (let row = 0; row < 30; row++) writerSteps.add();
});
afterEach(() => db.close());
afterAll(() => home.remove());

function open(): Database.Database {
  const opened = new Database(path);
  for (const setting of ['page_size = 512', 'journal_mode = WAL', 'wal_autocheckpoint = 0', 'synchronous = OFF'])
    opened.pragma(setting);
  return opened;
}

/** What Home Assistant may do at any moment. Each commit leaves both tables with the same rows. */
const writerSteps = {
  add: (): void =>
    db.transaction(() => {
      for (const table of ['a', 'b']) db.prepare(`INSERT INTO ${table} (text) VALUES (?)`).run('x'.repeat(700));
    })(),
  remove: (): void =>
    db.transaction(() => {
      for (const table of ['a', 'b']) db.prepare(`DELETE FROM ${table} WHERE id = (SELECT min(id) FROM ${table})`).run();
    })(),
  checkpoint: (): void => void db.pragma('wal_checkpoint(PASSIVE)'),
  restart: (): void => void db.pragma('wal_checkpoint(RESTART)'),
  /** As the last one out does: the -wal is gone, and comes back with the next write. */
  reopen: (): void => {
    db.close();
    db = open();
  },
};
type Step = keyof typeof writerSteps;

const version = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The folder, in which the writer does what comes next between any two looks and in the midst of every reading. */
class BusyFolder implements FolderFiles {
  /** What was committed since reading began: the sum of the ids that each table has. */
  readonly states = new Set([stateNow()]);
  readonly readsParts: boolean;
  readonly #steps: Iterator<readonly Step[]>;

  constructor(steps: Iterable<readonly Step[]>, readsParts = true) {
    this.#steps = steps[Symbol.iterator]();
    this.readsParts = readsParts;
  }

  async stat(name: string): Promise<FileStamp | null> {
    this.#work();
    const bytes = contentOf(name);
    return bytes && { size: bytes.byteLength, written: 1, version: version(bytes) };
  }

  async read(name: string, atMost?: number): Promise<Uint8Array | null> {
    const before = contentOf(name);
    this.#work();
    const after = contentOf(name);
    if (!before || !after) return before;
    const half = Math.min(Math.floor(before.byteLength / 2), after.byteLength);
    const torn = after.slice();
    torn.set(before.subarray(0, half));
    return this.readsParts ? torn.slice(0, atMost) : torn;
  }

  #work(): void {
    const { value: steps, done } = this.#steps.next();
    if (done) return;
    for (const step of steps) {
      writerSteps[step]();
      this.states.add(stateNow());
    }
  }
}

function stateNow(): number {
  return db.prepare<[], { sum: number }>('SELECT total(id) AS sum FROM a').get()!.sum;
}

function contentOf(name: string): Uint8Array | null {
  const file = join(home.path, name);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}

class Waits {
  readonly slept: number[] = [];
  now = (): number => 1000;
  monotonic = (): number => 0;
  sleep = async (ms: number): Promise<void> => void this.slept.push(ms);
}

const read = (folder: FolderFiles, clock = new Waits(), limit?: number): Promise<Snapshot> =>
  readSnapshot({ folder, name: 'area_occupancy.db', path }, clock, limit);

interface Seen {
  readonly check: string;
  readonly a: number;
  readonly b: number;
}
const seen = sqlQuery<Seen>(
  'seen',
  'SELECT (SELECT total(id) FROM a) AS a, (SELECT total(id) FROM b) AS b, integrity_check AS "check" FROM pragma_integrity_check',
);

async function rowsOf({ bytes }: Snapshot): Promise<Seen | undefined> {
  const reader = (await loadSqlJs()).open(bytes);
  try {
    return reader.get(seen);
  } finally {
    reader.close();
  }
}

describe('reading a snapshot', () => {
  it.each([true, false])(
    'of a database that is written meanwhile gives a state that it was in (parts can be read: %s)',
    async (readsParts) => {
      const step = fc.array(fc.constantFrom<Step>('add', 'add', 'remove', 'checkpoint', 'restart', 'reopen'), { maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 9, maxLength: 30 }), async (steps) => {
          const folder = new BusyFolder(steps, readsParts);
          const snapshot = await read(folder).catch((error: unknown) => error as Error);
          // Too busy for all of the tries: nothing is shown, rather than something wrong.
          if (snapshot instanceof Error) return expect(snapshot.message).toContain('was written to each time');
          const rows = await rowsOf(snapshot);
          expect(rows).toEqual({ check: 'ok', a: rows?.b, b: rows?.a });
          expect([...folder.states]).toContain(rows?.a);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('goes on beside a writer that never rests, as long as its -wal keeps its round', async () => {
    // One that reads an older state keeps the -wal from being written over, but not all of it from being moved.
    const reader = new Database(path);
    reader.exec('BEGIN; SELECT * FROM a');
    const clock = new Waits();
    const before = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM a').get()!.n;
    const snapshot = await read(new BusyFolder(always('add', 'checkpoint')), clock);
    reader.close();
    expect(clock.slept).toEqual([]);
    expect(snapshot).toMatchObject({ takenAt: 1000, journalMode: 'wal', wal: { size: expect.any(Number) } });
    const [{ n }] = (await rowsIn(snapshot, 'SELECT count(*) AS n FROM a')) as [{ n: number }];
    expect(n).toBeGreaterThan(before);
  });

  it.each([
    // Moved into a database that was read already, and written over while it is read itself.
    ['-wal is written over', '-wal', 'restart'],
    // Both were over before: without a -wal there is nothing but the database to tell of it.
    ['-wal comes and goes', '', 'reopen'],
  ] as const)('is read again where the %s meanwhile', async (_, suffix, step) => {
    if (step === 'reopen') writerSteps.reopen();
    const folder = new BusyFolder([]);
    const readWhole = folder.read.bind(folder);
    let isFirst = true;
    folder.read = async (name, atMost) => {
      const before = await readWhole(name, atMost);
      if (!before || !name.endsWith(`.db${suffix}`) || atMost !== undefined || !isFirst) return before;
      isFirst = false;
      for (let row = 0; row < 5; row++) writerSteps.add();
      writerSteps[step]();
      if (step === 'restart') writerSteps.add();
      const after = contentOf(name)!;
      after.set(before.subarray(0, 3000));
      return after;
    };
    const clock = new Waits();
    const snapshot = await read(folder, clock);
    expect(clock.slept).toEqual([100]);
    expect(await rowsOf(snapshot)).toEqual({ check: 'ok', a: stateNow(), b: stateNow() });
  });

  it('is tried again, ever later, and given up with a clear error', async () => {
    const clock = new Waits();
    const error = await read(new BusyFolder(always('restart', 'add')), clock).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'SNAPSHOT',
      message: expect.stringContaining('written to each time'),
      nextStep: expect.stringMatching(/\w/),
    });
    expect(clock.slept).toEqual([100, 200, 400, 800, 1600]);
  });

  it('is refused above the limit, before anything is read, with what to do', async () => {
    const folder = new BusyFolder([]);
    folder.read = () => Promise.reject(new Error('It was read.'));
    const size = statSync(path).size + statSync(`${path}-wal`).size;
    await expect(read(folder, new Waits(), size - 1)).rejects.toMatchObject({
      code: 'SNAPSHOT',
      message: expect.stringMatching(/no more than \d+ MB/),
      nextStep: expect.stringContaining('open the copy'),
    });
    await expect(read(new BusyFolder([]), new Waits(), size)).resolves.toBeDefined();
  });

  it('waits for a write of a rollback journal to end, and is refused while it does not', async () => {
    db.pragma('journal_mode = DELETE');
    db.exec("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE a SET text = 'new'");
    expect(existsSync(`${path}-journal`)).toBe(true);
    await expect(read(new BusyFolder([]))).rejects.toMatchObject({
      code: 'SNAPSHOT',
      message: expect.stringContaining('-journal'),
    });
    const clock = new Waits();
    clock.sleep = async () => void (db.inTransaction && db.exec('COMMIT'));
    const snapshot = await read(new BusyFolder([]), clock);
    expect(snapshot.journalMode).toBe('rollback');
    expect(await rowsIn(snapshot, 'SELECT DISTINCT text FROM a')).toEqual([{ text: 'new' }]);
  });

  it('of a copy that is cut off says so', async () => {
    db.close();
    db = open();
    const folder = new BusyFolder([]);
    const whole = contentOf('area_occupancy.db')!;
    const cut = whole.slice(0, whole.byteLength - 5000);
    folder.stat = async (name) => (name.endsWith('.db') ? { size: cut.byteLength, written: 1, version: 'cut' } : null);
    folder.read = async (name, atMost) => (name.endsWith('.db') ? cut.slice(0, atMost) : null);
    await expect(read(folder)).rejects.toMatchObject({ code: 'DATABASE_CORRUPT', message: expect.stringContaining('truncated') });
  });

  it('of no file, and of an empty one, says so', async () => {
    const folder = new BusyFolder([]);
    folder.stat = async () => null;
    await expect(read(folder)).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    folder.stat = async () => ({ size: 0, written: 1, version: '' });
    await expect(read(folder)).rejects.toMatchObject({ code: 'DATABASE_EMPTY' });
  });
});

/** For longer than any reading takes. */
const always = (...steps: Step[]): Step[][] => Array.from({ length: 100 }, () => steps);

async function rowsIn({ bytes }: Snapshot, sql: string): Promise<unknown[]> {
  const reader = (await loadSqlJs()).open(bytes);
  const rows = reader.all(sqlQuery('rows', sql));
  reader.close();
  return rows;
}
