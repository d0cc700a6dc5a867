import { copyFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport, Finding, FindingRow, OccupancyDatabase, Rule } from '../../src/library';
import { buildDatabase } from '../support/buildDatabase.mts';
import { core, Sqlite } from '../support/core.mts';
import { FreeLock } from '../support/freeLock.mts';
import type { SchemaVersion } from '../support/occupancySchema.mts';
import { temporaryFolder } from '../support/temporaryFolder.mts';
import { writeAt } from '../support/writeAt.mts';

const END = Date.parse('2026-11-20T09:30:00.250Z');
const clock = {
  now: () => END + 1000,
  monotonic: () => performance.now(),
  sleep: async () => {},
};

const folder = temporaryFolder('check');
afterAll(() => folder.remove());

async function check(path: string, now = clock.now): Promise<CheckReport> {
  const database: OccupancyDatabase = await core.OccupancyDatabase.open(path, { lock: new FreeLock(), clock: { ...clock, now } });
  try {
    return await database.checkIntegrity();
  } finally {
    await database.close();
  }
}

/** A copy of the sound database with some damage, which nothing else is to be found in. */
function damaged(name: string, damage: (db: InstanceType<typeof Sqlite>) => void): string {
  const path = join(folder.path, `${name}.db`);
  copyFileSync(join(folder.path, 'sound.db'), path);
  const db = new Sqlite(path);
  db.pragma('foreign_keys = OFF');
  damage(db);
  db.close();
  return path;
}

async function only(rule: Rule, path: string): Promise<Finding> {
  const { findings } = await check(path);
  expect(findings.map((finding) => finding.rule)).toEqual([rule]);
  return findings[0]!;
}

const interval = (row: FindingRow | undefined) => (row?.kind === 'interval' ? row : undefined);

beforeAll(() => {
  buildDatabase(join(folder.path, 'sound.db'), { version: 18, areas: 3, entities: 12, days: 4 });
});

describe('a check of a sound database', () => {
  it.each<SchemaVersion>([2, 3, 16, 18])('finds nothing in db_version %i', async (version) => {
    const path = join(folder.path, `v${version}.db`);
    const { intervalCount } = buildDatabase(path, { version, areas: 3, entities: 12, days: 4 });
    const report = await check(path);
    expect(report.findings).toEqual([]);
    expect(report.intervals).toBe(intervalCount);
  });

  it('takes what AOD leaves behind at each sync for no fault', async () => {
    const path = damaged('resynced', (db) => {
      const last = db
        .prepare<[], { id: number; start_time: string; end_time: string }>(
          `SELECT id, start_time, end_time FROM intervals WHERE entity_id = 'binary_sensor.kitchen_motion' ORDER BY start_time DESC LIMIT 1`,
        )
        .get()!;
      const columns = 'entry_id, area_name, entity_id, state, aggregation_level, created_at';
      // The state that goes on, with a later end; and the same as it was in force an hour before.
      for (const [start, end] of [
        [last.start_time, '2026-11-20 09:30:01.000000'],
        ['2026-11-20 08:30:00.250000', '2026-11-20 09:30:00.750000'],
      ])
        db.prepare(
          `INSERT INTO intervals (${columns}, start_time, end_time, duration_seconds)
           SELECT ${columns}, max(?, start_time), ?, (julianday(?) - julianday(max(?, start_time))) * 86400 FROM intervals WHERE id = ?`,
        ).run(start, end, end, start, last.id);
    });
    expect((await check(path)).findings.filter(({ rule }) => rule !== 'duplicates')).toEqual([]);
  });

  it('says how far it has come, and stops when it is cancelled', async () => {
    const database = await core.OccupancyDatabase.open(join(folder.path, 'sound.db'), { lock: new FreeLock() });
    const stages = new Set<string>();
    const abort = new AbortController();
    const work = database.checkIntegrity({
      signal: abort.signal,
      onProgress: ({ stage }) => {
        stages.add(stage);
        if (stage === 'intervals') abort.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([...stages]).toEqual(['pages', 'indexes', 'tables', 'intervals']);
    await database.close();
  });
});

describe('a check finds', () => {
  const MOTION = 'binary_sensor.kitchen_motion';
  const insert = (
    db: InstanceType<typeof Sqlite>,
    state: string,
    start: string,
    end: string,
    seconds: number,
    entity = MOTION,
  ): number =>
    Number(
      db
        .prepare(
          `INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
           VALUES ('01JAODHOMEENTRY00000000000', 'Kitchen', ?, ?, ?, ?, ?, 'raw', '2026-11-20 09:30:00.250000')`,
        )
        .run(entity, state, start, end, seconds).lastInsertRowid,
    );

  it('rows of areas and entities that are not there', async () => {
    let rows = 0;
    const path = damaged('orphans', (db) => {
      db.exec(`UPDATE priors SET area_name = 'Attic' WHERE area_name = 'Kitchen' AND day_of_week = 0;
               INSERT INTO priors SELECT entry_id, 'Kitchen', 0, time_slot, prior_value, data_points, confidence, last_calculation_date,
                 sample_period_start, sample_period_end, calculation_method, last_updated FROM priors WHERE area_name = 'Attic'`);
      rows = db.prepare<[], { rows: number }>(`SELECT count(*) AS rows FROM priors WHERE area_name = 'Attic'`).get()!.rows;
    });
    const { examples, count } = await only('orphans', path);
    expect(examples).toEqual([{ kind: 'orphans', table: 'priors', name: 'Attic', rows: { count: rows, capped: false } }]);
    expect(rows).toBeGreaterThan(5);
    expect(count.count).toBe(rows);
  });

  it('intervals of an entity that is not there', async () => {
    const path = damaged('orphanIntervals', (db) =>
      insert(db, 'on', '2026-11-19 10:00:00.000000', '2026-11-19 10:01:00.000000', 60, 'binary_sensor.gone'),
    );
    const { examples } = await only('orphanIntervals', path);
    expect(examples[0]).toMatchObject({ name: 'binary_sensor.gone', rows: { count: 1 } });
  });

  it('an entity in two states at once', async () => {
    let id = 0;
    const path = damaged('conflict', (db) => {
      const off = db
        .prepare<[], { start_time: string }>(
          `SELECT start_time FROM intervals WHERE entity_id = '${MOTION}' AND state = 'off' AND duration_seconds > 900 LIMIT 1`,
        )
        .get()!;
      const start = Date.parse(`${off.start_time.slice(0, 23).replace(' ', 'T')}Z`);
      const text = (offset: number): string => `${new Date(start + offset).toISOString().slice(0, 23).replace('T', ' ')}000`;
      id = insert(db, 'on', text(20_500), text(320_500), 300);
    });
    const { examples, count } = await only('conflicts', path);
    expect(count).toEqual({ count: 1, capped: false });
    expect(interval(examples[0])).toMatchObject({ interval: { id, state: 'on' }, other: { state: 'off' } });
  });

  it('the same time counted again, and the very same interval twice', async () => {
    const path = damaged('overlap', (db) => {
      db.exec(`DELETE FROM intervals WHERE entity_id = '${MOTION}' AND start_time > '2026-11-20'`);
      insert(db, 'off', '2026-11-20 02:00:00.000000', '2026-11-20 06:00:00.000000', 14_400);
      insert(db, 'off', '2026-11-20 03:00:00.000000', '2026-11-20 07:00:00.000000', 14_400);
      // The same moments in another spelling: the index that forbids it does not see it.
      insert(db, 'off', '2026-11-20 02:00:00', '2026-11-20 06:00:00', 14_400);
    });
    const { findings } = await check(path);
    expect(findings.map(({ rule, count }) => [rule, count.count])).toEqual([
      ['duplicates', 1],
      ['overlaps', 1],
    ]);
  });

  it('durations below zero, and impossible ones', async () => {
    const path = damaged('durations', (db) => {
      db.exec(`DELETE FROM intervals WHERE entity_id = '${MOTION}' AND start_time > '2026-11-19'`);
      insert(db, 'off', '2026-11-19 10:00:00.000000', '2026-11-19 09:00:00.000000', -3600);
      insert(db, 'off', '2026-11-19 11:00:00.000000', '2026-11-19 11:10:00.000000', 6000);
      insert(db, 'on', '2026-11-19 12:00:00.000000', '2026-11-20 03:00:00.000000', 54_000);
    });
    const { findings } = await check(path);
    expect(findings.map(({ rule, severity, count }) => [rule, severity, count.count])).toEqual([
      ['negativeDurations', 'error', 1],
      ['impossibleDurations', 'warning', 2],
    ]);
  });

  it('times that are none, and times to come', async () => {
    const path = damaged('times', (db) => {
      insert(db, 'off', 'yesterday', '2026-11-19 09:00:00.000000', 1);
      insert(db, 'off', '2026-11-20 19:00:00.000000', '2026-11-20 19:00:10.000000', 10);
    });
    expect((await check(path)).findings.map(({ rule }) => rule)).toEqual(['badTimes', 'future']);
  });

  it('rows that were written when the clock was set back', async () => {
    const path = damaged('clock', (db) => {
      db.exec(`UPDATE intervals SET created_at = '2026-11-18 04:00:00.000000' WHERE id > (SELECT max(id) - 3 FROM intervals)`);
    });
    const { examples, count } = await only('clockSetBack', path);
    expect(count.count).toBe(3);
    expect(examples[0]).toMatchObject({ kind: 'written', at: '2026-11-18 04:00:00.000000' });
  });

  it('a sensor that is stuck, and one that is silent', async () => {
    const path = damaged('stuck', (db) => {
      db.exec(`DELETE FROM intervals WHERE entity_id = '${MOTION}' AND end_time > '2026-11-18'`);
      for (let hour = 0; hour < 30; hour += 1) {
        const text = (at: number): string =>
          `2026-11-${18 + Math.floor(at / 24)} ${String(at % 24).padStart(2, '0')}:00:00.000000`;
        insert(db, 'on', text(hour), text(hour + 1), 3600);
      }
      db.exec(`DELETE FROM intervals WHERE entity_id = 'binary_sensor.hallway_motion';
               UPDATE entities SET created_at = '2026-11-01 00:00:00.000000' WHERE entity_id = 'binary_sensor.hallway_motion'`);
    });
    const { findings } = await check(path);
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(['silent', 'stuck']);
    expect(findings[0]?.examples[0]).toMatchObject({ kind: 'entityTime', entityId: MOTION, state: 'on' });
    expect(findings[1]?.examples[0]).toMatchObject({ entityId: 'binary_sensor.hallway_motion', state: null, from: null });
  });

  it('rows that are kept for too long', async () => {
    const report = await check(join(folder.path, 'sound.db'), () => END + 40 * 86_400_000);
    const { examples, count } = report.findings.find(({ rule }) => rule === 'retention')!;
    expect(examples.map((row) => row.kind === 'overdue' && row.what)).toEqual(['raw', 'samples']);
    expect(count.count).toBeGreaterThan(report.intervals);
  });

  it('areas that learned nothing, and values out of bounds', async () => {
    const path = damaged('values', (db) => {
      db.exec(`DELETE FROM priors WHERE area_name = 'Kitchen'; DELETE FROM global_priors WHERE area_name = 'Kitchen';
               UPDATE entities SET weight = 1.5 WHERE entity_id = '${MOTION}'; UPDATE areas SET threshold = 52 WHERE area_name = 'Hallway'`);
    });
    const { findings } = await check(path);
    expect(findings.map(({ rule, count }) => [rule, count.count])).toEqual([
      ['outOfBounds', 2],
      ['missingPriors', 1],
    ]);
    expect(findings[1]?.examples).toEqual([{ kind: 'area', areaName: 'Kitchen', value: null }]);
  });

  it('a copy of AOD’s that was left over, and no fresh one', async () => {
    const path = damaged('backup', () => {});
    writeFileSync(`${path}.backup`, 'a copy');
    expect((await check(path)).findings).toEqual([]);
    const old = Date.now() / 1000 - 5 * 86_400;
    utimesSync(`${path}.backup`, old, old);
    expect((await only('oldBackup', path)).examples[0]).toMatchObject({ kind: 'file', name: 'backup.db.backup', bytes: 6 });
  });

  it('a write-ahead log that was kept from being begun anew', async () => {
    const path = damaged('wal', () => {});
    const db = new Sqlite(path);
    db.pragma('wal_autocheckpoint = 0');
    db.exec(`CREATE TABLE ballast (data); INSERT INTO ballast VALUES (zeroblob(34000000)); DELETE FROM ballast`);
    const { findings } = await check(path);
    db.close();
    expect(findings.map(({ rule }) => rule)).toEqual(['walSize']);
  });

  it('pages that were overwritten, and goes on with the rest', async () => {
    const path = damaged('pages', () => {});
    const root = new Sqlite(path, { readonly: true });
    const { page } = root
      .prepare<[], { page: number }>(`SELECT pageno AS page FROM dbstat WHERE name = 'priors' AND pagetype = 'leaf' LIMIT 1`)
      .get()!;
    root.close();
    overwrite(path, page);
    const { findings } = await check(path);
    expect(findings.map(({ rule }) => rule)).toContain('damaged');
    expect(findings[0]?.severity).toBe('error');
  });

  it.each([
    ['has a row too many, of a small table', 0, false, 'idx_intervals_end_time'],
    ['lacks a row, of a small table', 0, true, 'idx_intervals_end_time'],
    ['has a row too many, of a large table', 20_500, false, 'idx_intervals_end_time'],
    ['lacks a row, of a large table', 20_500, true, 'missing in an index'],
  ] as const)('an index that %s', async (what, more, isMissing, words) => {
    const path = damaged(what, (db) => {
      db.exec(`DELETE FROM intervals WHERE id > 100`);
      db.exec(`INSERT INTO intervals (entry_id, area_name, entity_id, state, start_time, end_time, duration_seconds, aggregation_level, created_at)
               WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${more + 10})
               SELECT 'x', 'Kitchen', '${MOTION}', 'on', datetime('2026-11-19', i || ' seconds'), datetime('2026-11-19', (i + 1) || ' seconds'), 1, 'raw', '2026-11-20' FROM n`);
      db.unsafeMode(true);
      db.pragma('writable_schema = ON');
      const row = db.prepare<[], object>(`SELECT * FROM sqlite_master WHERE name = 'idx_intervals_end_time'`).get()!;
      db.exec(`DELETE FROM sqlite_master WHERE name = 'idx_intervals_end_time'`);
      db.pragma('writable_schema = RESET');
      // Unknown to SQLite for a moment, the index has neither of these changes.
      db.exec(`DELETE FROM intervals WHERE id = 50`);
      const times = ['2026-11-18 00:00:00.000000', '2026-11-18 00:00:07.000000'] as const;
      if (isMissing) insert(db, 'on', ...times, 7);
      db.pragma('writable_schema = ON');
      db.prepare(
        `INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (@type, @name, @tbl_name, @rootpage, @sql)`,
      ).run(row);
    });
    const { findings } = await check(path);
    const found = findings.find(({ rule }) => rule === 'damaged');
    expect(found?.examples.some((row) => row.kind === 'text' && row.text.includes(words))).toBe(true);
  });
});

function overwrite(path: string, page: number): void {
  const db = new Sqlite(path, { readonly: true });
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  db.close();
  const bytes = Buffer.alloc(pageSize, 0x5a);
  writeAt(path, bytes, (page - 1) * pageSize);
}
