import { existingIntervals, intervalQueries, lanePage, matchQueries, recentStates } from './intervalQueries';
import type { OccupancyQueries } from './occupancyQueries';
import type { AreaRow, CountRow, EntityRow, NewestRow, PriorRow, SpanRow, SyncEntityRow } from './rows';
import { sqlQuery } from './sqlQuery';

/** An interval's area is found in the entities table by whoever reads the rows: that is cheaper than a join a row. */
const INTERVAL = `id, entity_id, NULL AS area_name, state, start_time, end_time, duration_seconds, 'raw' AS aggregation_level`;

/** The entities of an area; two config entries may bear the same name, and are then read as one area. */
const OF_AREA = 'e.entry_id IN (SELECT entry_id FROM areas WHERE area_name = @area)';

/** Queries for v2 and v3, where an area is a config entry and an interval belongs to an entity alone. */
export const legacyQueries: OccupancyQueries = {
  areas: sqlQuery<AreaRow>(
    'areas',
    `SELECT entry_id, area_name, area_id, purpose, threshold, area_prior, NULL AS adjacent_areas, created_at, updated_at FROM areas`,
  ),
  entities: sqlQuery<EntityRow>(
    'entities',
    `SELECT e.entry_id, coalesce(a.area_name, e.entry_id) AS area_name, e.entity_id, e.entity_type, e.weight, e.prob_given_true,
            e.prob_given_false, 0 AS is_shared, NULL AS shared_with_areas, e.is_decaying, e.decay_start, e.evidence,
            e.last_updated, e.created_at
     FROM entities e LEFT JOIN areas a ON a.entry_id = e.entry_id
     WHERE (@area IS NULL OR a.area_name = @area) AND (@type IS NULL OR e.entity_type = @type)
       AND (@entity IS NULL OR e.entity_id = @entity)
     ORDER BY e.entity_id`,
  ),
  allIntervals: intervalQueries('allIntervals', INTERVAL, ''),
  entityIntervals: intervalQueries('entityIntervals', INTERVAL, 'entity_id = @entity'),
  areaIntervals: {
    page: null,
    newestBefore: sqlQuery<NewestRow>(
      'areaIntervals.newestBefore',
      `SELECT max((SELECT max(i.start_time) FROM intervals i WHERE i.entity_id = e.entity_id AND i.start_time < @before)) AS newest
       FROM entities e WHERE ${OF_AREA}`,
    ),
    cappedCount: sqlQuery<CountRow>(
      'areaIntervals.cappedCount',
      `SELECT count(*) AS count FROM (
         SELECT 1 FROM entities e CROSS JOIN intervals i
         WHERE ${OF_AREA} AND i.entity_id = e.entity_id AND i.start_time >= @from AND i.start_time < @to LIMIT @limit)`,
    ),
  },
  areaEntityIntervals: null,
  entityMatches: matchQueries(INTERVAL, ''),
  entityStateMatches: null,
  recentStates,
  priors: sqlQuery<PriorRow>(
    'priors',
    `SELECT day_of_week, time_slot, prior_value, data_points, NULL AS confidence, NULL AS last_calculation_date,
            NULL AS sample_period_start, NULL AS sample_period_end, NULL AS calculation_method, last_updated
     FROM priors
     WHERE entry_id IN (SELECT entry_id FROM areas WHERE area_name = @area) ORDER BY day_of_week, time_slot`,
  ),
  globalPrior: null,
  motion: sqlQuery<SpanRow>(
    'motion',
    `SELECT i.start_time, i.end_time FROM entities e CROSS JOIN intervals i
     WHERE ${OF_AREA} AND e.entity_type = 'motion' AND i.entity_id = e.entity_id AND i.state = 'on'
       AND i.start_time >= @since AND i.start_time < @to`,
  ),
  cacheReach: null,
  cachedSpans: null,
  lanePage: lanePage(''),
  latestEnd: sqlQuery<NewestRow>('latestEnd', 'SELECT max(end_time) AS newest FROM intervals'),
  syncEntities: sqlQuery<SyncEntityRow>(
    'syncEntities',
    `SELECT e.entry_id, coalesce(a.area_name, e.entry_id) AS area_name, e.entity_id, e.entity_type
     FROM entities e LEFT JOIN areas a ON a.entry_id = e.entry_id ORDER BY a.rowid`,
  ),
  existingIntervals,
  samples: null,
  saveArea: {
    name: 'saveArea',
    sql: `INSERT INTO areas (entry_id, area_name, area_id, purpose, threshold, area_prior, created_at, updated_at)
          VALUES (@entryId, @areaName, @areaId, @purpose, @threshold, coalesce(@areaPrior, 0.15), @now, @now)
          ON CONFLICT (entry_id) DO UPDATE SET
            area_name = excluded.area_name, area_id = excluded.area_id, purpose = excluded.purpose,
            threshold = excluded.threshold, area_prior = coalesce(@areaPrior, area_prior), updated_at = excluded.updated_at`,
  },
  saveEntity: {
    name: 'saveEntity',
    sql: `INSERT INTO entities (entry_id, entity_id, entity_type, weight, prob_given_true, prob_given_false, last_updated, created_at,
            is_decaying, decay_start, evidence)
          VALUES (@entryId, @entityId, @entityType, @weight, @probGivenTrue, @probGivenFalse, @now, @now,
            coalesce(@isDecaying, 0), @decayStart, coalesce(@evidence, 0))
          ON CONFLICT (entry_id, entity_id) DO UPDATE SET
            entity_type = excluded.entity_type, weight = excluded.weight, prob_given_true = excluded.prob_given_true,
            prob_given_false = excluded.prob_given_false, last_updated = excluded.last_updated,
            is_decaying = coalesce(@isDecaying, is_decaying),
            decay_start = CASE WHEN @isDecaying IS NULL THEN decay_start ELSE excluded.decay_start END,
            evidence = coalesce(@evidence, evidence)`,
  },
};
