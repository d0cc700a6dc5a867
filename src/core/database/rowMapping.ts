import type { Area, Entity, GlobalPrior, Interval, Prior } from '../model';
import type { Correlation } from '../overview/overviewFacts';
import type { CorrelationRow } from '../sql/overviewQueries';
import type { AreaRow, EntityRow, GlobalPriorRow, IntervalRow, PriorRow } from '../sql/rows';

/** A JSON column's list of names; AOD writes the text `null` for None. What is no list of texts reads as none. */
function namesFromJson(json: string | null): readonly string[] {
  if (json === null) return [];
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

export function areaFromRow(row: AreaRow): Area {
  return {
    entryId: row.entry_id,
    areaName: row.area_name,
    areaId: row.area_id,
    purpose: row.purpose,
    threshold: row.threshold,
    areaPrior: row.area_prior,
    adjacentAreas: namesFromJson(row.adjacent_areas),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function entityFromRow(row: EntityRow): Entity {
  return {
    entryId: row.entry_id,
    areaName: row.area_name,
    entityId: row.entity_id,
    entityType: row.entity_type,
    weight: row.weight,
    probGivenTrue: row.prob_given_true,
    probGivenFalse: row.prob_given_false,
    isShared: row.is_shared !== 0,
    sharedWithAreas: namesFromJson(row.shared_with_areas),
    isDecaying: row.is_decaying !== 0,
    decayStart: row.decay_start,
    evidence: row.evidence !== 0,
    lastUpdated: row.last_updated,
    createdAt: row.created_at,
  };
}

export function intervalFromRow(row: IntervalRow): Interval {
  return {
    id: row.id,
    entityId: row.entity_id,
    areaName: row.area_name,
    state: row.state,
    startTime: row.start_time,
    endTime: row.end_time,
    durationSeconds: row.duration_seconds,
    aggregationLevel: row.aggregation_level,
  };
}

export function priorFromRow(row: PriorRow): Prior {
  return {
    dayOfWeek: row.day_of_week,
    timeSlot: row.time_slot,
    priorValue: row.prior_value,
    dataPoints: row.data_points,
    confidence: row.confidence,
    calculatedAt: row.last_calculation_date,
    samplePeriodStart: row.sample_period_start,
    samplePeriodEnd: row.sample_period_end,
    calculationMethod: row.calculation_method,
    lastUpdated: row.last_updated,
  };
}

export function globalPriorFromRow(row: GlobalPriorRow): GlobalPrior {
  return {
    priorValue: row.prior_value,
    calculationDate: row.calculation_date,
    dataPeriodStart: row.data_period_start,
    dataPeriodEnd: row.data_period_end,
    totalOccupiedSeconds: row.total_occupied_seconds,
    totalPeriodSeconds: row.total_period_seconds,
    intervalCount: row.interval_count,
    confidence: row.confidence,
    calculationMethod: row.calculation_method,
  };
}

export function correlationFromRow(row: CorrelationRow): Correlation {
  return {
    entityId: row.entity_id,
    inputType: row.input_type,
    coefficient: row.correlation_coefficient,
    type: row.correlation_type,
    sampleCount: row.sample_count,
    confidence: row.confidence,
    meanOccupied: row.mean_value_when_occupied,
    meanUnoccupied: row.mean_value_when_unoccupied,
    error: row.analysis_error,
    calculatedAt: row.calculation_date,
  };
}
