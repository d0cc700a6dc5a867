import type { OccupancyQueries } from '../sql/occupancyQueries';
import type { SqlReader } from '../ports/sql';
import { metadataValue } from '../sql/schemaQueries';
import { DAY_US, HOUR_US, utcMicroseconds } from '../time';
import { UNFINISHED_SYNC_KEY, unfinishedStart } from './unfinishedSync';

export interface SyncStart {
  /** µs since the epoch. */
  readonly start: number;
  /** True where an earlier sync was interrupted, and this one takes up from its start. */
  readonly resumes: boolean;
}

/** Where a sync at `now` (µs) starts: AOD's get_latest_interval, exact to the µs, or where an interrupted one of ours did. */
export function syncStart(reader: SqlReader, queries: OccupancyQueries, now: number): SyncStart {
  const newest = utcMicroseconds(reader.get(queries.latestEnd)?.newest ?? '');
  const usual = Number.isNaN(newest) ? now - 10 * DAY_US : newest - HOUR_US;
  const left = reader.get(metadataValue, { key: UNFINISHED_SYNC_KEY })?.value ?? null;
  const unfinished = left === null ? null : unfinishedStart(String(left));
  return unfinished === null ? { start: usual, resumes: false } : { start: Math.min(usual, unfinished), resumes: true };
}
