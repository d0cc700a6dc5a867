import { existingIntervals, intervalQueries, lanePage, matchQueries, recentStates, stateMatchQueries } from './intervalQueries';
import type { OccupancyQueries } from './occupancyQueries';
import type {
  AreaRow,
  CacheReachRow,
  EntityRow,
  GlobalPriorRow,
  NewestRow,
  NextEntityRow,
  PriorRow,
  SampleRow,
  SpanRow,
  SyncEntityRow,
  TimestampRow,
} from './rows';
import { sqlQuery } from './sqlQuery';

const INTERVAL = 'id, entity_id, area_name, state, start_time, end_time, duration_seconds, aggregation_level';

const OF_AREA = 'AND (@area IS NULL OR +area_name = @area)';

export interface OptionalTables {
  readonly globalPriors: boolean;
  /** The columns of `priors` that say how and of what they were learned. */
  readonly priorOrigins: boolean;
  readonly occupiedCache: boolean;
  readonly numericSamples: boolean;
}

/** Queries for v16 and later. The tables and columns named may be missing; what needs them is then left out. */
export function currentQueries(tables: OptionalTables): OccupancyQueries {
  const origins = ['last_calculation_date', 'sample_period_start', 'sample_period_end', 'calculation_method'];
  const origin = origins.map((column) => (tables.priorOrigins ? column : `NULL AS ${column}`)).join(', ');
  const prior = tables.globalPriors ? '(SELECT prior_value FROM global_priors g WHERE g.area_name = a.area_name)' : 'NULL';
  return {
    areas: sqlQuery<AreaRow>(
      'areas',
      `SELECT entry_id, area_name, area_id, purpose, threshold, ${prior} AS area_prior, adjacent_areas, created_at, updated_at
       FROM areas a`,
    ),
    entities: sqlQuery<EntityRow>(
      'entities',
      `SELECT entry_id, area_name, entity_id, entity_type, weight, prob_given_true, prob_given_false, is_shared,
              shared_with_areas, is_decaying, decay_start, evidence, last_updated, created_at
       FROM entities
       WHERE (@area IS NULL OR area_name = @area) AND (@type IS NULL OR entity_type = @type) AND (@entity IS NULL OR entity_id = @entity)
       ORDER BY entity_id`,
    ),
    allIntervals: intervalQueries('allIntervals', INTERVAL, ''),
    entityIntervals: intervalQueries('entityIntervals', INTERVAL, 'entity_id = @entity'),
    areaIntervals: intervalQueries('areaIntervals', INTERVAL, 'area_name = @area'),
    // The + keeps the planner off the area's index: an entity has far fewer rows than its area.
    areaEntityIntervals: intervalQueries('areaEntityIntervals', INTERVAL, '+area_name = @area AND entity_id = @entity'),
    entityMatches: matchQueries(INTERVAL, OF_AREA),
    entityStateMatches: stateMatchQueries(INTERVAL, OF_AREA),
    recentStates,
    priors: sqlQuery<PriorRow>(
      'priors',
      `SELECT day_of_week, time_slot, prior_value, data_points, confidence, ${origin}, last_updated FROM priors
       WHERE area_name = @area ORDER BY day_of_week, time_slot`,
    ),
    globalPrior: tables.globalPriors
      ? sqlQuery<GlobalPriorRow>(
          'globalPrior',
          `SELECT prior_value, calculation_date, data_period_start, data_period_end, total_occupied_seconds,
                  total_period_seconds, interval_count, confidence, calculation_method
           FROM global_priors WHERE area_name = @area`,
        )
      : null,
    // CROSS JOIN fixes the order: first the few sensors, then a seek for each.
    motion: sqlQuery<SpanRow>(
      'motion',
      `SELECT i.start_time, i.end_time FROM entities e CROSS JOIN intervals i
       WHERE e.area_name = @area AND e.entity_type = 'motion' AND i.entity_id = e.entity_id AND i.state = 'on'
         AND +i.aggregation_level = 'raw' AND i.start_time >= @since AND i.start_time < @to`,
    ),
    cacheReach: tables.occupiedCache
      ? sqlQuery<CacheReachRow>(
          'cacheReach',
          `SELECT (SELECT min(start_time) FROM occupied_intervals_cache WHERE area_name = @area) AS oldest,
                  (SELECT calculation_date FROM occupied_intervals_cache WHERE area_name = @area
                   ORDER BY start_time DESC LIMIT 1) AS calculated`,
        )
      : null,
    // Cached stretches never overlap, so at most one of those that began before @from reaches into the span.
    cachedSpans: tables.occupiedCache
      ? sqlQuery<SpanRow>(
          'cachedSpans',
          `SELECT start_time, end_time FROM occupied_intervals_cache
           WHERE area_name = @area AND start_time < @to AND start_time >= coalesce(
             (SELECT max(start_time) FROM occupied_intervals_cache WHERE area_name = @area AND start_time <= @from), @from)`,
        )
      : null,
    lanePage: lanePage("AND +aggregation_level = 'raw'"),
    latestEnd: sqlQuery<NewestRow>('latestEnd', 'SELECT max(end_time) AS newest FROM intervals'),
    syncEntities: sqlQuery<SyncEntityRow>(
      'syncEntities',
      `SELECT a.entry_id, a.area_name, e.entity_id, e.entity_type
       FROM areas a CROSS JOIN entities e WHERE e.area_name = a.area_name ORDER BY a.rowid`,
    ),
    existingIntervals,
    samples: tables.numericSamples
      ? {
          nextEntity: sqlQuery<NextEntityRow>(
            'samples.nextEntity',
            'SELECT min(entity_id) AS next FROM numeric_samples WHERE entity_id > @after',
          ),
          page: sqlQuery<SampleRow>(
            'samples.page',
            `SELECT entity_id, area_name, timestamp, value, unit_of_measurement, state FROM numeric_samples
             WHERE entity_id = @entity AND timestamp >= @from AND timestamp < @before ORDER BY timestamp DESC LIMIT @limit`,
          ),
          existing: sqlQuery<TimestampRow>(
            'samples.existing',
            `SELECT timestamp FROM numeric_samples
             WHERE entity_id = @entity AND timestamp > @after AND timestamp <= @to ORDER BY timestamp LIMIT @limit`,
          ),
        }
      : null,
    saveArea: {
      name: 'saveArea',
      sql: `INSERT INTO areas (entry_id, area_name, area_id, purpose, threshold, adjacent_areas, created_at, updated_at)
            VALUES (@entryId, @areaName, @areaId, @purpose, @threshold, coalesce(@adjacentAreas, 'null'), @now, @now)
            ON CONFLICT (area_name) DO UPDATE SET
              entry_id = excluded.entry_id, area_id = excluded.area_id, purpose = excluded.purpose,
              threshold = excluded.threshold, adjacent_areas = coalesce(@adjacentAreas, adjacent_areas),
              updated_at = excluded.updated_at`,
    },
    saveEntity: {
      name: 'saveEntity',
      sql: `INSERT INTO entities (entry_id, area_name, entity_id, entity_type, weight, prob_given_true, prob_given_false, is_shared,
              shared_with_areas, last_updated, created_at, is_decaying, decay_start, evidence)
            VALUES (@entryId, @areaName, @entityId, @entityType, @weight, @probGivenTrue, @probGivenFalse, coalesce(@isShared, 0),
              coalesce(@sharedWithAreas, 'null'), @now, @now, coalesce(@isDecaying, 0), @decayStart, coalesce(@evidence, 0))
            ON CONFLICT (area_name, entity_id) DO UPDATE SET
              entry_id = excluded.entry_id, entity_type = excluded.entity_type, weight = excluded.weight,
              prob_given_true = excluded.prob_given_true, prob_given_false = excluded.prob_given_false,
              is_shared = coalesce(@isShared, is_shared), shared_with_areas = coalesce(@sharedWithAreas, shared_with_areas),
              last_updated = excluded.last_updated, is_decaying = coalesce(@isDecaying, is_decaying),
              decay_start = CASE WHEN @isDecaying IS NULL THEN decay_start ELSE excluded.decay_start END,
              evidence = coalesce(@evidence, evidence)`,
    },
  };
}
