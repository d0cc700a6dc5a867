import type { SlotClock } from '../model';
import { DAY_MS, HOUR_MS, localDay, localHour } from '../time';

export const DAYS = 7;

/** Slots of a day, an hour each, in every version of AOD. */
export const SLOTS = 24;

/** A slot of the week. */
export interface WeekSlot {
  /** 0 = Monday */
  readonly day: number;
  /** Hour of the day, 0–23. */
  readonly slot: number;
}

/** The slot that AOD goes by at a moment (ms since the epoch). @param timeZone IANA name */
export function slotAt(moment: number, clock: SlotClock, timeZone: string): WeekSlot {
  const zone = clock === 'utc' ? 'UTC' : timeZone;
  // AOD counts from Monday = 0; a Date counts from Sunday = 0.
  const day = (new Date(`${localDay(moment, zone)}T00:00:00Z`).getUTCDay() + 6) % DAYS;
  return { day, slot: localHour(moment, zone) };
}

/** When a slot of the UTC week begins that is going on at `now` or comes next (both ms since the epoch). */
export function nextUtcStart({ day, slot }: WeekSlot, now: number): number {
  const current = slotAt(now, 'utc', 'UTC');
  const hours = ((day - current.day + DAYS) % DAYS) * SLOTS + slot - current.slot;
  return Math.floor(now / HOUR_MS) * HOUR_MS + hours * HOUR_MS + (hours < 0 ? DAYS * DAY_MS : 0);
}

/** In every time zone hours begin on a quarter of an hour of UTC, ms. */
const QUARTER = HOUR_MS / 4;

/** ms from `now` (ms since the epoch) until the next moment at which another slot may begin. */
export function untilNextSlot(now: number): number {
  return QUARTER - (now % QUARTER);
}

export function isSameSlot(left: WeekSlot, right: WeekSlot): boolean {
  return left.day === right.day && left.slot === right.slot;
}
