import { DAY_US, localDay, SECOND_US } from '../time';
import type { RangeLength, TimelineRange } from './timelineRange';

/** What is seen of time, µs since the epoch; `to` is exclusive. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

const SHORTEST = 10 * SECOND_US;
const LONGEST = 400 * DAY_US;

/** AOD has nothing from before it was written, and pruning leaves nothing as old; years have four digits in stored texts. */
const EARLIEST = Date.UTC(2000, 0, 1) * 1000;
const LATEST = Date.UTC(2100, 0, 1) * 1000;

/** Zooms so that a moment stays where it is. @param factor below 1 shows less */
export function zoomed({ from, to }: TimeWindow, factor: number, around: number): TimeWindow {
  const span = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const share = (around - from) / (to - from);
  const start = Math.round(around - share * span);
  return within({ from: start, to: start + Math.round(span) });
}

/** @param by µs; above 0 shows what is later */
export function panned({ from, to }: TimeWindow, by: number): TimeWindow {
  const whole = Math.round(by);
  return within({ from: from + whole, to: to + whole });
}

/** The window as long that has a moment in it, as near as can be; in the middle where it was out of sight. */
export function showing(window: TimeWindow, moment: number): TimeWindow {
  if (moment >= window.from && moment < window.to) return window;
  return panned(window, moment - (window.from + window.to) / 2);
}

function within({ from, to }: TimeWindow): TimeWindow {
  const by = from < EARLIEST ? EARLIEST - from : to > LATEST ? LATEST - to : 0;
  return { from: from + by, to: to + by };
}

export function isWindow({ from, to }: TimeWindow): boolean {
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= EARLIEST && to <= LATEST && to - from >= SHORTEST;
}

/** The whole local days that come nearest to a window: what its address says, and what it is as text. */
export function nearestRange({ from, to }: TimeWindow, timeZone: string): TimelineRange {
  const days = (to - from) / DAY_US;
  const length: RangeLength = days < 3 ? 'day' : days < 14 ? 'week' : 'fourWeeks';
  const day = localDay((length === 'day' ? (from + to) / 2 : to - 1) / 1000, timeZone);
  return { length, day };
}
