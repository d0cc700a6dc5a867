import type { Clock } from '../ports/clock';
import type { OccupancySession } from './occupancySession';

/** What a work is written with that takes several transactions, with room for others in between. */
export interface ChunkedWrites {
  readonly clock: Clock;
  /** Runs `work` in a write transaction of its own under the lock, committed when it resolves. */
  readonly inSession: <T>(work: (session: OccupancySession) => T) => Promise<T>;
}
