import type { Clock } from '../../core/ports/clock';
import { inspectLock } from '../lock/inspectLock';

/** A look costs a few system calls, so it is not taken for every row of a tree, ms. */
const LOOK_INTERVAL = 1000;

/**
 * Tells whether a lock was seen held at `lockPath` in the form that the seed and 2025.8 write, by another program than ours:
 * their readers take the lock, so ours should too. Stays true once it was.
 */
export function watchForSeedLock(lockPath: string, clock: Clock): () => Promise<boolean> {
  let isSeen = false;
  let nextLook = 0;
  return async () => {
    if (isSeen || clock.monotonic() < nextLook) return isSeen;
    nextLook = clock.monotonic() + LOOK_INTERVAL;
    const { state, dialect, ours } = await inspectLock(lockPath);
    // A stale lock is nobody's: a reader that took the lock because of it would remove it unasked.
    isSeen = state === 'held' && !ours && (dialect === 'marker' || dialect === 'pid');
    return isSeen;
  };
}
