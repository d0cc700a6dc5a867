/** Classes of those who wait for a lock, least urgent first. */
export const lockPriorities = ['background', 'normal', 'interactive', 'critical'] as const;

/**
 * How urgent a use of the lock is. `critical`: repairing the lock itself. `interactive`: somebody waits for it, such as an edit.
 * `normal`: what says nothing. `background`: long work in many steps, such as a sync.
 */
export type LockPriority = (typeof lockPriorities)[number];

/** A class as a number: the more urgent, the higher. */
export function rankOf(priority: LockPriority): number {
  return lockPriorities.indexOf(priority);
}
