import { SchemaError } from '../errors';
import type { SqlReader } from '../ports/sql';
import { currentQueries } from '../sql/currentQueries';
import { legacyQueries } from '../sql/legacyQueries';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import { overviewQueries, type OverviewQueries } from '../sql/overviewQueries';
import { historyColumns, historyQueries, type HistoryQueries } from '../sql/historyQueries';
import { databaseVersion } from '../sql/schemaQueries';
import type { SchemaGeneration } from './databaseInfo';
import { type Columns, missingColumns, readTables, type Tables } from './tables';

/** What a database turned out to be when its tables and columns were looked at. */
export interface OccupancySchema {
  readonly generation: SchemaGeneration;
  readonly dbVersion: number | null;
  /** Why it should only be read, as a sentence; null when its version is one we know how to write. */
  readonly readOnlyReason: string | null;
  readonly queries: OccupancyQueries;
  readonly overview: OverviewQueries;
  /** How an area's history is counted and deleted, in the order of deleting. */
  readonly history: readonly HistoryQueries[];
  readonly tables: Tables;
}

const words = (text: string): readonly string[] => text.split(' ');

/** Every column our queries name, per generation. */
const REQUIRED: Readonly<Record<SchemaGeneration, Columns>> = {
  legacy: {
    areas: words('entry_id area_name area_id purpose threshold area_prior created_at updated_at'),
    entities: words(
      'entry_id entity_id entity_type weight prob_given_true prob_given_false last_updated created_at is_decaying decay_start evidence',
    ),
    intervals: words('id entity_id state start_time end_time duration_seconds'),
    priors: words('entry_id day_of_week time_slot prior_value data_points last_updated'),
  },
  current: {
    areas: words('entry_id area_name area_id purpose threshold adjacent_areas created_at updated_at'),
    entities: words(
      'entry_id area_name entity_id entity_type weight prob_given_true prob_given_false is_shared shared_with_areas last_updated created_at is_decaying decay_start evidence',
    ),
    intervals: words('id entity_id area_name state start_time end_time duration_seconds aggregation_level'),
    priors: words('area_name day_of_week time_slot prior_value data_points confidence last_updated'),
  },
};

/** Read where they are there; an installation may not have learned anything yet. */
const OPTIONAL: Columns = {
  priors: words('last_calculation_date sample_period_start sample_period_end calculation_method'),
  global_priors: words(
    'area_name prior_value calculation_date data_period_start data_period_end total_occupied_seconds total_period_seconds interval_count confidence calculation_method',
  ),
  occupied_intervals_cache: words('area_name start_time end_time calculation_date'),
  numeric_samples: words('entry_id area_name entity_id timestamp value unit_of_measurement state created_at'),
  interval_aggregates: words('area_name aggregation_period period_start'),
  correlations: words(
    'area_name entity_id input_type correlation_coefficient correlation_type sample_count confidence mean_value_when_occupied mean_value_when_unoccupied analysis_error calculation_date',
  ),
  area_relationships: words('area_name related_area_name relationship_type influence_weight distance'),
  area_transitions: words('entry_id from_area mid_area to_area hour_of_week count'),
};

const OLDEST_CURRENT = 16;
const NEWEST_CURRENT = 18;

/**
 * Looks at tables and columns first and at metadata.db_version second, since pre-releases reused version numbers.
 * Throws SchemaError naming what is missing.
 */
export function probeSchema(reader: SqlReader): OccupancySchema {
  const tables = readTables(reader);
  if (!['areas', 'entities', 'intervals'].some((table) => tables.has(table))) {
    const found =
      tables.size === 0 ? 'it has no tables' : `its tables are ${[...tables.keys()].toSorted().slice(0, 8).join(', ')}`;
    throw new SchemaError(
      `This is not an Area Occupancy Detection database: ${found}.`,
      'Open area_occupancy.db, which lies in the .storage folder of your Home Assistant configuration.',
    );
  }
  const generation =
    tables.get('intervals')?.has('area_name') || tables.get('areas')?.has('adjacent_areas') ? 'current' : 'legacy';
  const missing = missingColumns(REQUIRED[generation], tables);
  if (missing.length > 0) {
    throw new SchemaError(
      `The database lacks what Area Occupancy Detection keeps in it: ${missing.join(', ')}.`,
      'If Home Assistant is migrating it just now, refresh in a moment.',
    );
  }
  const dbVersion = tables.get('metadata')?.has('value') ? readVersion(reader) : null;
  const has = (table: string): boolean => missingColumns({ [table]: OPTIONAL[table] ?? [] }, tables).length === 0;
  const queries =
    generation === 'legacy'
      ? legacyQueries
      : currentQueries({
          globalPriors: has('global_priors'),
          priorOrigins: has('priors'),
          occupiedCache: has('occupied_intervals_cache'),
          numericSamples: has('numeric_samples'),
        });
  const overview = overviewQueries({
    levels: generation === 'current',
    aggregates: has('interval_aggregates'),
    samples: has('numeric_samples'),
    correlations: has('correlations'),
    relationships: has('area_relationships'),
    transitions: has('area_transitions'),
  });
  const history = historyQueries(
    generation === 'legacy',
    (table) => missingColumns({ [table]: historyColumns[table] ?? [] }, tables).length === 0,
  );
  return { generation, dbVersion, readOnlyReason: readOnlyReason(generation, dbVersion), queries, overview, history, tables };
}

function readVersion(reader: SqlReader): number | null {
  const text = String(reader.get(databaseVersion)?.value ?? '').trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

function readOnlyReason(generation: SchemaGeneration, version: number | null): string | null {
  if (version === null) return 'The database does not say which version it is, so it is shown but not changed.';
  if (version > NEWEST_CURRENT) {
    return `The database is of version ${version}, newer than the ${NEWEST_CURRENT} this extension knows, so it is shown but not changed.`;
  }
  const known = generation === 'legacy' ? version === 2 || version === 3 : version >= OLDEST_CURRENT;
  return known
    ? null
    : `The database calls itself version ${version}, which no release of the integration uses in this form, so it is shown but not changed.`;
}
