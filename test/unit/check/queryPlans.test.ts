import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { readTables } from '../../../src/core/database/tables';
import { checkQueries } from '../../../src/core/sql/checkQueries';
import { rowsMissingInIndexes } from '../../../src/core/sql/integrityQueries';
import { buildDatabase } from '../../support/buildDatabase.mts';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

const folder = temporaryFolder('check-plans');
afterAll(() => folder.remove());

describe.each([3, 18] as const)('what a check reads of db_version %i', (version) => {
  const path = join(folder.path, `${version}.db`);
  buildDatabase(path, { version, days: 1 });
  const db = new Database(path, { readonly: true });
  afterAll(() => db.close());

  const plan = (sql: string): string[] => {
    const parameters = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1]));
    return db
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(parameters)
      .map(({ detail }) => detail);
  };
  const tables = readTables({ all: ({ sql }) => db.prepare<[], never>(sql).all(), get: () => undefined });
  const queries = checkQueries(version === 3 ? 'legacy' : 'current', tables);

  it('is found by seeks, in the order that it is read in', () => {
    const { intervals, intervalEntities, overdueIntervals, overdueSamples } = queries;
    const seeks = [intervals, intervalEntities, overdueIntervals, ...(overdueSamples ? [overdueSamples] : [])];
    for (const { name, sql } of seeks) {
      const steps = plan(sql).filter((detail) => !detail.startsWith('CO-ROUTINE') && !detail.startsWith('SCAN (subquery'));
      expect([name, steps.filter((detail) => !detail.startsWith('SEARCH'))]).toEqual([name, []]);
    }
  });

  it('is no whole table of intervals or samples for any reference', () => {
    const large = queries.references.filter(({ table }) => /^(intervals|numeric_samples|interval_aggregates)$/.test(table));
    for (const { next, count } of large)
      for (const { sql } of [next, count]) expect(plan(sql).filter((detail) => /^SCAN (?!\(subquery)/.test(detail))).toEqual([]);
    expect(large.length).toBe(version === 3 ? 0 : 5);
  });

  it('holds rows against an index by seeks that read the index alone', () => {
    const { sql } = rowsMissingInIndexes(
      'intervals',
      new Map([['idx_intervals_entity_time', ['entity_id', 'start_time', 'end_time']]]),
    );
    expect(plan(sql)).toContain(
      'SEARCH i USING COVERING INDEX idx_intervals_entity_time (entity_id=? AND start_time=? AND end_time=? AND rowid=?)',
    );
  });
});
