import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { forgetWal } from '../../../src/core/snapshot/databaseHeader';
import { mergeWal } from '../../../src/core/snapshot/mergeWal';
import { bytesOf, readWal, WAL_HEADER_BYTES } from '../../../src/core/wal/readWal';
import { sqlQuery } from '../../../src/core/sql/sqlQuery';
import { loadSqlJs } from '../../../src/platform/snapshot/loadSqlJs';
import { temporaryFolder } from '../../support/temporaryFolder.mts';
import { type Change, type Files, withBigEndianSums, writeFiles } from './walFixture';

const folder = temporaryFolder('merge');
afterAll(() => folder.remove());

/** The pages as SQLite itself reads them from both files; null when it does not open them. */
function seenBySqlite({ database, wal }: Files): Uint8Array | null {
  const path = join(folder.path, 'seen.db');
  for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
  writeFileSync(path, database);
  writeFileSync(`${path}-wal`, wal);
  const db = new Database(path);
  try {
    const pages = db.serialize();
    forgetWal(pages);
    return pages;
  } catch {
    return null;
  } finally {
    db.close();
  }
}

/** A copy: merging changes the database it is given. */
const merged = ({ database, wal }: Files): Uint8Array => mergeWal(database.slice(), wal, 'x.db');

/** Compared so that a difference is told by its place, not by megabytes. */
function expectSamePages(left: Uint8Array, right: Uint8Array | null): void {
  const difference =
    Buffer.compare(left, right ?? new Uint8Array()) === 0 ? null : left.findIndex((byte, at) => byte !== right?.[at]);
  expect({ bytes: left.byteLength, difference }).toEqual({ bytes: right?.byteLength, difference: null });
}

const change = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 30_000 }).map((bytes): Change => ({ kind: 'add', bytes })) },
  fc.constantFrom<Change>({ kind: 'remove' }, { kind: 'vacuum' }, { kind: 'checkpoint' }, { kind: 'spill' }),
);
const pageSize = fc.constantFrom(512, 1024, 4096, 65_536);
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

describe('merging a -wal', () => {
  it('gives the very pages that SQLite reads, whatever was written, left open or written over', () => {
    fc.assert(
      fc.property(pageSize, fc.array(change, { minLength: 1, maxLength: 7 }), (size, changes) => {
        const files = writeFiles(folder.path, size, changes);
        expectSamePages(merged(files), seenBySqlite(files));
      }),
      { numRuns: 40 },
    );
  });

  it('gives them where the -wal is cut off or has flipped bits', () => {
    const made = fc.sample(fc.tuple(pageSize, fc.array(change, { minLength: 2, maxLength: 6 })), { numRuns: 8, seed: 6 });
    const files = made.map(([size, changes]) => writeFiles(folder.path, size, changes));
    const flip = fc.tuple(place, fc.integer({ min: 0, max: 7 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(flip, { maxLength: 2 }),
        (whole, cut, flips) => {
          const wal = whole.wal.slice(0, Math.round(whole.wal.byteLength * (1 - cut ** 4)));
          for (const [at, bit] of flips) if (wal.byteLength > 0) wal[Math.floor(at * wal.byteLength)]! ^= 1 << bit;
          const damaged = { ...whole, wal };
          const seen = seenBySqlite(damaged);
          // Where frames are lost that were moved into the database already, what is left may be no database: for SQLite as for us.
          if (seen) expectSamePages(merged(damaged), seen);
        },
      ),
      { numRuns: 120 },
    );
  });

  it.each([0, 4, 8, 12, 16, 20, 24])('gives them where a bit of the last frame is flipped, %i bytes from its beginning', (at) => {
    const { database, wal } = writeFiles(folder.path, 4096, [{ kind: 'add', bytes: 9000 }, { kind: 'remove' }]);
    wal[wal.byteLength - 4096 - 24 + at]! ^= 1;
    expectSamePages(merged({ database, wal }), seenBySqlite({ database, wal }));
  });

  it('gives them where the checksums are of big-endian words', () => {
    const files = writeFiles(folder.path, 4096, [{ kind: 'add', bytes: 9000 }, { kind: 'spill' }]);
    const wal = withBigEndianSums(files.wal);
    expect(readWal(bytesOf(wal))).toEqual(readWal(bytesOf(files.wal)));
    expectSamePages(merged({ ...files, wal }), seenBySqlite({ ...files, wal }));
  });

  it('is opened by sql.js, with the rows that are committed', async () => {
    const files = writeFiles(folder.path, 4096, [
      { kind: 'add', bytes: 9000 },
      { kind: 'checkpoint' },
      { kind: 'add', bytes: 4000 },
      { kind: 'spill' },
    ]);
    const reader = (await loadSqlJs()).open(merged(files));
    expect(reader.get(sqlQuery<object>('count', 'SELECT count(*) AS n, max(id) AS last FROM t'))).toEqual({ n: 33, last: 33 });
    reader.close();
    // Without the -wal, the rows after the checkpoint are missing: sql.js itself does not look for one.
    const stale = files.database.slice();
    forgetWal(stale);
    const old = (await loadSqlJs()).open(stale);
    expect(old.get(sqlQuery<object>('count', 'SELECT count(*) AS n FROM t'))).toEqual({ n: 23 });
    old.close();
  });

  it('is refused where the -wal is of a database with pages of another size', () => {
    // Its first page is in the database, so that no frame says what size its pages have.
    const other = writeFiles(folder.path, 4096, [{ kind: 'checkpoint' }, { kind: 'add', bytes: 500 }]);
    const { database } = writeFiles(folder.path, 1024, [{ kind: 'add', bytes: 500 }, { kind: 'checkpoint' }]);
    expect(readWal(bytesOf(other.wal))?.offsets.has(1)).toBe(false);
    expect(() => mergeWal(database.slice(), other.wal, '/x.db')).toThrow('/x.db-wal is of another database');
  });

  it('takes nothing from a -wal that is no longer than its header, or of another kind', () => {
    const { database, wal } = writeFiles(folder.path, 4096, [{ kind: 'add', bytes: 500 }]);
    for (const other of [null, new Uint8Array(), wal.subarray(0, WAL_HEADER_BYTES), new Uint8Array(9000).fill(7)]) {
      const bytes = database.slice();
      forgetWal(bytes);
      expectSamePages(mergeWal(database.slice(), other, 'x.db'), bytes);
    }
  });
});
