import type { Format } from '../format';
import { addDays, DAY_MS, dayStart, HOUR_MS, localDay, localTime } from '../time';

export interface TimeTick {
  /** ms since the epoch */
  readonly at: number;
  readonly label: string;
  /** Whether a local day begins. */
  readonly isDay: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** ms between two ticks within a day; each divides a day. */
const WITHIN_DAY = [
  ...[1, 5, 15, 30].map((count) => count * SECOND),
  ...[1, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
];
/** Days between two ticks. */
const DAYS = [1, 2, 7, 14, 28, 91, 182];

/** ms. Divides every change of clocks. */
const CHANGE = 15 * MINUTE;

/**
 * Ticks of a time axis by the wall clock of a zone: on a day whose clocks are changed the hours are where they are, and an hour that
 * comes twice is marked twice. Few enough that each has `space` of the axis' length for its label.
 * @param from ms since the epoch @param to ms since the epoch @param most how many ticks have room
 */
export function timeTicks(from: number, to: number, most: number, timeZone: string, format: Format): TimeTick[] {
  const step = (to - from) / Math.max(1, most);
  const within = WITHIN_DAY.find((candidate) => candidate >= step);
  const every = within === undefined ? (DAYS.find((days) => days * DAY_MS >= step) ?? 364) : 1;
  const ticks: TimeTick[] = [];
  const last = localDay(to, timeZone);
  for (let day = firstDay(from, every, timeZone); day <= last; day = addDays(day, every)) {
    const begins = dayStart(day, timeZone);
    if (begins >= from && begins <= to) ticks.push({ at: begins, label: dayLabel(day, within, every, format), isDay: true });
    if (within !== undefined) ticks.push(...ticksWithin(day, begins, within, { from, to }, timeZone));
  }
  return ticks;
}

/** Counted from a fixed day on, so that ticks stay where they are while the axis moves. */
function firstDay(from: number, every: number, timeZone: string): string {
  const day = localDay(from, timeZone);
  const number = Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
  return addDays(day, -(number % every));
}

function dayLabel(day: string, within: number | undefined, every: number, format: Format): string {
  if (within === undefined && every === 1) return format.dayOfWeek(day);
  return every < 91 ? format.dayOfMonth(day) : format.day(day);
}

function ticksWithin(
  day: string,
  begins: number,
  step: number,
  { from, to }: { readonly from: number; readonly to: number },
  timeZone: string,
): TimeTick[] {
  const ends = dayStart(addDays(day, 1), timeZone);
  // On a day whose clocks are changed every moment is looked at; on others they are known.
  const isEven = ends - begins === DAY_MS;
  const pace = isEven ? step : Math.min(step, CHANGE);
  const first = Math.max(1, Math.ceil((from - begins) / pace));
  const ticks: TimeTick[] = [];
  for (let at = begins + first * pace; at < ends && at <= to; at += pace) {
    const label = clockLabel(at, step, timeZone);
    if (isEven || timeOfDay(label) % step === 0) ticks.push({ at, label, isDay: false });
  }
  return ticks;
}

function clockLabel(at: number, step: number, timeZone: string): string {
  const minutes = localTime(at, timeZone);
  return step < MINUTE ? `${minutes}:${String(Math.floor(at / SECOND) % 60).padStart(2, '0')}` : minutes;
}

function timeOfDay(label: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = label.split(':').map(Number);
  return hours * HOUR_MS + minutes * MINUTE + seconds * SECOND;
}
