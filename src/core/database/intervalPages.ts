import { compareText } from '../compareText';
import type { Interval, IntervalQuery } from '../model';
import type { SqlReader } from '../ports/sql';
import type { IntervalQueries, OccupancyQueries } from '../sql/occupancyQueries';
import type { IntervalRow } from '../sql/rows';
import type { SqlParameters } from '../ports/sql';
import { intervalFromRow } from './rowMapping';
import { pageBounds, requireCount, type PageBounds } from './timeBounds';

/** Which intervals a request is about; the area is known to exist. */
export interface IntervalScope {
  readonly area?: string | undefined;
  readonly entity?: string | undefined;
  /** v2/v3: the areas of every entity, and so the entities of an area. */
  readonly areasByEntity: ReadonlyMap<string, readonly string[]>;
}

/** A page of intervals, newest first by (start_time, end_time, id). */
export function intervalPage(
  reader: SqlReader,
  queries: OccupancyQueries,
  scope: IntervalScope,
  query: IntervalQuery,
): Interval[] {
  const limit = requireCount(query.limit, 'limit');
  const bounds = pageBounds(query);
  const { area, entity, areasByEntity } = scope;
  const read = (named: IntervalQueries, parameters: SqlParameters): IntervalRow[] =>
    reader.all(named.page, { ...parameters, ...bounds, limit });

  if (entity !== undefined && area !== undefined && queries.areaEntityIntervals) {
    return read(queries.areaEntityIntervals, { area, entity }).map(intervalFromRow);
  }
  if (entity !== undefined) {
    if (area !== undefined && !areasByEntity.get(entity)?.includes(area)) return [];
    return withAreas(read(queries.entityIntervals, { entity }), scope);
  }
  if (area === undefined) return withAreas(read(queries.allIntervals, {}), scope);
  if (queries.areaIntervals.page) return reader.all(queries.areaIntervals.page, { area, ...bounds, limit }).map(intervalFromRow);
  return withAreas(mergedPage(reader, queries, scope, { bounds, limit }), scope);
}

/**
 * v2/v3: an area's page out of one page per entity. Once `limit` rows are there, the oldest of them bounds the other
 * entities' pages from below, so hardly more rows are read than are kept.
 */
function mergedPage(
  reader: SqlReader,
  queries: OccupancyQueries,
  { area, areasByEntity }: IntervalScope,
  { bounds, limit }: { bounds: PageBounds; limit: number },
): IntervalRow[] {
  let kept: IntervalRow[] = [];
  let from = bounds.from;
  for (const [entity, areas] of areasByEntity) {
    if (area === undefined || !areas.includes(area)) continue;
    const page = reader.all(queries.entityIntervals.page, { entity, ...bounds, from, limit });
    kept = [...kept, ...page].toSorted(newestFirst).slice(0, limit);
    if (kept.length === limit) from = kept.at(-1)?.start_time ?? from;
  }
  return kept;
}

function newestFirst(left: IntervalRow, right: IntervalRow): number {
  return compareText(right.start_time, left.start_time) || compareText(right.end_time, left.end_time) || right.id - left.id;
}

/** Fills in the area where the row has none: the one asked for, else the first that lists the entity. */
function withAreas(rows: readonly IntervalRow[], { area, areasByEntity }: IntervalScope): Interval[] {
  return rows.map((row) => {
    const interval = intervalFromRow(row);
    return interval.areaName === null
      ? { ...interval, areaName: area ?? areasByEntity.get(row.entity_id)?.[0] ?? null }
      : interval;
  });
}
