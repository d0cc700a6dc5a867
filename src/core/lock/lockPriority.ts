/** Classes of those who wait for a lock, least urgent first. */
export const lockPriorities = ['background', 'normal', 'interactive', 'critical'] as const;

/**
 * How urgent a use of the lock is. `critical`: repairing the lock itself. `interactive`: somebody waits for it, such as an edit.
 * `normal`: what says nothing. `background`: long work in many steps, such as a sync.
 */
export type LockPriority = (typeof lockPriorities)[number];

/** Of the most urgent class. */
export const HIGHEST_RANK = lockPriorities.length - 1;

/** ms of waiting that raise a class by one. */
const AGEING = 5000;

/** After so many grants to more urgent ones, one that is less urgent and waits has the right of way: the eighth is for it. */
export const MOST_PASSED_OVER = 7;

/** A class as a number, 0 to 3, higher for the more urgent; it rises while one waits. @param waited ms */
export function rankOf(priority: LockPriority, waited = 0): number {
  return Math.min(HIGHEST_RANK, lockPriorities.indexOf(priority) + Math.floor(waited / AGEING));
}
