import type {
  AreaPriors,
  Area,
  Entity,
  EntityFilter,
  Interval,
  IntervalDay,
  IntervalFilter,
  IntervalQuery,
  OccupiedSpan,
} from '../model';
import type { Lanes, LanesQuery } from '../timeline/lanes';
import type { AreaOverview, AreaOverviewQuery, DatabaseOverview } from '../overview/overviewFacts';
import type { Timeline, TimelineQuery } from '../timeline/timeline';
import type { DatabaseInfo } from './databaseInfo';

/**
 * Browsing: plain reads, each over before it returns, none holding a transaction afterwards.
 * Implemented in process by OccupancyDatabase and across the process border by RemoteDatabase; one contract suite runs on both.
 */
export interface OccupancyReader {
  describe(): Promise<DatabaseInfo>;
  /** Ordered by name. */
  getAreas(): Promise<readonly Area[]>;
  /** Ordered by area, then entityId. */
  getEntities(filter?: EntityFilter): Promise<readonly Entity[]>;
  /** Newest first; keyset-paged. Throws SchemaError naming the area when it does not exist. */
  getIntervals(query: IntervalQuery): Promise<readonly Interval[]>;
  /**
   * The local days that have intervals, newest first, by index seeks alone.
   * `timeZone` is an IANA name; `before` continues after the day given; counts stop at `countLimit`. A search for days that a filter
   * lets through may stop early: it then ends with a day of no intervals, before which it can go on.
   */
  getIntervalDays(query: IntervalDayQuery): Promise<readonly IntervalDay[]>;
  /** Names of states that entities were in lately, sorted; of those whose states are numbers, none. */
  getRecentStates(): Promise<readonly string[]>;
  getPriors(area: string): Promise<AreaPriors>;
  /** `from` and `to` are naive UTC text. */
  getOccupiedSpan(area: string, from: string, to: string): Promise<OccupiedSpan>;
  /**
   * The lanes of an area, or the one of an entity, reduced to what cells of the given width show. Throws SchemaError when there is
   * no such area, CancelledError soon after `signal` aborts.
   */
  getTimeline(query: TimelineQuery, signal?: AbortSignal): Promise<Timeline>;
  /**
   * The lanes that can be seen, of whatever areas, to be drawn: sums exact, boxes as exact as pixels are. Throws SchemaError when
   * there is no such area, InvalidDataError for more than 120 lanes, CancelledError soon after `signal` aborts.
   */
  getLanes(query: LanesQuery, signal?: AbortSignal): Promise<Lanes>;
  getOverview(): Promise<DatabaseOverview>;
  /** Throws SchemaError when there is no such area. */
  getAreaOverview(query: AreaOverviewQuery): Promise<AreaOverview>;
}

export interface IntervalDayQuery {
  readonly area?: string;
  readonly entity?: string;
  readonly filter?: IntervalFilter;
  readonly timeZone: string;
  /** `YYYY-MM-DD`, exclusive. */
  readonly before?: string;
  readonly limit: number;
  readonly countLimit: number;
}
