import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecoveryReport } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { seededRandom } from '../support/random.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { writeAt } from '../support/writeAt.mts';

const PAGE = 4096;
const folder = temporaryFolder('recover');
const sound = (version: SchemaVersion): string => join(folder.path, `v${version}.db`);
const versions: readonly SchemaVersion[] = [3, 18];

beforeAll(() => {
  for (const version of versions) buildDatabase(sound(version), { version, areas: 4, entities: 20, days: 2 });
});
afterAll(() => folder.remove());

type Rows = Readonly<Record<string, readonly string[]>>;

/** Every row of every table, with its id. */
function rowsOf(path: string): Rows {
  const db = new Sqlite(path, { readonly: true });
  try {
    const tables = db
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name`,
      )
      .all();
    return Object.fromEntries(
      tables.map(({ name }) => [
        name,
        db
          .prepare<[], object>(`SELECT rowid AS _, * FROM "${name}" ORDER BY rowid`)
          .all()
          .map((row) => JSON.stringify(row)),
      ]),
    );
  } finally {
    db.close();
  }
}

function pagesOf(path: string, name: string, type: 'leaf' | 'internal'): number[] {
  const db = new Sqlite(path, { readonly: true });
  try {
    return db
      .prepare(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY pageno`)
      .pluck()
      .all(name, type) as number[];
  } finally {
    db.close();
  }
}

const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe.each(versions)('recovering db_version %i', (version) => {
  let damaged = '';
  let target = '';
  let number = 0;

  beforeEach(() => {
    const own = join(folder.path, `${version}-${(number += 1)}`);
    mkdirSync(own);
    damaged = join(own, 'area_occupancy.db');
    target = join(own, 'recovered.db');
    copyFileSync(sound(version), damaged);
  });

  /** What came of it; the damaged file is as it was, and the new one is sound. */
  async function recovered(): Promise<{ report: RecoveryReport; rows: Rows }> {
    const [before, files] = [hash(damaged), readdirSync(join(damaged, '..'))];
    const report = await core.recoverDatabase(damaged, target);
    expect(hash(damaged)).toBe(before);
    expect(readdirSync(join(damaged, '..')).toSorted()).toEqual([...files, 'recovered.db'].toSorted());
    const rows = rowsOf(target);
    for (const { table, rows: count } of report.tables) expect([table, count]).toEqual([table, rows[table]?.length]);
    return { report, rows };
  }

  const overwrite = (...pages: readonly number[]): void => {
    for (const page of pages) writeAt(damaged, Buffer.alloc(PAGE, 0x5a), (page - 1) * PAGE);
  };

  it('copies a sound file, to the row and the index', async () => {
    const { report, rows } = await recovered();
    expect(rows).toEqual(rowsOf(sound(version)));
    expect(report).toMatchObject({
      schema: 'file',
      missingPages: [],
      lostIndexes: [],
      changedMeanwhile: false,
      hasVersion: true,
    });
    expect(
      report.tables.every(({ lostPages, damagedRows, refusedRows }) => lostPages.length + damagedRows + refusedRows === 0),
    ).toBe(true);
    const database = await core.OccupancyDatabase.open(target, { lock: new FreeLock() });
    expect((await database.checkIntegrity()).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect((await database.describe()).readOnly).toBe(false);
    await database.close();
  });

  it('takes what is in the -wal, and leaves out what was not committed', async () => {
    const writer = new Sqlite(damaged);
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec(`UPDATE areas SET threshold = 0.77; DELETE FROM priors`);
    const expected = rowsOf(damaged);
    const wal = readFileSync(`${damaged}-wal`);
    const copy = join(damaged, '..', 'copy.db');
    copyFileSync(damaged, copy);
    // A frame that was torn off, and a run of frames without a commit.
    writeFileSync(`${copy}-wal`, Buffer.concat([wal, wal.subarray(32, 32 + 24 + PAGE), Buffer.alloc(100, 1)]));
    writer.close();
    await core.recoverDatabase(copy, target);
    expect(rowsOf(target)).toEqual(expected);
  });

  it('lists the rows of pages that were overwritten, and has all others', async () => {
    const [, second = 0, , fourth = 0] = pagesOf(damaged, 'intervals', 'leaf');
    overwrite(second, fourth);
    const { report, rows } = await recovered();
    const all = rowsOf(sound(version));
    const { lostPages, lostRows } = report.tables.find(({ table }) => table === 'intervals')!;
    expect(lostPages.flatMap(({ from, to }) => [from, to])).toEqual(expect.arrayContaining([second, fourth]));
    const isLost = (row: string): boolean => {
      const { _: id } = JSON.parse(row) as { _: number };
      return lostRows.some(({ after, upTo }) => id > (after ?? -Infinity) && id <= (upTo ?? Infinity));
    };
    expect(rows['intervals']).toEqual(all['intervals']?.filter((row) => !isLost(row)));
    expect(rows['intervals']?.length).toBeLessThan(all['intervals']?.length ?? 0);
    expect({ ...rows, intervals: [] }).toEqual({ ...all, intervals: [] });
  });

  it('finds the leaves of a tree whose inner pages are gone', async () => {
    overwrite(...pagesOf(damaged, 'intervals', 'internal'));
    const { report, rows } = await recovered();
    expect(rows).toEqual(rowsOf(sound(version)));
    expect(report.tables.find(({ table }) => table === 'intervals')?.lostPages.length).toBeGreaterThan(0);
  });

  it('knows the tables where the first page is gone', async () => {
    overwrite(1);
    const { report, rows } = await recovered();
    expect(report.schema).toBe('known');
    const all = rowsOf(sound(version));
    for (const table of ['areas', 'entities', 'intervals', 'priors', 'metadata']) expect(rows[table]).toEqual(all[table]);
  });

  it('takes what a truncated file has, and says where it ends', async () => {
    const pages = statSync(damaged).size / PAGE;
    truncateSync(damaged, Math.floor(pages * 0.7) * PAGE + 100);
    const { report, rows } = await recovered();
    expect(report.missingPages).toEqual([{ from: Math.floor(pages * 0.7) + 1, to: pages }]);
    const all = new Set(rowsOf(sound(version))['intervals']);
    expect(rows['intervals']?.length).toBeGreaterThan(all.size / 3);
    expect(rows['intervals']?.every((row) => all.has(row))).toBe(true);
  });

  it('does not bring back what was deleted', async () => {
    const db = new Sqlite(damaged);
    db.pragma('foreign_keys = OFF');
    db.exec(`DELETE FROM intervals WHERE id % 3 > 0 OR id > 500`);
    db.close();
    const expected = rowsOf(damaged);
    const [lost = 0] = pagesOf(damaged, 'priors', 'leaf');
    overwrite(lost);
    const { rows } = await recovered();
    expect(rows['intervals']).toEqual(expected['intervals']);
  });

  it('survives flipped bits, wherever they are', async () => {
    const random = seededRandom(version);
    const original = readFileSync(damaged);
    const expected = rowsOf(sound(version))['intervals']?.length ?? 0;
    for (let round = 0; round < 3; round += 1) {
      const bytes = Buffer.from(original);
      for (let flip = 0; flip < 200; flip += 1) {
        const at = random.whole(0, bytes.length - 1);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7));
      }
      writeFileSync(damaged, bytes);
      const report = await core.recoverDatabase(damaged, target, { overwrite: round > 0 });
      expect(report.tables.find(({ table }) => table === 'intervals')?.rows).toBeGreaterThan(expected * 0.9);
    }
  });

  it('runs nothing of what a file says but makes its tables and indexes', async () => {
    const elsewhere = join(folder.path, 'elsewhere.db');
    const db = new Sqlite(damaged);
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.prepare(`UPDATE sqlite_master SET sql = sql || ? WHERE name = 'priors'`).run(
      `; ATTACH '${elsewhere}' AS x; CREATE TABLE x.y (z)`,
    );
    db.close();
    const { rows } = await recovered();
    expect(rows['priors']).toEqual(rowsOf(sound(version))['priors']);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('leaves nothing when it is cancelled, or finds nothing', async () => {
    const signal = AbortSignal.abort();
    await expect(core.recoverDatabase(damaged, target, { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    writeFileSync(damaged, Buffer.alloc(40 * PAGE, 'no database '));
    await expect(core.recoverDatabase(damaged, target)).rejects.toMatchObject({ code: 'NOT_A_DATABASE' });
    await expect(core.recoverDatabase(damaged, damaged, { overwrite: true })).rejects.toMatchObject({ code: 'EXPORT' });
    expect(readdirSync(join(damaged, '..'))).toEqual(['area_occupancy.db']);
  });
});
