/** AOD stores naive UTC text, `YYYY-MM-DD HH:MM:SS.ffffff`; a text without the fraction means the same moment. */
const STORED = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?/;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const SECOND_US = 1_000_000;
export const HOUR_US = 3600 * SECOND_US;
export const DAY_US = 24 * HOUR_US;

/** Stored text → µs since the epoch, a whole number; NaN when it is not such a text, or no such day. */
export function utcMicroseconds(text: string): number {
  const match = STORED.exec(text);
  if (!match) return Number.NaN;
  const [, date, time, fraction = ''] = match;
  const whole = Date.parse(`${date}T${time}Z`);
  // Date makes the 2nd of March of the 30th of February: days would be listed twice.
  const isDate = !Number.isNaN(whole) && new Date(whole).toISOString().startsWith(`${date}T`);
  return isDate ? whole * 1000 + Number(fraction.padEnd(6, '0')) : Number.NaN;
}

/** Stored text → ms since the epoch, with the microseconds as a fraction; NaN when it is not such a text, or no such day. */
export function utcMilliseconds(text: string): number {
  return utcMicroseconds(text) / 1000;
}

/** The day of the last text that was made: the next one is mostly of the same, and Date is slow. */
let lastDay = Number.NaN;
let lastDate = '';

const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** µs since the epoch, a whole number → stored text, always with six digits as AOD's SQLAlchemy writes it. */
export function utcTextOfMicroseconds(microseconds: number): string {
  const day = Math.floor(microseconds / DAY_US);
  if (day !== lastDay) {
    lastDate = new Date((day * DAY_US) / 1000).toISOString().slice(0, 10);
    lastDay = day;
  }
  const ofDay = microseconds - day * DAY_US;
  const fraction = ofDay % SECOND_US;
  const seconds = (ofDay - fraction) / SECOND_US;
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const time = `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[seconds % 60]}`;
  return `${lastDate} ${time}.${String(SECOND_US + fraction).slice(1)}`;
}

/** ms since the epoch → stored text; rounded to the microsecond. */
export function utcText(milliseconds: number): string {
  return utcTextOfMicroseconds(Math.round(milliseconds * 1000));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function localParts(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** The wall clock of `timeZone` at a moment, as if it were UTC (ms). */
function wallClock(milliseconds: number, timeZone: string): number {
  const parts = new Map(
    localParts(timeZone)
      .formatToParts(milliseconds)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** How far the clocks of `timeZone` are ahead of UTC at a moment, ms. */
export function zoneOffset(milliseconds: number, timeZone: string): number {
  const whole = Math.floor(milliseconds / 1000) * 1000;
  return wallClock(whole, timeZone) - whole;
}

/** The calendar day of a moment in `timeZone`, `YYYY-MM-DD`. */
export function localDay(milliseconds: number, timeZone: string): string {
  return new Date(wallClock(milliseconds, timeZone)).toISOString().slice(0, 10);
}

/** The hour of the wall clock in `timeZone`, 0–23. */
export function localHour(milliseconds: number, timeZone: string): number {
  return new Date(wallClock(milliseconds, timeZone)).getUTCHours();
}

/** The wall clock in `timeZone`, `HH:MM`. */
export function localTime(milliseconds: number, timeZone: string): string {
  return new Date(wallClock(milliseconds, timeZone)).toISOString().slice(11, 16);
}

/** First moment of a local calendar day, ms since the epoch; right across changes of daylight saving time. */
export function dayStart(day: string, timeZone: string): number {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`);
  // The offset is looked up where the day may begin: before and after a change of clocks it differs.
  const candidates = [asIfUtc - DAY_MS / 2, asIfUtc + DAY_MS / 2].map((near) => asIfUtc - (wallClock(near, timeZone) - near));
  const hits = candidates.filter((candidate) => wallClock(candidate, timeZone) === asIfUtc);
  if (hits.length > 0) return Math.min(...hits);
  // Midnight itself was skipped: the day begins where the clocks went to.
  return Math.max(...candidates);
}

/** The calendar day `days` after `day`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** IANA name of this computer's time zone; UTC where it has none that Intl accepts, as a container with an empty TZ. */
export function localTimeZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions() as Partial<Intl.ResolvedDateTimeFormatOptions>;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
