import { addDays, dayStart, utcTextOfMicroseconds } from '../time';

export const rangeLengths = ['day', 'week', 'fourWeeks'] as const;
export type RangeLength = (typeof rangeLengths)[number];

/** Some whole local days. */
export interface TimelineRange {
  readonly length: RangeLength;
  /** The last of the days, `YYYY-MM-DD`: a week is that day and the six before it, so that today is not followed by emptiness. */
  readonly day: string;
}

const MINUTE_US = 60_000_000;

/**
 * Days, and µs of a column of the text plot: 72 to 84 columns, so that a whole range fits beside its names in the editor of a window
 * 1280 pixels wide with a side bar of the usual width.
 */
const measures: Readonly<Record<RangeLength, { readonly days: number; readonly column: number }>> = {
  day: { days: 1, column: 20 * MINUTE_US },
  week: { days: 7, column: 120 * MINUTE_US },
  fourWeeks: { days: 28, column: 480 * MINUTE_US },
};

/** Width of a column of the text plot, µs. */
export function columnWidth({ length }: TimelineRange): number {
  return measures[length].column;
}

/** The local days of a range, in order. */
export function daysOf({ length, day }: TimelineRange): string[] {
  const { days } = measures[length];
  return Array.from({ length: days }, (_, index) => addDays(day, index - days + 1));
}

/** First moment of a range and first moment after it, µs since the epoch; a day of 23 or 25 hours counts as it is. */
export function rangeBounds(range: TimelineRange, timeZone: string): { from: number; to: number } {
  const [first = range.day] = daysOf(range);
  return { from: dayStart(first, timeZone) * 1000, to: dayStart(addDays(range.day, 1), timeZone) * 1000 };
}

/** Two moments (µs since the epoch) as queries of the database take them: naive UTC text. */
export function queryBounds(from: number, to: number): { from: string; to: string } {
  return { from: utcTextOfMicroseconds(from), to: utcTextOfMicroseconds(to) };
}

/** The range as long that follows, or with -1 the one before. */
export function movedRange(range: TimelineRange, steps: number): TimelineRange {
  return { ...range, day: addDays(range.day, steps * measures[range.length].days) };
}

/** Whether a text is a calendar day that ranges can be counted from: four digits of year with room around them. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text) && text < '9998';
}
