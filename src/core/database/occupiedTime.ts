import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import type { SpanRow } from '../sql/rows';
import { HOUR_MS, utcMilliseconds, utcText } from '../time';
import { timeBound } from './timeBounds';
import { clipSpans, mergeSpans, type TimeSpan } from './timeSpans';

/** AOD drops `on` states that last longer than this, so no occupied interval that reaches into a span began earlier. */
const LONGEST_ON_HOURS = 13;

/** When an area was occupied within [from, to): out of AOD's own cache where that covers the span, else by its motion sensors. */
export function occupiedTime(reader: SqlReader, queries: OccupancyQueries, area: string, from: string, to: string): TimeSpan[] {
  const span = { from: timeBound(from, 'from'), to: timeBound(to, 'to') };
  const rows = cachedRows(reader, queries, area, span) ?? motionRows(reader, queries, area, span);
  const spans = rows.map((row) => ({ start: microseconds(row.start_time), end: microseconds(row.end_time) }));
  return clipSpans(mergeSpans(spans), { start: microseconds(from), end: microseconds(to) });
}

function cachedRows(
  reader: SqlReader,
  { cacheReach, cachedSpans }: OccupancyQueries,
  area: string,
  { from, to }: { from: string; to: string },
): SpanRow[] | null {
  if (!cacheReach || !cachedSpans) return null;
  const { oldest = null, calculated = null } = reader.get(cacheReach, { area }) ?? {};
  const covers = oldest !== null && calculated !== null && oldest <= from && to <= calculated;
  return covers ? reader.all(cachedSpans, { area, from, to }) : null;
}

function motionRows(
  reader: SqlReader,
  { motion }: OccupancyQueries,
  area: string,
  { from, to }: { from: string; to: string },
): SpanRow[] {
  const since = timeBound(utcText(utcMilliseconds(from) - LONGEST_ON_HOURS * HOUR_MS), 'from');
  return reader.all(motion, { area, since, to });
}

function microseconds(text: string): number {
  return Math.round(utcMilliseconds(text) * 1000);
}
