import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OccupancyDatabase } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { writeAt } from '../support/writeAt.mts';
import type { WriterReport } from '../live/writer.mts';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const hash = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('a backup', () => {
  const folder = temporaryFolder('backup');
  const path = join(folder.path, 'area_occupancy.db');
  const backups = join(folder.path, 'backups');
  let database: OccupancyDatabase;
  let number = 0;
  let target = '';

  beforeAll(async () => {
    mkdirSync(backups);
    buildDatabase(path, { version: 18, areas: 5, entities: 30, days: 4 });
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  beforeEach(() => {
    target = join(backups, `copy ${(number += 1)}.db`);
  });
  afterAll(async () => {
    await database.close();
    folder.remove();
  });

  const beside = (): string[] => readdirSync(backups).filter((name) => name.startsWith(`copy ${number}.db`));
  const count = (file: string, table: string): number => {
    const db = new Sqlite(file, { readonly: true });
    try {
      return db.prepare<[], { rows: number }>(`SELECT count(*) AS rows FROM ${table}`).get()!.rows;
    } finally {
      db.close();
    }
  };

  it('has every row, is sound, and lies alone in its folder', async () => {
    const report = await database.backup(target);
    expect(beside()).toEqual([`copy ${number}.db`]);
    expect(report).toMatchObject({ path: target, bytes: statSync(target).size });
    for (const { table, rows } of report.tables) expect([table, rows]).toEqual([table, count(path, table)]);
    expect(report.tables.map(({ table }) => table)).toContain('area_transitions');
    const copy = await core.OccupancyDatabase.open(target, { lock: new FreeLock() });
    expect((await copy.describe()).journalMode).toBe('wal');
    expect((await copy.checkIntegrity()).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    await copy.close();
  });

  it('is of one moment, while a program that waits for nobody goes on to write', async () => {
    const writer = spawn(process.execPath, [script('../live/writer.mts'), path, 'persistent', '200', '2']);
    let output = '';
    writer.stdout.on('data', (data: Buffer) => (output += data.toString()));
    const ended = new Promise((resolve) => writer.once('exit', resolve));
    const before = count(path, 'intervals');
    while (count(path, 'intervals') < before + 5) await delay(10);
    const report = await database.backup(target);
    await ended;
    const { commits, errors } = JSON.parse(output) as WriterReport;
    expect(errors).toEqual([]);
    expect(commits).toBe(200);
    const rows = report.tables.find(({ table }) => table === 'intervals')?.rows ?? 0;
    expect(rows).toBeGreaterThan(before);
    expect(count(target, 'intervals')).toBe(rows);
    // Its rows are those of the first commits, and of no later one.
    const ids = (file: string): unknown[] => {
      const db = new Sqlite(file, { readonly: true });
      const all = db.prepare('SELECT id FROM intervals ORDER BY id').pluck().all();
      db.close();
      return all;
    };
    expect(ids(target)).toEqual(ids(path).slice(0, rows));
  });

  it('says how far it has come, and leaves nothing when it is cancelled', async () => {
    const abort = new AbortController();
    const fractions: (number | null)[] = [];
    const work = database.backup(target, {
      signal: abort.signal,
      onProgress: ({ fraction }) => {
        fractions.push(fraction);
        if (fractions.length === 3) abort.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(fractions.length).toBe(3);
    expect(beside()).toEqual([]);
  });

  it('replaces no file unless it is told to, and keeps that until the new one is whole', async () => {
    writeFileSync(target, 'precious');
    await expect(database.backup(target)).rejects.toMatchObject({ code: 'TARGET_EXISTS' });
    expect(readFileSync(target, 'utf8')).toBe('precious');
    const abort = AbortSignal.abort();
    await expect(database.backup(target, { overwrite: true, signal: abort })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readFileSync(target, 'utf8')).toBe('precious');
    await database.backup(target, { overwrite: true });
    expect(beside()).toEqual([`copy ${number}.db`]);
    expect(count(target, 'areas')).toBe(5);
  });

  it.each(['area_occupancy.db', 'area_occupancy.db.backup', 'area_occupancy.db-wal', '.storage/x.db'])(
    'never goes to %s',
    async (name) => {
      mkdirSync(join(folder.path, '.storage'), { recursive: true });
      const before = hash(path);
      await expect(database.backup(join(folder.path, name), { overwrite: true })).rejects.toMatchObject({ code: 'EXPORT' });
      expect(hash(path)).toBe(before);
      expect(existsSync(join(folder.path, 'area_occupancy.db.backup'))).toBe(false);
    },
  );

  it('never goes to another name of the database, nor to a database in use', async () => {
    linkSync(path, target);
    await expect(database.backup(target, { overwrite: true })).rejects.toMatchObject({ code: 'EXPORT' });
    target = join(backups, `copy ${(number += 1)}.db`);
    const other = new Sqlite(target);
    other.pragma('journal_mode = WAL');
    other.exec('CREATE TABLE mine (x)');
    await expect(database.backup(target, { overwrite: true })).rejects.toMatchObject({ code: 'EXPORT' });
    other.close();
    expect(count(target, 'mine')).toBe(0);
  });

  it('is not kept when the database is damaged, and says what to do', async () => {
    const broken = join(folder.path, 'broken.db');
    copyFileSync(path, broken);
    const pages = new Sqlite(path, { readonly: true });
    const page = pages
      .prepare(`SELECT pageno FROM dbstat WHERE name = 'intervals' AND pagetype = 'leaf' LIMIT 1`)
      .pluck()
      .get() as number;
    pages.close();
    writeAt(broken, Buffer.alloc(4096, 0x5a), (page - 1) * 4096);
    const opened = await core.OccupancyDatabase.open(broken, { lock: new FreeLock() });
    await expect(opened.backup(target)).rejects.toMatchObject({ code: 'DATABASE_CORRUPT' });
    await opened.close();
    expect(beside()).toEqual([]);
  });

  it('that is killed leaves no file of its name', async () => {
    const child = spawn(process.execPath, [script('../support/backUpOnce.mts'), path, target], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(existsSync(target)).toBe(false);
    expect(beside().every((name) => name.startsWith(`copy ${number}.db.part`))).toBe(true);
  });
});
