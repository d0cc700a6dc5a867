import { sqlQuery, type SqlQuery, type SqlStatement } from './sqlQuery';

export interface HistoryCountRow {
  readonly rows: number;
  /** null without rows. */
  readonly through: number | null;
}

export interface HistoryStepRow {
  readonly rows: number;
  readonly last: number | null;
}

/** How the rows of one table are counted and deleted. Each takes `@entry`, `@area` and `@entity`. */
export interface HistoryQueries {
  readonly table: string;
  /** Whether its rows are those of one entity, rather than of an area. */
  readonly byEntity: boolean;
  readonly count: SqlQuery<HistoryCountRow>;
  /** Besides `@after`, `@through` (row ids) and `@limit`: the next rows, in the order of their ids. */
  readonly step: SqlQuery<HistoryStepRow>;
  /** Besides `@after`, `@through`: deletes all between, the last one included. */
  readonly remove: SqlStatement;
}

function historyOf(table: string, scope: string, byEntity = false): HistoryQueries {
  const between = `${scope} AND rowid > @after AND rowid <= @through`;
  return {
    table,
    byEntity,
    count: sqlQuery(`history.${table}.count`, `SELECT count(*) AS rows, max(rowid) AS through FROM ${table} WHERE ${scope}`),
    step: sqlQuery(
      `history.${table}.step`,
      `SELECT count(*) AS rows, max(id) AS last FROM (
         SELECT rowid AS id FROM ${table} WHERE ${between} ORDER BY rowid LIMIT @limit)`,
    ),
    remove: { name: `history.${table}.remove`, sql: `DELETE FROM ${table} WHERE ${between}` },
  };
}

/** v2/v3: intervals belong to entities alone, and the area's own prior is a column of its row. */
const legacyHistory: readonly HistoryQueries[] = [
  historyOf('intervals', 'entity_id = @entity', true),
  historyOf('priors', 'entry_id = @entry'),
];

/** What was learned comes last: until then an area that lost only a part of its rows keeps what it had learned from them. */
const currentHistory: readonly HistoryQueries[] = [
  historyOf('intervals', 'area_name = @area'),
  historyOf('numeric_samples', 'area_name = @area'),
  historyOf('interval_aggregates', 'area_name = @area'),
  historyOf('numeric_aggregates', 'area_name = @area'),
  historyOf('occupied_intervals_cache', 'area_name = @area'),
  historyOf('correlations', 'area_name = @area'),
  // A small table, walked through as a whole: only one of the three columns is of use in its index.
  historyOf('area_transitions', 'entry_id = @entry AND (from_area = @area OR mid_area = @area OR to_area = @area)'),
  historyOf('priors', 'area_name = @area'),
  historyOf('global_priors', 'area_name = @area'),
];

/** What a history is of, by columns that the queries name; a table that lacks one is left out. */
export const historyColumns: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(currentHistory.map(({ table }) => [table, ['area_name']])),
  area_transitions: ['entry_id', 'from_area', 'mid_area', 'to_area'],
};

/** @param has whether the database has the table, with those of its columns that a query names */
export function historyQueries(isLegacy: boolean, has: (table: string) => boolean): readonly HistoryQueries[] {
  return isLegacy ? legacyHistory : currentHistory.filter(({ table }) => has(table));
}
