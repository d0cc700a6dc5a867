import type { Disposable } from '../disposable';
import type { LockPriority } from './lockPriority';

/**
 * What an acquired lock really rests on, strongest first.
 * `kernel`: the guard, freed by the kernel when we die. `marker`: the file that the seed's Python obeys.
 * `sqlite-only`: no lock file could be used; SQLite's own write lock still serialises every commit.
 *
 * There is no `kernel+marker+flock`: Node has no flock, so releases of AOD that lock with PyPI filelock (2025.10 to 2025.11) are
 * kept apart from our writes by SQLite's own lock alone, whichever of these is named.
 */
export type LockGuarantee = 'kernel+marker' | 'marker' | 'sqlite-only';

/** Seconds to wait for the lock; `auto`: for as long as is worth it, by how long those in the way have held it so far. */
export type LockTimeout = number | 'auto';

/** A lock as the session sees it; FileLock is the one on disk. */
export interface Lock {
  readonly isHeld: boolean;
  readonly guarantee: LockGuarantee;
  /** Runs `fn` holding the lock, and releases it whatever `fn` does. Inside `fn`, taking the same lock again does not wait. */
  run<T>(fn: () => Promise<T>, options?: { signal?: AbortSignal; timeout?: LockTimeout; priority?: LockPriority }): Promise<T>;
  /** Throws LockCompromisedError when the lock is not (or no longer) ours. Called just before every COMMIT. */
  assertHeld(): void;
  onCompromised(listener: () => void): Disposable;
}
