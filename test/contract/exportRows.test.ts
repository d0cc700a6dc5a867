import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExportedRows, OccupancyDatabase, RowFormat } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { parseCsv } from '../support/parseCsv.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { type TrueRows, trueRows } from '../support/trueRows.mts';

const timeZone = 'Europe/Berlin';
const AREA = 'Büro';

describe.each<SchemaVersion>([2, 3, 16, 18])('an export of db_version %i', (version) => {
  const folder = temporaryFolder('export');
  const path = join(folder.path, 'area_occupancy.db');
  const legacy = version <= 3;
  let database: OccupancyDatabase;
  let truth: TrueRows;

  beforeAll(async () => {
    buildDatabase(path, { version, areas: 5, entities: 24, days: 3 });
    truth = trueRows(path);
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  afterAll(async () => {
    await database?.close();
    folder.remove();
  });

  async function exported(rows: ExportedRows, format: RowFormat): Promise<{ text: string; count: number }> {
    const target = join(folder.path, `out.${format}`);
    const { rows: count, bytes } = await database.exportRows({ rows, format, timeZone, target });
    expect(statSync(target).size).toBe(bytes);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
    return { text: readFileSync(target, 'utf8'), count };
  }

  it('has every interval, newest first, with its time in both zones', async () => {
    const { text, count } = await exported({ table: 'intervals' }, 'ndjson');
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(count).toBe(truth.intervals.length);
    expect(rows.map((row) => [row.entity_id, row.state, row.duration_seconds])).toEqual(
      truth.intervals.map((row) => [row.entity_id, row.state, row.duration_seconds]),
    );
    for (const [index, row] of rows.entries()) {
      const { start_time: start, end_time: end } = truth.intervals[index]!;
      expect(row.start_time_utc).toBe(`${start.replace(' ', 'T')}Z`);
      expect(row.end_time_utc).toBe(`${end.replace(' ', 'T')}Z`);
      expect(row.start_time).toMatch(/T\d\d:\d\d:\d\d\.\d{6}\+01:00$/);
      expect(Date.parse(row.start_time)).toBe(Date.parse(row.start_time_utc));
    }
  });

  it('says the same in every format', async () => {
    const rows: ExportedRows = { table: 'intervals', area: AREA, from: '2026-11-19 00:00:00', filter: { activity: 'active' } };
    const json = JSON.parse((await exported(rows, 'json')).text) as Record<string, unknown>[];
    expect(json.length).toBeGreaterThan(20);
    expect(new Set(json.map((row) => row['area_name']))).toEqual(new Set([AREA]));
    const [names, ...records] = parseCsv((await exported(rows, 'csv')).text);
    const times = 'start_time,start_time_utc,end_time,end_time_utc';
    expect(names?.join(',')).toBe(`area_name,entity_id,state,${times},duration_seconds,aggregation_level`);
    expect(records).toEqual(json.map((row) => names!.map((name) => String(row[name!]))));
    const lines = (await exported(rows, 'ndjson')).text.trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(json);
  });

  it('is as the view shows it: of an entity, in a state, over a time', async () => {
    const entity = 'binary_sensor.buro_motion';
    const rows: ExportedRows = { table: 'intervals', entity, filter: { states: ['on'] }, to: '2026-11-19 12:00:00' };
    const { count } = await exported(rows, 'csv');
    const expected = truth.intervals.filter(
      (row) => row.entity_id === entity && row.state === 'on' && row.start_time < '2026-11-19 12:00:00',
    );
    expect(expected.length).toBeGreaterThan(5);
    expect(count).toBe(expected.length);
  });

  it('is as a timeline draws it: also what reaches into the time shown from before', async () => {
    const [from, to] = ['2026-11-19 10:00:00', '2026-11-19 14:00:00'];
    const area = truth.areas.find(({ area_name: name }) => name === AREA)!;
    const key = legacy ? 'entry_id' : 'area_name';
    const inArea = new Set(truth.entities.filter((row) => row[key] === area[key]).map(({ entity_id: id }) => id));
    const drawn = truth.intervals.filter(
      (row) => inArea.has(row.entity_id) && row.start_time < to && (row.start_time >= from || row.end_time > from),
    );
    const reaching = drawn.filter(({ start_time: start }) => start < from);
    expect(reaching.length).toBeGreaterThan(2);
    const { text } = await exported({ table: 'timeline', area: AREA, from, to }, 'json');
    const keys = (JSON.parse(text) as Record<string, string>[]).map((row) => `${row['entity_id']} ${row['start_time_utc']}`);
    expect(keys).toEqual(drawn.map((row) => `${row.entity_id} ${row.start_time.replace(' ', 'T')}Z`));
    const entity = reaching[0]!.entity_id;
    expect((await exported({ table: 'timeline', entity, from, to }, 'csv')).count).toBe(
      drawn.filter(({ entity_id: id }) => id === entity).length,
    );
  });

  it('has areas, entities and priors under the names of Area Occupancy Detection', async () => {
    const areas = JSON.parse((await exported({ table: 'areas' }, 'json')).text) as Record<string, unknown>[];
    expect(areas.map(({ area_name: name }) => name)).toEqual(['Bedroom', AREA, 'Hallway', 'Kitchen', 'Living Room']);
    expect(areas[1]).toMatchObject({ purpose: 'working', threshold: 0.5, adjacent_areas: legacy ? [] : expect.any(Array) });
    const entities = await exported({ table: 'entities' }, 'csv');
    expect(entities.count).toBe(truth.entities.length);
    const priors = await exported({ table: 'priors' }, 'ndjson');
    expect(priors.count).toBe(truth.priors.length);
    const [first] = priors.text.split('\n');
    expect(JSON.parse(first!)).toMatchObject({ area_name: expect.any(String), day_of_week: 0, time_slot: 0 });
  });

  it('has numeric samples where the schema has them', async () => {
    const { count, text } = await exported({ table: 'samples' }, 'ndjson');
    const db = new Sqlite(path, { readonly: true });
    const sql = 'SELECT count(*) AS count FROM numeric_samples';
    const expected = legacy ? 0 : db.prepare<[], { count: number }>(sql).get()!.count;
    db.close();
    expect(count).toBe(expected);
    if (legacy) return expect(text).toBe('');
    const ofArea = await exported({ table: 'samples', area: AREA }, 'ndjson');
    expect(ofArea.count).toBeGreaterThan(0);
    expect(ofArea.count).toBeLessThan(count);
  });

  it('is an empty list where there is nothing', async () => {
    const nothing: ExportedRows = { table: 'intervals', filter: { states: ['never'] } };
    expect(await exported(nothing, 'json')).toEqual({ text: '[]\n', count: 0 });
    expect((await exported(nothing, 'csv')).text).toMatch(/^area_name,[\w,]+\r\n$/);
  });

  it('fails by name for an area that is not there', async () => {
    await expect(exported({ table: 'intervals', area: 'Attic' }, 'csv')).rejects.toMatchObject({ code: 'SCHEMA' });
  });
});

describe('the file of an export', () => {
  const folder = temporaryFolder('export-file');
  const storage = join(folder.path, 'config', '.storage');
  const path = join(storage, 'area_occupancy.db');
  const elsewhere = join(folder.path, 'copy.db');
  let database: OccupancyDatabase;
  let out: string;
  let turn = 0;

  beforeAll(async () => {
    mkdirSync(storage, { recursive: true });
    buildDatabase(path, { version: 18, areas: 2, entities: 12, days: 20 });
    buildDatabase(elsewhere, { version: 18, areas: 1, entities: 2, days: 1 });
    database = await core.OccupancyDatabase.open(path, { lock: new FreeLock() });
  });
  beforeEach(() => {
    out = join(folder.path, `out-${turn++}`);
    mkdirSync(out);
  });
  afterAll(async () => {
    await database?.close();
    folder.remove();
  });

  const write = (target: string, signal?: AbortSignal, from = database): Promise<unknown> => {
    const request = { rows: { table: 'intervals' }, format: 'csv', timeZone, target } as const;
    return from.exportRows(request, signal ? { signal } : {});
  };

  it('is as it was until the new one is whole', async () => {
    const target = join(out, 'x.csv');
    writeFileSync(target, 'before');
    const abort = new AbortController();
    const rows = { table: 'intervals' } as const;
    let seen = '';
    const onProgress = (): void => {
      seen = readFileSync(target, 'utf8');
      expect(existsSync(`${target}.part`)).toBe(true);
      abort.abort();
    };
    const options = { signal: abort.signal, onProgress };
    await expect(database.exportRows({ rows, format: 'json', timeZone, target }, options)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(seen).toBe('before');
    expect(readFileSync(target, 'utf8')).toBe('before');
    expect(readdirSync(out)).toEqual(['x.csv']);
    await write(target);
    expect(readFileSync(target, 'utf8')).toMatch(/^area_name,/);
    expect(readdirSync(out)).toEqual(['x.csv']);
  });

  it('is not begun when it was cancelled before', async () => {
    await expect(write(join(out, 'x.csv'), AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(out)).toEqual([]);
  });

  it('is never in .storage, whatever leads there', async () => {
    symlinkSync(storage, join(out, 'harmless'));
    symlinkSync(path, join(out, 'link.csv'));
    for (const target of [path, join(storage, 'x.csv'), join(out, 'harmless', 'x.csv'), join(out, 'link.csv')])
      await expect(write(target)).rejects.toMatchObject({ code: 'EXPORT', message: /\.storage/ });
    expect(readdirSync(storage).filter((name) => !name.startsWith('area_occupancy.db'))).toEqual([]);
  });

  it('is never the database, nor what SQLite would take for a part of it', async () => {
    const other = await core.OccupancyDatabase.open(elsewhere, { lock: new FreeLock() });
    for (const target of [elsewhere, `${elsewhere}-wal`, `${elsewhere}-journal`, `${elsewhere}.lock`])
      await expect(write(target, undefined, other)).rejects.toMatchObject({ code: 'EXPORT', message: /the database/ });
    await other.close();
  });

  it('never opens what is there already under the name of the part', async () => {
    const target = join(out, 'x.csv');
    linkSync(path, `${target}.part`);
    const before = readFileSync(path);
    await expect(write(target)).rejects.toMatchObject({ code: 'EXPORT', message: /x\.csv\.part .* there already/ });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${target}.part`)).toBe(true);
  });

  it.each([
    ['a folder that is not there', ['gone', 'x.csv'], /the folder is not there/],
    ['a name that is too long', [`${'x'.repeat(252)}.csv`], /the name is too long/],
    ['a folder', ['.'], /not a file/],
  ])('says what is wrong with %s', async (_, names, message) => {
    await expect(write(join(out, ...names))).rejects.toMatchObject({
      code: 'EXPORT',
      message,
      nextStep: expect.stringMatching(/^Choose/),
    });
    expect(readdirSync(out)).toEqual([]);
  });

  it('is not left half-written on a disk that is full', () => {
    const script = fileURLToPath(new URL('../support/exportOnce.mts', import.meta.url));
    const target = join(out, 'x.csv');
    writeFileSync(target, 'before');
    // A limit on the size of files stands for the disk: it fails the same write, with no need of rights or of a disk.
    const limited = 'ulimit -f 16; exec "$0" "$@"';
    const child = spawnSync('sh', ['-c', limited, process.execPath, script, path, target], { encoding: 'utf8' });
    expect(JSON.parse(child.stdout)).toMatchObject({ code: 'DISK_FULL', message: /no room for .*x\.csv/ });
    expect(readFileSync(target, 'utf8')).toBe('before');
    expect(readdirSync(out)).toEqual(['x.csv']);
  });

  it('is given up when the database is replaced meanwhile', async () => {
    const replaced = join(folder.path, 'replaced.db');
    buildDatabase(replaced, { version: 18, areas: 2, entities: 12, days: 20 });
    const other = await core.OccupancyDatabase.open(replaced, { lock: new FreeLock() });
    const target = join(out, 'x.csv');
    const rows = { table: 'intervals' } as const;
    let replacing = true;
    const onProgress = (): void => {
      if (replacing) renameSync(elsewhere, replaced);
      replacing = false;
    };
    const writing = other.exportRows({ rows, format: 'csv', timeZone, target }, { onProgress });
    await expect(writing).rejects.toMatchObject({ code: 'DATABASE_MISSING' });
    expect(readdirSync(out)).toEqual([]);
    await other.close();
  });

  it('lets others read while it is written', async () => {
    const writing = write(join(out, 'x.csv'));
    let over = false;
    void writing.then(() => (over = true));
    const areas = await database.getAreas();
    expect(areas).toHaveLength(2);
    expect(over).toBe(false);
    await writing;
  });
});
