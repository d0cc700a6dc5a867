/**
 * The occupancy model, in AOD's own field names (camelCase).
 * Every `…Time` and `…At` is naive UTC text exactly as stored, `YYYY-MM-DD HH:MM:SS.ffffff`: it keeps the microseconds
 * that a JavaScript Date would lose. `utcMilliseconds` in time.ts turns it into a number.
 */

/** An area's own row. `entryId` is the primary key in v2/v3, `areaName` from v16 on. */
export interface Area {
  readonly entryId: string;
  readonly areaName: string;
  readonly areaId: string;
  /** One of AOD's purposes, such as `social` or `sleeping`. */
  readonly purpose: string;
  /** Occupancy threshold, 0–1. */
  readonly threshold: number;
  /** Learned prior, 0–1: the column `area_prior` in v2/v3, `global_priors.prior_value` today; null before it was learned. */
  readonly areaPrior: number | null;
  /** Names of adjacent areas; empty where the schema has none. */
  readonly adjacentAreas: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What tells an area from all others in every schema. */
export type AreaKey = Pick<Area, 'entryId' | 'areaName'>;

export interface Entity {
  readonly entryId: string;
  readonly areaName: string;
  readonly entityId: string;
  readonly entityType: string;
  /** 0.01–0.99 */
  readonly weight: number;
  /** P(active | occupied), 0.01–0.99 */
  readonly probGivenTrue: number;
  /** P(active | not occupied), 0.01–0.99 */
  readonly probGivenFalse: number;
  readonly isShared: boolean;
  readonly sharedWithAreas: readonly string[];
  readonly isDecaying: boolean;
  readonly decayStart: string | null;
  readonly evidence: boolean;
  readonly lastUpdated: string;
  readonly createdAt: string;
}

export interface Interval {
  readonly id: number;
  readonly entityId: string;
  /** null where the interval's entity is no longer in the entities table (v2/v3 only). */
  readonly areaName: string | null;
  readonly state: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationSeconds: number;
  /** `raw`, `daily`, `weekly` or `monthly`; always `raw` in v2/v3. */
  readonly aggregationLevel: string;
}

/** Where a page ended; an Interval is one. Pages run newest first by (startTime, endTime, id). */
export type IntervalCursor = Pick<Interval, 'id' | 'startTime' | 'endTime'>;

/** Narrows intervals further than area, entity and time do. Those of entities that are no longer listed are left out as well. */
export interface IntervalFilter {
  /** Only of these entities. */
  readonly entities?: readonly string[];
  /** Only in these states, by name; together with `activity`, what either of them lets through. */
  readonly states?: readonly string[];
  /** Only in states that count as active for the entity's type, or only in all others. */
  readonly activity?: 'active' | 'inactive';
}

export interface IntervalQuery {
  readonly area?: string;
  readonly entity?: string;
  readonly filter?: IntervalFilter;
  /** Only intervals that start at or after this naive UTC text. */
  readonly from?: string;
  /** Only intervals that start before this naive UTC text. */
  readonly to?: string;
  /** Continue after this row, the last one of the page before. */
  readonly after?: IntervalCursor;
  /** Rows at most. */
  readonly limit: number;
}

export interface EntityFilter {
  readonly area?: string;
  /** Its id; it may be listed in several areas. */
  readonly entity?: string;
  readonly type?: string;
}

/** One learned slot of the week, on the clock that `AreaPriors.clock` says. */
export interface Prior {
  /** 0 = Monday */
  readonly dayOfWeek: number;
  /** Hour of the day, 0–23. */
  readonly timeSlot: number;
  readonly priorValue: number;
  /** Weeks that had data of the slot; in v2/v3 seconds of the whole period that was looked at. */
  readonly dataPoints: number;
  /** 0–1; null in v2/v3, as is what follows. */
  readonly confidence: number | null;
  readonly calculatedAt: string | null;
  /** What it was learned from. */
  readonly samplePeriodStart: string | null;
  readonly samplePeriodEnd: string | null;
  /** Such as `interval_analysis`. */
  readonly calculationMethod: string | null;
  readonly lastUpdated: string;
}

export interface GlobalPrior {
  readonly priorValue: number;
  readonly calculationDate: string;
  readonly dataPeriodStart: string;
  readonly dataPeriodEnd: string;
  readonly totalOccupiedSeconds: number;
  readonly totalPeriodSeconds: number;
  readonly intervalCount: number;
  readonly confidence: number | null;
  readonly calculationMethod: string | null;
}

/** By which clock days and slots count: v2/v3 learned by UTC, from v16 on AOD goes by Home Assistant's local time. */
export type SlotClock = 'local' | 'utc';

export interface AreaPriors {
  readonly areaName: string;
  readonly clock: SlotClock;
  /** Learned prior of the area as a whole, 0–1, wherever the schema has it; null before it was learned. */
  readonly overall: number | null;
  /** null in v2/v3 (see Area.areaPrior) and before the first analysis. */
  readonly globalPrior: GlobalPrior | null;
  /** Only the slots that were learned, ordered by day and slot; a missing one counts as 0.5 in AOD. */
  readonly slots: readonly Prior[];
}

/** An area with what belongs to it: what the seed's load_data returns per area. */
export interface AreaData {
  readonly area: Area;
  /** Ordered by entityId. */
  readonly entities: readonly Entity[];
}

/** A count that stopped at a limit: show `10 000+` when `capped`. */
export interface CappedCount {
  readonly count: number;
  readonly capped: boolean;
}

/** One local calendar day that has intervals. */
export interface IntervalDay {
  /** `YYYY-MM-DD` in the time zone asked for. */
  readonly day: string;
  /** Naive UTC text of the day's first moment, and of the next day's. */
  readonly from: string;
  readonly to: string;
  readonly count: CappedCount;
}

/** What an area did in a span of time. */
export interface OccupiedSpan {
  /** From occupied_intervals_cache where that speaks; elsewhere with a motion entity on, gaps of up to 5 min bridged. */
  readonly occupiedSeconds: number;
  /** Number of merged occupied intervals. */
  readonly occupiedIntervals: number;
  /** All interval rows of the area that start in the span. */
  readonly rows: CappedCount;
  /** End of the newest interval in the span, naive UTC; null when there is none. */
  readonly lastEndTime: string | null;
}

/** What an area is saved from: an Area will do. Left out, `adjacentAreas` and `areaPrior` keep what the database has. */
export interface AreaInput {
  readonly entryId: string;
  readonly areaName: string;
  /** v2/v3: empty becomes the entryId. */
  readonly areaId: string;
  readonly purpose: string;
  /** 0–1 */
  readonly threshold: number;
  readonly adjacentAreas?: readonly string[];
  /** Saved in v2/v3 only; today's AOD learns it into global_priors. */
  readonly areaPrior?: number | null;
}

/** What an entity is saved from: an Entity will do. What is left out keeps what the database has, but for the three numbers. */
export interface EntityInput {
  readonly entryId: string;
  /** Not needed in v2/v3. */
  readonly areaName?: string;
  readonly entityId: string;
  /** Without one the entity is skipped, as AOD does. */
  readonly entityType?: string | null;
  /** Numbers, or texts that are numbers; anything else becomes AOD's default. */
  readonly weight?: unknown;
  readonly probGivenTrue?: unknown;
  readonly probGivenFalse?: unknown;
  readonly isShared?: boolean;
  readonly sharedWithAreas?: readonly string[];
  readonly isDecaying?: boolean;
  readonly decayStart?: string | null;
  readonly evidence?: boolean;
}

/** What saving an entity did; the numbers are those written, after defaults and bounds. */
export type EntitySaved =
  | { readonly outcome: 'saved'; readonly weight: number; readonly probGivenTrue: number; readonly probGivenFalse: number }
  | { readonly outcome: 'skipped'; readonly reason: string };
