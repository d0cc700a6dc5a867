import { InvalidDataError } from '../errors';
import type { CappedCount, IntervalDay } from '../model';
import type { SqlParameters, SqlReader } from '../ports/sql';
import type { IntervalQueries } from '../sql/occupancyQueries';
import { addDays, dayStart, localDay, utcMilliseconds, utcText } from '../time';
import type { IntervalDayQuery } from './occupancyReader';
import { AFTER_ALL_TIMES, requireCount, timeBound } from './timeBounds';

/** Local days are told apart within these: a day of theirs is written with four digits of year in every time zone. */
const FIRST_MOMENT = Date.UTC(1000, 0, 1);
const LAST_MOMENT = Date.UTC(9999, 0, 1);

type DayQueries = Omit<IntervalQueries, 'page'>;

/** The local days that have intervals, newest first: each found by one seek to the newest start before the day after it. */
export function intervalDays(
  reader: SqlReader,
  queries: DayQueries,
  scope: SqlParameters,
  query: IntervalDayQuery,
): IntervalDay[] {
  const { timeZone } = query;
  const limit = requireCount(query.limit, 'limit');
  const countLimit = requireCount(query.countLimit, 'countLimit');
  const days: IntervalDay[] = [];
  let bound = firstBound(query);
  while (days.length < limit) {
    const newest = reader.get(queries.newestBefore, { ...scope, before: bound })?.newest;
    if (newest === null || newest === undefined) break;
    const day = dayOf(newest, timeZone);
    if (day === null) {
      bound = newest;
      continue;
    }
    const { from, to } = dayBounds(day, timeZone);
    days.push({ day, from, to, count: cappedCount(reader, queries, scope, { from, to, limit: countLimit }) });
    bound = timeBound(from, 'from');
  }
  return days;
}

/** What the newest day that is asked for begins before, as a bound. Throws InvalidDataError when the day or the time zone is none. */
export function firstBound({ before, timeZone }: Pick<IntervalDayQuery, 'before' | 'timeZone'>): string {
  requireTimeZone(timeZone);
  return before === undefined ? AFTER_ALL_TIMES : timeBound(utcText(dayStart(requireDay(before), timeZone)), 'before');
}

/** The local day of a stored time; null for one to step over: no time at all, or the least or greatest that Python knows. */
export function dayOf(stored: string, timeZone: string): string | null {
  const moment = utcMilliseconds(stored);
  return moment >= FIRST_MOMENT && moment < LAST_MOMENT ? localDay(moment, timeZone) : null;
}

/** First moment of a local day and of the next, naive UTC text. */
export function dayBounds(day: string, timeZone: string): { from: string; to: string } {
  return { from: utcText(dayStart(day, timeZone)), to: utcText(dayStart(addDays(day, 1), timeZone)) };
}

/** How many intervals of the scope start in [from, to), counted no further than `limit`. */
export function cappedCount(
  reader: SqlReader,
  queries: DayQueries,
  scope: SqlParameters,
  { from, to, limit }: { from: string; to: string; limit: number },
): CappedCount {
  const bounds = { from: timeBound(from, 'from'), to: timeBound(to, 'to') };
  return capped(reader.get(queries.cappedCount, { ...scope, ...bounds, limit: limit + 1 })?.count ?? 0, limit);
}

/** A count that went one further than `limit` at most. */
export function capped(count: number, limit: number): CappedCount {
  return { count: Math.min(count, limit), capped: count > limit };
}

function requireTimeZone(timeZone: string): void {
  try {
    localDay(0, timeZone);
  } catch (error) {
    throw new InvalidDataError(`“${timeZone}” is no time zone.`, 'Give an IANA name such as Europe/Berlin.', { cause: error });
  }
}

function requireDay(day: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))) return day;
  throw new InvalidDataError(`“${day}” is no day.`, 'Give it as YYYY-MM-DD.');
}
