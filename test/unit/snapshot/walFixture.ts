import Database from 'better-sqlite3';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A database and its -wal, as they lie on a disk. */
export interface Files {
  readonly database: Uint8Array;
  readonly wal: Uint8Array;
}

export type Change =
  /** Adds rows that take about this many bytes. */
  | { readonly kind: 'add'; readonly bytes: number }
  | { readonly kind: 'remove' }
  /** Makes the database shorter. */
  | { readonly kind: 'vacuum' }
  /** Moves what is in the -wal into the database: the next change begins a new round of the file, over the frames of the last. */
  | { readonly kind: 'checkpoint' }
  /** Leaves a transaction open whose pages are in the -wal already. */
  | { readonly kind: 'spill' };

/** Files that a writer leaves who does all this and is then cut off, in `folder`. */
export function writeFiles(folder: string, pageSize: number, changes: readonly Change[]): Files {
  const path = join(folder, 'written.db');
  for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
  const db = new Database(path);
  try {
    db.pragma(`page_size = ${pageSize}`);
    db.pragma('journal_mode = WAL');
    db.pragma('wal_autocheckpoint = 0');
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX i ON t (text)');
    for (const change of changes) apply(db, change);
    // While it is open: closing would move the -wal into the database.
    copyFileSync(path, join(folder, 'cut.db'));
    copyFileSync(`${path}-wal`, join(folder, 'cut.db-wal'));
  } finally {
    db.close();
  }
  return { database: readFileSync(join(folder, 'cut.db')), wal: readFileSync(join(folder, 'cut.db-wal')) };
}

function apply(db: Database.Database, change: Change): void {
  const add = db.prepare('INSERT INTO t (text) VALUES (?)');
  switch (change.kind) {
    case 'add':
      return db.transaction(() => {
        for (let left = change.bytes; left > 0; left -= 400) add.run(String(left).padEnd(400, 'x'));
      })();
    case 'remove':
      return void db.exec('DELETE FROM t WHERE id % 2 = 0');
    case 'vacuum':
      if (!db.inTransaction) db.exec('VACUUM');
      return;
    case 'checkpoint':
      if (!db.inTransaction) db.pragma('wal_checkpoint(RESTART)');
      return;
    case 'spill':
      if (db.inTransaction) return;
      db.pragma('cache_size = 5');
      db.exec('BEGIN');
      for (let row = 0; row < 200; row++) add.run(String(row).padEnd(400, 'y'));
  }
}

/** The same -wal as a machine of the other byte order would have written it: with checksums of big-endian words. */
export function withBigEndianSums(wal: Uint8Array): Uint8Array {
  const bytes = Buffer.from(wal);
  bytes.writeUInt32BE(0x377f0683, 0);
  const pageSize = bytes.readUInt32BE(8);
  const salts = bytes.subarray(16, 24);
  let sums = addWords([0n, 0n], bytes.subarray(0, 24));
  writeSums(sums, bytes, 24);
  for (let at = 32; at + 24 + pageSize <= bytes.length; at += 24 + pageSize) {
    if (!bytes.subarray(at + 8, at + 16).equals(salts)) break;
    sums = addWords(addWords(sums, bytes.subarray(at, at + 8)), bytes.subarray(at + 24, at + 24 + pageSize));
    writeSums(sums, bytes, at + 16);
  }
  return new Uint8Array(bytes);
}

type Sums = readonly [bigint, bigint];

function addWords(sums: Sums, words: Buffer): Sums {
  let [first, second] = sums;
  for (let at = 0; at < words.length; at += 8) {
    first = BigInt.asUintN(32, first + BigInt(words.readUInt32BE(at)) + second);
    second = BigInt.asUintN(32, second + BigInt(words.readUInt32BE(at + 4)) + first);
  }
  return [first, second];
}

function writeSums([first, second]: Sums, bytes: Buffer, at: number): void {
  bytes.writeUInt32BE(Number(first), at);
  bytes.writeUInt32BE(Number(second), at + 4);
}
