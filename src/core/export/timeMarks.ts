import type { Format } from '../format';
import { addDays, dayStart, localDay, localTime } from '../time';

/** A place on an axis of time. */
export interface TimeMark {
  /** µs since the epoch. */
  readonly moment: number;
  readonly label: string;
}

/** Local hours between two marks of a day. */
const HOURS = 3;
/** ms; clocks change by multiples of this. */
const STEP = 900_000;
/** More days than this have a mark a week. */
const MOST_DAYS = 10;

/** Marks for an axis from `from` to `to` (µs since the epoch): hours by the wall clock for up to two days, else days or weeks. */
export function timeMarks(from: number, to: number, timeZone: string, format: Format): TimeMark[] {
  const days: string[] = [];
  const last = localDay((to - 1) / 1000, timeZone);
  for (let day = localDay(from / 1000, timeZone); day <= last; day = addDays(day, 1)) days.push(day);
  const marks = days.length > 2 ? dayMarks(days, timeZone, format) : hourMarks(from, to, timeZone);
  return marks.filter(({ moment }) => moment >= from && moment < to);
}

/** An hour that comes twice is marked where it comes first. */
function hourMarks(from: number, to: number, timeZone: string): TimeMark[] {
  const marks = new Map<string, TimeMark>();
  for (let moment = Math.ceil(from / 1000 / STEP) * STEP; moment < to / 1000; moment += STEP) {
    const label = localTime(moment, timeZone);
    const key = `${localDay(moment, timeZone)} ${label}`;
    if (label.endsWith(':00') && Number(label.slice(0, 2)) % HOURS === 0 && !marks.has(key))
      marks.set(key, { moment: moment * 1000, label });
  }
  return [...marks.values()];
}

function dayMarks(days: readonly string[], timeZone: string, format: Format): TimeMark[] {
  const isShort = days.length <= MOST_DAYS;
  return days
    .filter((_, index) => isShort || index % 7 === 0)
    .map((day) => ({
      moment: dayStart(day, timeZone) * 1000,
      label: isShort ? format.dayOfWeek(day) : format.dayOfMonth(day),
    }));
}
