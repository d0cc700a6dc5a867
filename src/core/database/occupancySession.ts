import type {
  Area,
  AreaData,
  AreaInput,
  AreaPriors,
  Entity,
  EntityFilter,
  EntityInput,
  EntitySaved,
  Interval,
  IntervalDay,
  IntervalQuery,
  OccupiedSpan,
} from '../model';
import type { HistoryPart, RemovedRows } from '../history/learnedHistory';
import type { LockGuarantee } from '../lock/lock';
import type { PlannedInterval, PlannedSample } from '../sync/syncPlan';
import type { IntervalDayQuery } from './occupancyReader';

/**
 * One write transaction under the lock. Everything read is read inside it, and everything saved is committed together
 * when the session's function returns, or not at all when it throws. Synchronous, so that it is over soon:
 * until then Home Assistant cannot write.
 */
export interface OccupancySession {
  /** True when another connection committed between the session's first look at the database and its own write lock. */
  readonly changedSinceOpened: boolean;
  /** What keeps others out meanwhile; `sqlite-only` where the lock file could not be used. */
  readonly guarantee: LockGuarantee;
  /** The fencing token of the Redis lock; null where none is set, or Redis could not be reached and need not be. */
  readonly fence: number | null;
  getAreas(): readonly Area[];
  getEntities(filter?: EntityFilter): readonly Entity[];
  getIntervals(query: IntervalQuery): readonly Interval[];
  getIntervalDays(query: IntervalDayQuery): readonly IntervalDay[];
  getPriors(area: string): AreaPriors;
  /** `from` and `to` are naive UTC text. */
  getOccupiedSpan(area: string, from: string, to: string): OccupiedSpan;
  /** The newest end of an interval less one hour; ten days ago when there is none. */
  getLatestInterval(): Date;
  loadData(): readonly AreaData[];
  getAreaData(area: string): AreaData;
  /** `at` is when it was saved, naive UTC text; now. Throws InvalidDataError naming the field. */
  saveArea(area: AreaInput, at?: string): void;
  saveEntity(entity: EntityInput, at?: string): EntitySaved;
  /** Deletes up to `limit` rows of a part, in the order of their ids, and returns how many. */
  removeHistory(part: HistoryPart, after: number, limit: number): RemovedRows;
  /** Adds the intervals whose key (entity, start, end) is not there at any aggregation level, and returns how many those were. */
  addIntervals(intervals: Iterable<PlannedInterval>): number;
  /** Adds the numeric samples whose key (entity, timestamp) is not there; today's schema only. */
  addSamples(samples: Iterable<PlannedSample>): number;
  /** Notes that a sync from `start` (naive UTC text) is under way, or that it is complete; see UNFINISHED_SYNC_KEY. */
  noteUnfinishedSync(start: string, isUnfinished: boolean): void;
}
