import type { SqlReader } from '../ports/sql';
import type { OccupancyQueries } from '../sql/occupancyQueries';
import { LONGEST_ON } from '../sync/judgeInterval';
import { utcTextOfMicroseconds } from '../time';
import { timeBound } from './timeBounds';

/**
 * The start that an entity is to be read from for all of it that reaches into a range from before. What is active began within the
 * 13 h before the range, since AOD keeps none that is longer. What is inactive may have begun at any time, but is then the newest that
 * began before those 13 h: found by one seek.
 * @param from of the range, µs since the epoch
 */
export function firstReaching(reader: SqlReader, queries: OccupancyQueries, entity: string, from: number): string {
  const since = timeBound(utcTextOfMicroseconds(from - LONGEST_ON), 'time');
  return reader.get(queries.entityIntervals.newestBefore, { entity, before: since })?.newest ?? since;
}
