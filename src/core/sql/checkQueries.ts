import type { SchemaGeneration } from '../database/databaseInfo';
import type { Tables } from '../database/tables';
import type { SqlValue } from '../ports/sql';
import { quoteName } from './quoteName';
import type { CountRow } from './rows';
import { sqlQuery, type SqlQuery } from './sqlQuery';

/** Whatever a damaged or foreign row holds: SQLite's columns take any value. */
export interface CheckedIntervalRow {
  readonly id: number;
  readonly state: SqlValue;
  readonly start_time: SqlValue;
  readonly end_time: SqlValue;
  readonly duration_seconds: SqlValue;
  readonly aggregation_level: SqlValue;
}

export interface NextNameRow {
  readonly next: string | null;
}

/** What was written of some intervals, in the order of their ids. */
export interface WrittenRow {
  /** The last of them; null for none. */
  readonly last: number | null;
  readonly newest: string | null;
  /** How many were written an hour before one of a smaller id, or more. */
  readonly back: number | null;
}

export interface WrittenBackRow extends CheckedIntervalRow {
  readonly entity_id: string;
  readonly created_at: string;
  /** When one of a smaller id was written. */
  readonly seen: string;
}

/** Names in a column that must be there elsewhere. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  readonly to: 'areas' | 'entries' | 'entities';
  /** `@after`: the name that comes next, in an index of its own. */
  readonly next: SqlQuery<NextNameRow>;
  /** `@name`, `@limit`: how many rows have it. */
  readonly count: SqlQuery<CountRow>;
}

export interface CheckQueries {
  readonly references: readonly Reference[];
  readonly intervalEntities: SqlQuery<NextNameRow>;
  /** `@entity`, `@start`, `@end`, `@id` (the rows after that key), `@limit`: oldest first. */
  readonly intervals: SqlQuery<CheckedIntervalRow>;
  /** `@after`, `@seen`, `@limit`; null where it is not kept when a row was written. */
  readonly written: SqlQuery<WrittenRow> | null;
  /** The same; the rows themselves, `@most` of them. */
  readonly writtenBack: SqlQuery<WrittenBackRow> | null;
  /** `@before`, `@limit` */
  readonly overdueIntervals: SqlQuery<CountRow>;
  readonly overdueSamples: SqlQuery<CountRow> | null;
}

/** Each has an index that begins with it, or few rows. */
const CURRENT: readonly (readonly [table: string, column: string, to: Reference['to']])[] = [
  ['entities', 'area_name', 'areas'],
  ['priors', 'area_name', 'areas'],
  ['global_priors', 'area_name', 'areas'],
  ['intervals', 'area_name', 'areas'],
  ['interval_aggregates', 'area_name', 'areas'],
  ['interval_aggregates', 'entity_id', 'entities'],
  ['occupied_intervals_cache', 'area_name', 'areas'],
  ['numeric_samples', 'area_name', 'areas'],
  ['numeric_samples', 'entity_id', 'entities'],
  ['numeric_aggregates', 'area_name', 'areas'],
  ['numeric_aggregates', 'entity_id', 'entities'],
  ['correlations', 'area_name', 'areas'],
  ['correlations', 'entity_id', 'entities'],
  ['entity_statistics', 'area_name', 'areas'],
  ['area_relationships', 'area_name', 'areas'],
  ['area_relationships', 'related_area_name', 'areas'],
];

const LEGACY: typeof CURRENT = [
  ['entities', 'entry_id', 'entries'],
  ['priors', 'entry_id', 'entries'],
];

/** What is read to check the rows of a database; tables and columns that it does not have are left out. */
export function checkQueries(generation: SchemaGeneration, tables: Tables): CheckQueries {
  const has = (table: string, column: string): boolean => tables.get(table)?.has(column) ?? false;
  const level = generation === 'current' ? 'aggregation_level' : `'raw' AS aggregation_level`;
  const facts = `id, entity_id, state, start_time, end_time, duration_seconds, ${level}`;
  // Only where a row was written before another, SQLite works out by how much.
  const back = `created_at < seen AND created_at < datetime(seen, '-1 hour')`;
  const written = `(
    SELECT *, max(@seen, max(created_at) OVER (ORDER BY id)) AS seen FROM (
      SELECT ${facts}, created_at FROM intervals NOT INDEXED WHERE id > @after ORDER BY id LIMIT @limit))`;
  const tellsWhenWritten = has('intervals', 'created_at');
  return {
    references: (generation === 'current' ? CURRENT : LEGACY)
      .filter(([table, column]) => has(table, column))
      .map(([table, column, to]) => reference(table, column, to)),
    intervalEntities: nextName('intervals', 'entity_id'),
    // A number comes before all texts: no row is left out, whatever its times are.
    intervals: sqlQuery<CheckedIntervalRow>(
      'checkedIntervals',
      `SELECT id, state, start_time, end_time, duration_seconds, ${level} FROM intervals
       WHERE entity_id = @entity AND (start_time, end_time, id) > (@start, @end, @id) ORDER BY start_time, end_time, id LIMIT @limit`,
    ),
    written: tellsWhenWritten
      ? sqlQuery<WrittenRow>('written', `SELECT max(id) AS last, max(created_at) AS newest, sum(${back}) AS back FROM ${written}`)
      : null,
    writtenBack: tellsWhenWritten
      ? sqlQuery<WrittenBackRow>('writtenBack', `SELECT * FROM ${written} WHERE ${back} ORDER BY id LIMIT @most`)
      : null,
    overdueIntervals: countBefore('overdueIntervals', 'intervals', 'start_time'),
    overdueSamples: has('numeric_samples', 'timestamp') ? countBefore('overdueSamples', 'numeric_samples', 'timestamp') : null,
  };
}

function reference(table: string, column: string, to: Reference['to']): Reference {
  const count = sqlQuery<CountRow>(
    'referenceCount',
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${quoteName(table)} WHERE ${quoteName(column)} = @name LIMIT @limit)`,
  );
  return { table, column, to, next: nextName(table, column), count };
}

function nextName(table: string, column: string): SqlQuery<NextNameRow> {
  const name = quoteName(column);
  return sqlQuery<NextNameRow>('nextName', `SELECT min(${name}) AS next FROM ${quoteName(table)} WHERE ${name} > @after`);
}

function countBefore(name: string, table: string, column: string): SqlQuery<CountRow> {
  return sqlQuery<CountRow>(
    name,
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${table} WHERE ${column} < @before LIMIT @limit)`,
  );
}
