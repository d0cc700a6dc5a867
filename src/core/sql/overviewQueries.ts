import { quoteName } from './quoteName';
import type { CountRow } from './rows';
import { sqlQuery, type SqlQuery } from './sqlQuery';

export interface OldestStartRow {
  readonly oldest: string | null;
}

export interface CorrelationRow {
  readonly entity_id: string;
  readonly input_type: string;
  readonly correlation_coefficient: number;
  readonly correlation_type: string | null;
  readonly sample_count: number;
  readonly confidence: number | null;
  readonly mean_value_when_occupied: number | null;
  readonly mean_value_when_unoccupied: number | null;
  readonly analysis_error: string | null;
  readonly calculation_date: string;
}

export interface RelationshipRow {
  readonly related_area_name: string;
  readonly relationship_type: string;
  readonly influence_weight: number;
  readonly distance: number | null;
}

export interface TransitionRow {
  readonly mid_area: string;
  readonly to_area: string;
  readonly count: number;
}

/** What an overview is read with; null where the table is missing. */
export interface OverviewQueries {
  readonly oldestInterval: SqlQuery<OldestStartRow>;
  /** `@period`: daily, weekly or monthly. */
  readonly oldestAggregate: SqlQuery<OldestStartRow> | null;
  readonly oldestSample: SqlQuery<OldestStartRow> | null;
  /** `@area`, `@entity`. */
  readonly newestCorrelation: SqlQuery<CorrelationRow> | null;
  /** `@area`. */
  readonly relationships: SqlQuery<RelationshipRow> | null;
  /** `@entry`, `@area`, `@limit`. */
  readonly transitions: SqlQuery<TransitionRow> | null;
}

export interface OverviewTables {
  /** Whether intervals have levels of aggregation. */
  readonly levels: boolean;
  readonly aggregates: boolean;
  readonly samples: boolean;
  readonly correlations: boolean;
  readonly relationships: boolean;
  readonly transitions: boolean;
}

export function overviewQueries(tables: OverviewTables): OverviewQueries {
  return {
    // AOD keeps summed-up intervals in a table of their own. Should the oldest all be such, none is found: better than to walk through all.
    oldestInterval: sqlQuery<OldestStartRow>(
      'oldestInterval',
      tables.levels
        ? `SELECT min(start_time) AS oldest FROM (
             SELECT start_time, aggregation_level FROM intervals WHERE start_time > '' ORDER BY start_time LIMIT 1000)
           WHERE aggregation_level = 'raw'`
        : 'SELECT min(start_time) AS oldest FROM intervals',
    ),
    // The table is indexed by area first: one seek an area.
    oldestAggregate: tables.aggregates
      ? sqlQuery<OldestStartRow>(
          'oldestAggregate',
          `SELECT min((SELECT min(g.period_start) FROM interval_aggregates g
                       WHERE g.area_name = a.area_name AND g.aggregation_period = @period)) AS oldest
           FROM areas a`,
        )
      : null,
    oldestSample: tables.samples
      ? sqlQuery<OldestStartRow>('oldestSample', 'SELECT min(timestamp) AS oldest FROM numeric_samples')
      : null,
    newestCorrelation: tables.correlations
      ? sqlQuery<CorrelationRow>(
          'newestCorrelation',
          `SELECT entity_id, input_type, correlation_coefficient, correlation_type, sample_count, confidence,
                  mean_value_when_occupied, mean_value_when_unoccupied, analysis_error, calculation_date
           FROM correlations WHERE area_name = @area AND entity_id = @entity ORDER BY calculation_date DESC LIMIT 1`,
        )
      : null,
    relationships: tables.relationships
      ? sqlQuery<RelationshipRow>(
          'relationships',
          `SELECT related_area_name, relationship_type, influence_weight, distance FROM area_relationships
           WHERE area_name = @area ORDER BY related_area_name`,
        )
      : null,
    transitions: tables.transitions
      ? sqlQuery<TransitionRow>(
          'transitions',
          `SELECT mid_area, to_area, sum(count) AS count FROM area_transitions
           WHERE entry_id = @entry AND from_area = @area GROUP BY mid_area, to_area LIMIT @limit`,
        )
      : null,
  };
}

/** `@limit`: how many rows a table has, counted no further. */
export function tableCount(table: string): SqlQuery<CountRow> {
  return sqlQuery<CountRow>('tableCount', `SELECT count(*) AS count FROM (SELECT 1 FROM ${quoteName(table)} LIMIT @limit)`);
}

/** How many rows a table has: as long as its smallest index is. */
export function rowCount(table: string): SqlQuery<CountRow> {
  return sqlQuery<CountRow>('rowCount', `SELECT count(*) AS count FROM ${quoteName(table)}`);
}
