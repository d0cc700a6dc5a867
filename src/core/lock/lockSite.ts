import type { Clock } from '../ports/clock';
import type { Guard } from '../ports/guard';
import type { Heartbeat } from '../ports/heartbeat';
import type { LockEvents } from '../ports/lockEvents';
import type { LockFiles } from '../ports/lockFiles';
import type { OwnerFile } from '../ports/ownerFile';
import type { Processes } from '../ports/processFacts';
import type { TrafficBoard } from '../ports/trafficBoard';
import type { Wake } from '../ports/wake';
import type { CalmHistory } from './calmHistory';
import type { HoldEstimates } from './holdEstimator';
import type { LockQueue } from './lockQueue';
import type { LockObservation } from './lockObservation';
import type { LockWriter, OwnerRecord } from './ownerRecord';

export interface Glance {
  readonly seen: LockObservation;
  readonly record: OwnerRecord | undefined;
}

/** Everything that one process shares about one lock path. */
export interface LockSite {
  /** The lock file, its folder resolved: two spellings of one path are one site. */
  readonly path: string;
  readonly self: LockWriter;
  readonly files: LockFiles;
  readonly guard: Guard;
  readonly owner: OwnerFile;
  readonly board: TrafficBoard;
  readonly processes: Processes;
  readonly heartbeat: Heartbeat;
  readonly clock: Clock;
  readonly queue: LockQueue;
  readonly history: CalmHistory;
  /** Told what happens, for metrics. */
  readonly events: LockEvents;
  /** How long others hold it, for adaptive timeouts. */
  readonly estimates: HoldEstimates;
  /** A look for measuring and telling alone: nothing is decided by it, so it is no step of the protocol. */
  glance(): Glance;
  /** Starts watching the lock file; to be disposed as soon as nothing waits. */
  watch(): Wake;
  /** A number in [0, 1), for jitter and names. */
  readonly random: () => number;
}

/** What is added to the lock's name for a file that is being removed, and before what makes it one's own. */
export const ASIDE = '.stale.';

/** A private name beside the lock, for a file that is being removed. */
export function asideName({ path, self, random }: LockSite): string {
  return `${path}${ASIDE}${self.pid}.${Math.floor(random() * 2 ** 48).toString(36)}`;
}
