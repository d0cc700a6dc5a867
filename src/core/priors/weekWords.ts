import { DAYS, SLOTS } from './weekSlot';

/** Any Monday, ms since the epoch. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

interface WeekInfo {
  /** 1 = Monday … 7 = Sunday */
  readonly firstDay: number;
}

/** How days and hours of the week read in the user's language. */
export class WeekWords {
  /** Days of AOD (0 = Monday) as a calendar of that language has them, the first day of the week first. */
  readonly order: readonly number[];
  readonly #short: readonly string[];
  readonly #long: readonly string[];
  readonly #hours: readonly string[];

  /** @param locale BCP 47 tag */
  constructor(locale: string) {
    const first = firstDay(locale);
    this.order = Array.from({ length: DAYS }, (_, index) => (first + index) % DAYS);
    this.#short = dayNames(locale, 'short');
    this.#long = dayNames(locale, 'long');
    const hour = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
    this.#hours = Array.from({ length: SLOTS }, (_, slot) => hour.format(slot));
  }

  /** `Mon` */
  shortDay(day: number): string {
    return this.#short[day] ?? '';
  }

  /** `Monday` */
  longDay(day: number): string {
    return this.#long[day] ?? '';
  }

  /** `15` */
  hour(slot: number): string {
    return this.#hours[slot % SLOTS] ?? '';
  }

  /** `15:00 – 16:00` */
  hours(slot: number): string {
    return `${this.hour(slot)}:00 – ${this.hour(slot + 1)}:00`;
  }
}

function dayNames(locale: string, weekday: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  return Array.from({ length: DAYS }, (_, day) => format.format(MONDAY + day * DAY_MS));
}

/** 0 = Monday. Older engines have a property where newer ones have a method; Monday, as in ISO 8601, where there is neither. */
function firstDay(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  const { firstDay: day } = known.getWeekInfo?.() ?? known.weekInfo ?? { firstDay: 1 };
  return (day - 1) % DAYS;
}
