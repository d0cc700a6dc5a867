import type { Format } from '../format';
import type { Interval } from '../model';
import { utcMicroseconds } from '../time';

/** What is to be said of one interval, a line each. */
export function describeInterval(name: string, { entityId, state, startTime, endTime }: Interval, format: Format): string[] {
  const seconds = (utcMicroseconds(endTime) - utcMicroseconds(startTime)) / 1e6;
  return [
    name,
    ...(entityId === name ? [] : [entityId]),
    `${state}: ${format.duration(seconds)}`,
    `${format.moment(startTime)} – ${format.moment(endTime)}`,
    `${startTime} – ${endTime} UTC`,
  ];
}
