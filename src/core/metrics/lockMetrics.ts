import type { LockGuarantee } from '../lock/lock';
import type { LockPriority } from '../lock/lockPriority';
import type { Failure, LockPeer } from '../ports/lockEvents';
import type { Distribution } from './distribution';

export type ByPeer = Readonly<Partial<Record<LockPeer, Distribution>>>;

/** What one process did with one lock since it began to count. Plain data; all times in seconds. */
export interface LockMetrics {
  /** The lock file. */
  readonly path: string;
  /** Id of the process that counted. */
  readonly pid: number;
  /** ms since the epoch: when counting began, or was reset. */
  readonly since: number;
  /** ms since the epoch. */
  readonly at: number;
  /** What the latest use really rested on; null before the first. */
  readonly guarantee: LockGuarantee | null;
  /** Uses that got the lock, by how urgent they were. */
  readonly acquired: Readonly<Record<LockPriority, number>>;
  /** Uses that did not get it. */
  readonly failed: Readonly<Record<Failure, number>>;
  readonly counts: Readonly<Record<LockCount, number>>;
  /** From the request to having it, by who was in the way; `none` is the uncontended case. */
  readonly wait: ByPeer;
  /** How long ours had it. */
  readonly hold: Distribution;
  /** How long those had it whom ours waited behind. */
  readonly peerHold: ByPeer;
  /** From the event of its release to having it. */
  readonly handOff: ByPeer;
  /** Of each use that waited for the guard. */
  readonly guardWait: Distribution;
  readonly heartbeatLag: Distribution;
  /** Callers of the same process that were before each one. */
  readonly queueDepth: Distribution;
  /** How often each use that did not get it at once tried again. */
  readonly polls: Distribution;
}

/** Things that are only counted; see LockEvents for what they are. */
export const lockCounts = [
  'joined',
  'brokenOrphans',
  'brokenByAge',
  'keptStale',
  'lost',
  'unsettled',
  'yielded',
  'faults',
  'failedBeats',
] as const;

export type LockCount = (typeof lockCounts)[number];
