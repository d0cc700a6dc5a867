import type { Interval, IntervalDay, IntervalQuery } from '../model';
import type { IntervalRow } from '../sql/rows';
import type { IntervalDayQuery } from './occupancyReader';
import type { Browse } from './occupancyReads';
import { requireCount } from './timeBounds';

/** Reads a page of intervals step by step, so that others read and write in between. */
export async function readIntervals(browse: Browse, query: IntervalQuery): Promise<Interval[]> {
  const limit = requireCount(query.limit, 'limit');
  const { reading, toInterval } = await browse((reads) => reads.intervalRows(query, limit));
  const rows: IntervalRow[] = [];
  while (rows.length < limit) {
    const more = await browse(() => reading.step());
    if (!more) break;
    rows.push(...more);
  }
  return rows.slice(0, limit).map(toInterval);
}

/** Reads the local days that have intervals; what a filter leaves is searched for step by step. */
export async function readIntervalDays(browse: Browse, query: IntervalDayQuery): Promise<IntervalDay[]> {
  if (!query.filter) return browse((reads) => reads.intervalDays(query));
  const search = await browse((reads) => reads.filteredDays(query));
  while (!(await browse(() => search.step())));
  return search.days;
}

/** Intervals of an entity that its recent states are taken from. */
const NEWEST = 50;
/** Entities that are looked at for them; a home has fewer. */
const MOST_ENTITIES = 1000;
/** Entities that one step reads: about 10 ms. */
const STEP = 40;

/** Names of the states that entities were in lately; of those whose states are numbers, none. */
export async function readRecentStates(browse: Browse): Promise<string[]> {
  const ids = (await browse((reads) => reads.namedStateEntities())).slice(0, MOST_ENTITIES);
  const states = new Set<string>();
  for (let first = 0; first < ids.length; first += STEP) {
    const some = ids.slice(first, first + STEP);
    for (const state of await browse((reads) => reads.recentStates(some, NEWEST))) states.add(state);
  }
  return [...states].toSorted();
}
