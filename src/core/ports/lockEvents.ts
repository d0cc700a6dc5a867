import type { LockGuarantee } from '../lock/lock';
import type { LockDialect } from '../lock/lockInspection';
import type { LockPriority } from '../lock/lockPriority';

/**
 * Whom somebody waited behind: nobody (`none`), ours (this process or another of ours), a peer by its dialect, or nobody that could be
 * seen, the path being left free for a peer that may wait (`courtesy`).
 */
export type LockPeer = 'ours' | 'courtesy' | LockDialect;

/** One use of the lock from its request to its beginning. */
export interface Acquired {
  readonly priority: LockPriority;
  readonly guarantee: LockGuarantee;
  /** The last one who was in the way; `none` where there was nobody. */
  readonly peer: LockPeer;
  readonly waited: number;
  /** Of that, waiting for the guard. */
  readonly guardWaited: number;
  /** From the last event of the lock file to having it; undefined where no event came. */
  readonly handedOff: number | undefined;
  /** How often it was tried again. */
  readonly polls: number;
}

export type Failure = 'timeout' | 'cancelled' | 'unusable';

/**
 * What a lock tells of its uses, as they happen, to whoever counts them. Nothing in here may throw, wait, or take longer than
 * a microsecond. All times are ms of the monotonic clock.
 */
export interface LockEvents {
  /** @param ahead callers of this process that have the lock or wait for it already */
  asked(ahead: number): void;
  acquired(how: Acquired): void;
  failed(how: Failure): void;
  /** A use inside another one, which waits for nothing. */
  joined(): void;
  released(held: number): void;
  /** A hold of another one, behind whom we waited, ended. */
  peerHeld(peer: LockPeer, held: number): void;
  /** The lock was lost while it was held. */
  lost(): void;
  /** A stale file was removed: of one of ours that is gone, or of a peer for its age. */
  broke(reason: 'orphan' | 'age'): void;
  /** A stale file was not removed after all: it changed, or the file system refused. */
  keptStale(): void;
  /** Our new file was removed by a peer that took it for the stale one before it. */
  unsettled(): void;
  /** A more urgent one of ours was let through. */
  yielded(): void;
  /** The lock file could not be looked at. */
  fault(): void;
  /** @param lag behind its time; undefined when the file could not be refreshed */
  beat(lag: number | undefined): void;
}
