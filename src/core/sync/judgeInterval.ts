import { DAY_US, SECOND_US } from '../time';
import type { IntervalCounts } from './syncReport';

const OLDEST = 365 * DAY_US;
/** AOD drops `on` states that last longer than this, µs: an occupied interval that reaches into a span began no earlier before it. */
export const LONGEST_ON = 46_800 * SECOND_US;
const SHORTEST = 5 * SECOND_US;

/** States that AOD takes for no state, in exactly this spelling. */
const UNUSABLE: ReadonlySet<string | null> = new Set(['unknown', 'unavailable', '', 'NaN', null]);

/** How an interval is counted that AOD does not keep; null where it keeps it. */
export type IntervalFault = Exclude<keyof IntervalCounts, 'added' | 'alreadyThere'>;

/** AOD's filter of the intervals that a sync makes. Times in µs; `now` is when the sync takes place. */
export function judgeInterval(state: string | null, start: number, end: number, now: number): IntervalFault | null {
  if (start < now - OLDEST) return 'tooOld';
  const lasts = end - start;
  if (state === 'on') return lasts > LONGEST_ON ? 'tooLong' : null;
  if (UNUSABLE.has(state)) return 'unusable';
  return lasts < SHORTEST ? 'tooShort' : null;
}
