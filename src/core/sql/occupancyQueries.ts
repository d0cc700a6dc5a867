import type {
  AreaRow,
  CacheReachRow,
  CountRow,
  EntityRow,
  GlobalPriorRow,
  IntervalRow,
  LaneRow,
  NewestRow,
  NextEntityRow,
  PriorRow,
  SampleRow,
  SpanRow,
  StateRow,
  SyncEntityRow,
  TimestampRow,
} from './rows';
import type { SqlQuery, SqlStatement } from './sqlQuery';

/** Queries on intervals of one scope. Times are bounds on start_time: `@from` included, the rest exclusive. */
export interface IntervalQueries {
  /** Parameters: the scope's, `@from`, `@start`, `@end`, `@id` (the rows before that key), `@limit`. Newest first. */
  readonly page: SqlQuery<IntervalRow>;
  /** Parameters: the scope's, `@before`. */
  readonly newestBefore: SqlQuery<NewestRow>;
  /** Parameters: the scope's, `@from`, `@to`, `@limit`. */
  readonly cappedCount: SqlQuery<CountRow>;
}

/** Intervals of an entity that a filter lets through. */
export interface MatchQueries extends Omit<IntervalQueries, 'cappedCount'> {
  /** As `cappedCount`; besides `@area`, null for any. */
  readonly count: SqlQuery<CountRow>;
}

export interface SampleQueries {
  /** `@after`: the entity that comes next in the order of ids, null at the end. */
  readonly nextEntity: SqlQuery<NextEntityRow>;
  /** `@entity`, `@from` (included), `@before`, `@limit`: newest first. */
  readonly page: SqlQuery<SampleRow>;
  /** `@entity`, `@after`, `@to` (included), `@limit`: timestamps in order. */
  readonly existing: SqlQuery<TimestampRow>;
}

/** Every query that one schema generation is read and written with. */
export interface OccupancyQueries {
  readonly areas: SqlQuery<AreaRow>;
  /** `@area`, `@type`: null for any. */
  readonly entities: SqlQuery<EntityRow>;
  readonly allIntervals: IntervalQueries;
  /** `@entity`. */
  readonly entityIntervals: IntervalQueries;
  /** `@area`; its `page` is absent in v2/v3, where an area's page is merged from its entities' pages. */
  readonly areaIntervals: Omit<IntervalQueries, 'page'> & { readonly page: SqlQuery<IntervalRow> | null };
  /** `@area`, `@entity`; null in v2/v3, where an interval has no area of its own. */
  readonly areaEntityIntervals: IntervalQueries | null;
  /** `@entity`; `count` also takes `@states`, a JSON list, and `@wanted`: 1 for these states, 0 for all others. */
  readonly entityMatches: MatchQueries;
  /** `@entity`, `@state`; null in v2/v3, which have no index by state. */
  readonly entityStateMatches: MatchQueries | null;
  /** `@entity`, `@limit`: the states that occur among its newest intervals. */
  readonly recentStates: SqlQuery<StateRow>;
  /** `@area`. */
  readonly priors: SqlQuery<PriorRow>;
  /** `@area`; null where the table is missing. */
  readonly globalPrior: SqlQuery<GlobalPriorRow> | null;
  /** `@area`, `@since`, `@to`: what the area's motion sensors saw. */
  readonly motion: SqlQuery<SpanRow>;
  /** `@area`; null where the table is missing. */
  readonly cacheReach: SqlQuery<CacheReachRow> | null;
  /** `@area`, `@from`, `@to`. */
  readonly cachedSpans: SqlQuery<SpanRow> | null;
  /**
   * `@entity`, `@start`, `@end`, `@id` (the rows after that key), `@to` (an exclusive bound on the start), `@from` (on the end,
   * included), `@limit`: raw intervals, oldest first.
   */
  readonly lanePage: SqlQuery<LaneRow>;
  readonly latestEnd: SqlQuery<NewestRow>;
  /** Every entity in each of its areas, in the order of the areas' rows: of several, AOD's sync goes by the last. */
  readonly syncEntities: SqlQuery<SyncEntityRow>;
  /** `@entity`, `@start`, `@end` (the keys after that one), `@to` (start at most), `@limit`: keys in order, at any aggregation level. */
  readonly existingIntervals: SqlQuery<SpanRow>;
  /** Null in v2/v3 and where the table is missing. */
  readonly samples: SampleQueries | null;
  readonly saveArea: SqlStatement;
  readonly saveEntity: SqlStatement;
}
