import type { ChunkedWrites } from '../../core/database/chunkedWrites';
import type { Clock } from '../../core/ports/clock';
import { systemClock } from '../systemClock';
import type { OccupancyDatabase } from './occupancyDatabase';

/** Lets a work write to a database in many sessions, each behind all who wait for theirs. */
export function inChunks(
  database: OccupancyDatabase,
  signal: AbortSignal | undefined,
  clock: Clock = systemClock,
): ChunkedWrites {
  const options = { priority: 'background', signal, bulk: true } as const;
  return { clock, inSession: (work) => database.withLockedSession(work, options) };
}
