import type { CappedCount } from './model';
import { utcMilliseconds } from './time';

/** Stands for a value that cannot be read: one bad row must not take the others with it. */
const UNREADABLE = '?';

/** How values read, in the user's language and time zone. Never throws, whatever the database holds. */
export class Format {
  readonly #locale: string;
  readonly #number: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #clock: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayTime: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;
  readonly #minute: Intl.DateTimeFormat;
  readonly #offset: Intl.DateTimeFormat;
  readonly #dayOfWeek: Intl.DateTimeFormat;
  readonly #dayOfMonth: Intl.DateTimeFormat;
  readonly #weekMinute: Intl.DateTimeFormat;

  /** @param locale BCP 47 tag; @param timeZone IANA name */
  constructor(locale: string, timeZone: string) {
    this.#locale = locale;
    this.#number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    this.#percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    this.#clock = new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    // The day is given as a calendar day, so it is read and written in UTC.
    this.#day = new Intl.DateTimeFormat(locale, {
      timeZone: 'UTC',
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    });
    this.#dayTime = new Intl.DateTimeFormat(locale, {
      timeZone,
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    this.#moment = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
    this.#minute = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
    this.#offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' });
    this.#dayOfWeek = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
    this.#dayOfMonth = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
    const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    this.#weekMinute = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', ...minute });
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** 0–1 as a percentage. */
  percent(value: number): string {
    return this.#percent.format(value);
  }

  /** A difference of two values of 0–1, with its sign: `+32 points`, `−4.5 points`. */
  points(difference: number): string {
    const size = this.#number.format(Math.abs(Math.round(difference * 1000)) / 10);
    return `${size === '0' ? '±' : difference < 0 ? '−' : '+'}${size} points`;
  }

  count({ count, capped }: CappedCount): string {
    return capped ? `${this.#number.format(count)}+` : this.#number.format(count);
  }

  /** Local wall clock of a stored UTC text. */
  time(stored: string): string {
    return write(this.#clock, utcMilliseconds(stored));
  }

  /** Local wall clock of a moment, ms since the epoch. */
  timeOf(milliseconds: number): string {
    return write(this.#clock, milliseconds);
  }

  /** Local day of the year and wall clock of a stored UTC text. */
  dayTime(stored: string): string {
    return write(this.#dayTime, utcMilliseconds(stored));
  }

  /** Local date and time of a stored UTC text. */
  moment(stored: string): string {
    return write(this.#moment, utcMilliseconds(stored));
  }

  /** Local date and time of a moment, ms since the epoch. */
  momentOf(milliseconds: number): string {
    return write(this.#moment, milliseconds);
  }

  /** Bytes in the unit that fits: `512 byte`, `3.2 MB`. */
  fileSize(bytes: number): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
    const unit = units[power] ?? 'byte';
    return new Intl.NumberFormat(this.#locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / 1000 ** power);
  }

  /** A calendar day, `YYYY-MM-DD`. */
  day(day: string): string {
    return write(this.#day, Date.parse(`${day}T00:00:00Z`));
  }

  /** Local date and time of a moment (ms since the epoch), without seconds. */
  minute(milliseconds: number): string {
    return write(this.#minute, milliseconds);
  }

  /** How far the local clock is ahead of UTC at a moment (ms since the epoch): `UTC+5:30`, `UTC`. */
  offset(milliseconds: number): string {
    const parts = this.#offset.formatToParts(milliseconds);
    return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? UNREADABLE).replace('GMT', 'UTC').replace('-', '−');
  }

  /** A calendar day without its month: `Fri 20`. */
  dayOfWeek(day: string): string {
    return write(this.#dayOfWeek, Date.parse(`${day}T00:00:00Z`));
  }

  /** A calendar day without its year: `20 Nov`. */
  dayOfMonth(day: string): string {
    return write(this.#dayOfMonth, Date.parse(`${day}T00:00:00Z`));
  }

  /** Local weekday and wall clock of a moment (ms since the epoch): `Thursday 20:30`. */
  weekMinute(milliseconds: number): string {
    return write(this.#weekMinute, milliseconds);
  }

  /** Seconds as the two largest units that matter: `3 h 12 min`, `4 min 9 s`, `0.4 s`. */
  duration(seconds: number): string {
    if (!Number.isFinite(seconds)) return UNREADABLE;
    if (seconds < 10) return `${this.#number.format(Math.round(seconds * 10) / 10)} s`;
    const units = [
      { size: 86_400, name: 'd' },
      { size: 3600, name: 'h' },
      { size: 60, name: 'min' },
      { size: 1, name: 's' },
    ];
    const whole = Math.round(seconds);
    const first = units.findIndex(({ size }) => whole >= size);
    const parts = units.slice(first, first + 2).map(({ size, name }, index) => {
      const value = Math.floor((index === 0 ? whole : whole % (units[first]?.size ?? 1)) / size);
      return value > 0 ? `${value} ${name}` : '';
    });
    return parts.filter(Boolean).join(' ');
  }
}

/** Intl throws a RangeError for a moment that is none. */
function write(format: Intl.DateTimeFormat, milliseconds: number): string {
  return Number.isNaN(milliseconds) ? UNREADABLE : format.format(milliseconds);
}
