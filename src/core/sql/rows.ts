/** Rows as the queries of both generations return them: the column names of today's schema, null where v2/v3 have no such column. */

export interface AreaRow {
  readonly entry_id: string;
  readonly area_name: string;
  readonly area_id: string;
  readonly purpose: string;
  readonly threshold: number;
  readonly area_prior: number | null;
  /** JSON text. */
  readonly adjacent_areas: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface EntityRow {
  readonly entry_id: string;
  readonly area_name: string;
  readonly entity_id: string;
  readonly entity_type: string;
  readonly weight: number;
  readonly prob_given_true: number;
  readonly prob_given_false: number;
  readonly is_shared: number;
  /** JSON text. */
  readonly shared_with_areas: string | null;
  readonly is_decaying: number;
  readonly decay_start: string | null;
  readonly evidence: number;
  readonly last_updated: string;
  readonly created_at: string;
}

export interface IntervalRow {
  readonly id: number;
  readonly entity_id: string;
  readonly area_name: string | null;
  readonly state: string;
  readonly start_time: string;
  readonly end_time: string;
  readonly duration_seconds: number;
  readonly aggregation_level: string;
}

export interface PriorRow {
  readonly day_of_week: number;
  readonly time_slot: number;
  readonly prior_value: number;
  readonly data_points: number;
  readonly confidence: number | null;
  readonly last_calculation_date: string | null;
  readonly sample_period_start: string | null;
  readonly sample_period_end: string | null;
  readonly calculation_method: string | null;
  readonly last_updated: string;
}

export interface GlobalPriorRow {
  readonly prior_value: number;
  readonly calculation_date: string;
  readonly data_period_start: string;
  readonly data_period_end: string;
  readonly total_occupied_seconds: number;
  readonly total_period_seconds: number;
  readonly interval_count: number;
  readonly confidence: number | null;
  readonly calculation_method: string | null;
}

/** A stretch of time, naive UTC text. */
export interface SpanRow {
  readonly start_time: string;
  readonly end_time: string;
}

/** What of an interval a lane is laid out from. */
export interface LaneRow extends SpanRow {
  readonly id: number;
  readonly state: string;
}

export interface CacheReachRow {
  /** Start of the oldest cached stretch. */
  readonly oldest: string | null;
  /** When the newest was calculated: the cache knows nothing of what came after. */
  readonly calculated: string | null;
}

export interface NewestRow {
  readonly newest: string | null;
}

/** An entity in one of its areas. */
export interface SyncEntityRow {
  readonly entry_id: string;
  readonly area_name: string;
  readonly entity_id: string;
  readonly entity_type: string;
}

export interface StateRow {
  readonly state: string;
}

export interface NextEntityRow {
  readonly next: string | null;
}

export interface SampleRow extends TimestampRow {
  readonly entity_id: string;
  readonly area_name: string;
  readonly value: number;
  readonly unit_of_measurement: string | null;
  readonly state: string | null;
}

export interface TimestampRow {
  readonly timestamp: string;
}

export interface CountRow {
  readonly count: number;
}
