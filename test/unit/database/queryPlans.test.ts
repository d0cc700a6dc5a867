import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentQueries } from '../../../src/core/sql/currentQueries';
import { historyQueries } from '../../../src/core/sql/historyQueries';
import { legacyQueries } from '../../../src/core/sql/legacyQueries';
import type { OccupancyQueries } from '../../../src/core/sql/occupancyQueries';
import { overviewQueries } from '../../../src/core/sql/overviewQueries';
import * as recorder from '../../../src/core/sql/recorderQueries';
import { recorderQueries } from '../../../src/core/sql/recorderQueries';
import * as syncStatements from '../../../src/core/sql/syncStatements';
import * as schemaQueries from '../../../src/core/sql/schemaQueries';
import type { SqlStatement } from '../../../src/core/sql/sqlQuery';
import { buildDatabase } from '../../support/buildDatabase.mts';
import { createRecorderStatements } from '../../support/recorderSchema.mts';
import type { SchemaVersion } from '../../support/occupancySchema.mts';
import { temporaryFolder } from '../../support/temporaryFolder.mts';

/** Plans that sort, and why that costs nothing: only ties are sorted, never the rows of a table. */
const ALLOWED_SORTS: Readonly<Record<string, RegExp>> = {
  // idx_intervals_start_time gives the order of starts; rows that start at the same microsecond are sorted by end and id.
  'allIntervals.page': /^USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY$/,
  // The same, of one entity in one state.
  'entityStateMatches.page': /^USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY$/,
  // At most the few entities of an installation.
  entities: /^USE TEMP B-TREE FOR ORDER BY$/,
  // The same, in v2/v3; the areas' rows are in order by themselves.
  syncEntities: /^USE TEMP B-TREE FOR ORDER BY$/,
  // At most the 168 hours of one area's week.
  priors: /^USE TEMP B-TREE FOR (LAST 2 TERMS OF )?ORDER BY$/,
};

/** They have no bound on time: one seek to the end of an index. */
const TIMELESS: ReadonlySet<string> = new Set(['latestEnd', 'oldestInterval']);

const BIG =
  /^SCAN (intervals|i|g|numeric_samples|occupied_intervals_cache|interval_aggregates|correlations|area_relationships|area_transitions)\b/;

function shipped(queries: object): SqlStatement[] {
  return Object.values(queries).flatMap((value: unknown): SqlStatement[] => {
    if (typeof value !== 'object' || value === null) return [];
    if ('sql' in value && 'name' in value) return [{ name: String(value.name), sql: String(value.sql) }];
    return shipped(value);
  });
}

const generations: readonly (readonly [string, SchemaVersion, OccupancyQueries, object])[] = [
  ['v3', 3, legacyQueries, overviewOf(false)],
  [
    'v18',
    18,
    currentQueries({ globalPriors: true, priorOrigins: true, occupiedCache: true, numericSamples: true }),
    overviewOf(true),
  ],
];

function overviewOf(all: boolean): object {
  return overviewQueries({ levels: all, aggregates: all, samples: all, correlations: all, relationships: all, transitions: all });
}

describe.each(generations)('query plans on %s', (_, version, queries, overview) => {
  describe.each([
    ['without statistics', false],
    ['with statistics', true],
  ])('%s', (__, analyzed) => {
    const folder = temporaryFolder('plans');
    let db: Database.Database;
    beforeAll(() => {
      const { path } = buildDatabase(join(folder.path, 'plans.db'), { version, days: 2 });
      db = new Database(path);
      db.pragma('foreign_keys = OFF');
      if (analyzed) db.exec('ANALYZE');
    });
    afterAll(() => {
      db.close();
      folder.remove();
    });

    it.each(shipped({ queries, overview, history: historyQueries(version <= 3, () => true) }))('$name seeks', ({ name, sql }) => {
      const parameters = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, parameter]) => [parameter, null]));
      const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(parameters);
      const steps = plan.map(({ detail }) => detail);
      expect(steps.filter((step) => BIG.test(step))).toEqual([]);
      const sorts = steps.filter((step) => step.includes('TEMP B-TREE'));
      expect(sorts.filter((step) => !ALLOWED_SORTS[name]?.test(step))).toEqual([]);
      if (!TIMELESS.has(name) && !name.startsWith('history.') && sql.includes('intervals ') && sql.startsWith('SELECT')) {
        expect(steps.join('\n')).toMatch(/^SEARCH (intervals|i|occupied_intervals_cache) .*\(.*(start_time|timestamp)[<>]/m);
      }
    });

    it('finds the next rows of a history by one seek, with the statement that deletes them', () => {
      const scopes = historyQueries(version === 3, () => true).filter(({ table }) => table !== 'area_transitions');
      expect(scopes.length).toBe(version === 3 ? 2 : 8);
      for (const { table, step, remove } of scopes) {
        for (const { sql } of [step, remove]) {
          const parameters = { entry: '', area: '', entity: '', after: 0, through: 9, limit: 1 };
          const plan = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(parameters);
          const search = plan.find(({ detail }) => /^(SEARCH|SCAN) \w/.test(detail));
          // An area has one global prior at most.
          const range = table === 'global_priors' ? '' : ' AND rowid>\\? AND rowid<\\?';
          expect(search?.detail).toMatch(new RegExp(`^SEARCH \\w+ USING (COVERING )?INDEX \\w+ \\(\\w+=\\?${range}\\)$`));
        }
      }
    });

    it('finds what a filter lets through by its entity and state, or by its entity and time', () => {
      const parameters = { entity: 'x', state: 'on', states: '[]', wanted: 1, area: null, from: '', to: '~', before: '~' };
      const cursor = { start: '~', end: '', id: 0, limit: 1 };
      const { entityMatches, entityStateMatches } = queries;
      expect(entityStateMatches === null).toBe(version === 3);
      for (const [matches, key] of [
        [entityMatches, 'entity_id=?'],
        [entityStateMatches, 'entity_id=? AND state=?'],
      ] as const) {
        for (const { sql } of Object.values(matches ?? {})) {
          const plan = db
            .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
            .all({ ...parameters, ...cursor })
            .map(({ detail }) => detail);
          const searches = plan.filter((step) => step.startsWith('SEARCH intervals'));
          expect(searches).toEqual([expect.stringContaining(`(${key} AND start_time`)]);
          // What is sorted are rows of one start alone.
          expect(plan.filter((step) => step.includes('TEMP B-TREE') && !step.includes('LAST 2 TERMS'))).toEqual([]);
        }
      }
    });

    it('finds a page at a cursor by one seek of the whole order', () => {
      const parameters = { entity: 'x', area: 'y', from: '', start: '~', end: '', id: 0, limit: 1 };
      const pages = [queries.entityIntervals.page, queries.areaIntervals.page].filter((query) => query !== null);
      for (const { sql } of pages) {
        const [plan, ...rest] = db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(parameters);
        expect(rest).toEqual([]);
        expect(plan?.detail).toMatch(
          /^SEARCH intervals USING INDEX \w+ \(\w+=\? AND start_time>\? AND \(start_time,end_time\)<\(\?,\?\)\)$/,
        );
      }
    });
  });
});

describe.each([
  ['of today', true],
  ['without the legacy columns', false],
])('query plans on a recorder %s', (_, legacyAttributes) => {
  const folder = temporaryFolder('recorder-plans');
  let db: Database.Database;
  beforeAll(() => {
    db = new Database(join(folder.path, 'home-assistant_v2.db'));
    for (const sql of createRecorderStatements) db.exec(sql);
    if (!legacyAttributes) db.exec('ALTER TABLE states DROP COLUMN attributes');
  });
  afterAll(() => {
    db.close();
    folder.remove();
  });

  it.each(shipped([recorderQueries({ legacyAttributes }), recorder]))('$name seeks', ({ name, sql }) => {
    const parameters = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, parameter]) => [parameter, null]));
    const steps = db
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(parameters)
      .map(({ detail }) => detail);
    // One row a migration.
    if (name === 'recorderVersion') expect(steps).toEqual(['SEARCH schema_changes']);
    else expect(steps).toEqual([expect.stringMatching(/^SEARCH \w+ USING .*(INDEX|PRIMARY KEY)/)]);
    const byTime = 'ix_states_metadata_id_last_updated_ts (metadata_id=? AND last_updated_ts';
    if (name.endsWith('.before')) expect(steps[0]).toContain(`${byTime}<?)`);
    if (name.endsWith('.page')) expect(steps[0]).toContain(`${byTime}>? AND last_updated_ts<?)`);
  });
});

describe('a sync that adds rows', () => {
  const folder = temporaryFolder('adding');
  afterAll(() => folder.remove());

  it.each([
    [3, syncStatements.addLegacyInterval],
    [18, syncStatements.addInterval],
    [18, syncStatements.addSample],
  ] as const)('to v%i finds a key by one seek of its whole, at any aggregation level', (version, { find, insert }) => {
    const { path } = buildDatabase(join(folder.path, `${insert.name}-${version}.db`), { version, days: 1 });
    const db = new Database(path);
    const marks = [...find.sql.matchAll(/[?]/g)].map(() => null);
    const plan = db.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${find.sql}`).all(...marks);
    db.close();
    expect(plan).toHaveLength(1);
    expect(plan[0]?.detail).toMatch(
      /^SEARCH \w+ USING COVERING INDEX \w+ \(entity_id=\? AND (start_time=\? AND end_time|timestamp)=\?\)$/,
    );
    // Reading the table that is written to makes SQLite keep the row in a temporary one first.
    expect(insert.sql).not.toMatch(/SELECT/);
  });
});

describe('every query that is not about a generation', () => {
  it('reads no table of rows', () => {
    for (const { sql } of shipped(schemaQueries))
      expect(sql).toMatch(/^(PRAGMA \w+$|SELECT value FROM metadata|SELECT (m\.)?name|BEGIN|COMMIT|ROLLBACK)/);
  });

  it('never asks for what would touch the file beside reading it', () => {
    const all = [...shipped(schemaQueries), ...generations.flatMap(([, , queries]) => shipped(queries))].map(({ sql }) => sql);
    const pragmas = [...schemaQueries.readingPragmas, ...schemaQueries.writingPragmas];
    for (const text of [...all, ...pragmas])
      expect(text).not.toMatch(/wal_checkpoint|journal_mode\s*=|VACUUM|immutable|nolock|OFFSET/i);
  });
});
