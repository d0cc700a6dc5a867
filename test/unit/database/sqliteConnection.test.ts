import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginWrite, rollback } from '../../../src/core/sql/schemaQueries';
import { sqlQuery } from '../../../src/core/sql/sqlQuery';
import { SqliteReader, SqliteWriter } from '../../../src/platform/database/sqliteConnection';
import { buildDatabase } from '../../support/buildDatabase.mts';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

const folder = temporaryFolder('connections');
const path = join(folder.path, 'area_occupancy.db');

beforeAll(() => {
  buildDatabase(path, { version: 3, days: 1 });
});
afterAll(() => folder.remove());

describe('a reading connection', () => {
  it('refuses to write, and would even if it were not opened read-only', () => {
    const reader = SqliteReader.open(path);
    expect(reader.get(sqlQuery<object>('queryOnly', 'PRAGMA query_only'))).toEqual({ query_only: 1 });
    expect(() => reader.all(sqlQuery('delete', 'DELETE FROM areas RETURNING area_name'))).toThrow('readonly database');
    reader.close();
  });
});

describe('a writing connection', () => {
  it('writes intervals of v3, whose foreign key fits no key, as AOD does', () => {
    const writer = SqliteWriter.open(path);
    writer.run(beginWrite);
    const insert = `INSERT INTO intervals (entity_id, state, start_time, end_time, duration_seconds, created_at)
      VALUES ('sensor.unknown', 'on', '2026-11-20 10:00:00.000000', '2026-11-20 10:00:01.000000', 1, '2026-11-20 10:00:01.000000')`;
    expect(writer.run({ name: 'insert', sql: insert })).toBe(1);
    expect(writer.inTransaction).toBe(true);
    writer.run(rollback);
    expect(writer.inTransaction).toBe(false);
    writer.close();
  });

  it('waits for the disk at a commit, and leaves checkpoints to others', () => {
    const writer = SqliteWriter.open(path);
    expect(writer.get(sqlQuery<object>('synchronous', 'PRAGMA synchronous'))).toEqual({ synchronous: 2 });
    expect(writer.get(sqlQuery<object>('autocheckpoint', 'PRAGMA wal_autocheckpoint'))).toEqual({ wal_autocheckpoint: 0 });
    writer.close();
  });
});
