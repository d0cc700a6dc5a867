import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import type { SpanRow } from '../sql/rows';
import { LONGEST_ON } from '../sync/judgeInterval';
import { utcMicroseconds, utcTextOfMicroseconds } from '../time';
import { timeBound } from './timeBounds';
import { clipSpans, mergeSpans, type TimeSpan } from './timeSpans';

/** The time that AOD's cache speaks for: from its oldest stretch to when it was calculated. Null where there is no cache. */
export function cacheReach(reader: SqlReader, queries: OccupancyQueries, area: string): TimeSpan | null {
  if (!queries.cacheReach) return null;
  const { oldest, calculated } = reader.get(queries.cacheReach, { area }) ?? {};
  const reach = { start: utcMicroseconds(oldest ?? ''), end: utcMicroseconds(calculated ?? '') };
  return reach.start <= reach.end ? reach : null;
}

/** What AOD's cache has in the window, merged and cut to it. */
export function cachedTime(reader: SqlReader, { cachedSpans }: OccupancyQueries, area: string, window: TimeSpan): TimeSpan[] {
  return cachedSpans ? merged(reader.all(cachedSpans, { area, ...bounds(window) }), window) : [];
}

/** When a motion sensor of the area was on in the window, merged and cut to it. */
export function motionTime(reader: SqlReader, { motion }: OccupancyQueries, area: string, window: TimeSpan): TimeSpan[] {
  const { from: since } = bounds({ ...window, start: window.start - LONGEST_ON });
  return merged(reader.all(motion, { area, since, to: bounds(window).to }), window);
}

function merged(rows: readonly SpanRow[], window: TimeSpan): TimeSpan[] {
  const spans = rows.map((row) => ({ start: utcMicroseconds(row.start_time), end: utcMicroseconds(row.end_time) }));
  return clipSpans(mergeSpans(spans), window);
}

function bounds({ start, end }: TimeSpan): { from: string; to: string } {
  return { from: timeBound(utcTextOfMicroseconds(start), 'from'), to: timeBound(utcTextOfMicroseconds(end), 'to') };
}
