import { StoredTimes } from '../storedTimes';
import { DAY_US, utcTextOfMicroseconds, zoneOffset } from '../time';

const MINUTE_US = 60_000_000;

/** Years that stay of four digits in any time zone: 1000 to 9998. */
const FIRST = Date.UTC(1000, 0, 2) * 1000;
const LAST = Date.UTC(9998, 11, 30) * 1000;

/** A stored time with its zone, in both ways; a text that is no time stays what it is, so that nothing is lost. */
export interface ZonedTime {
  readonly local: string;
  readonly utc: string;
}

/** Writes stored times (naive UTC text) as ISO 8601 with a zone, all six digits kept: `2026-11-24T14:05:01.123456+01:00` and `…Z`. */
export class ZonedTimes {
  readonly #timeZone: string;
  readonly #times = new StoredTimes();
  /** By day of the epoch: µs that clocks are ahead of UTC, null for a day on which they change. */
  readonly #offsets = new Map<number, number | null>();

  /** @param timeZone IANA name */
  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  write(stored: string): ZonedTime {
    const moment = this.#times.microseconds(stored);
    if (!(moment > FIRST && moment < LAST)) return { local: stored, utc: stored };
    const offset = this.#offset(moment);
    const utc = utcTextOfMicroseconds(moment).replace(' ', 'T');
    const local = offset === 0 ? utc : utcTextOfMicroseconds(moment + offset).replace(' ', 'T');
    return { local: `${local}${suffix(offset)}`, utc: `${utc}Z` };
  }

  #offset(moment: number): number {
    const day = Math.floor(moment / DAY_US);
    let offset = this.#offsets.get(day);
    if (offset === undefined) {
      const [first, last] = [day * DAY_US, (day + 1) * DAY_US].map((edge) => this.#offsetAt(edge));
      offset = first === last ? (first ?? 0) : null;
      this.#offsets.set(day, offset);
    }
    return offset ?? this.#offsetAt(moment);
  }

  /** ISO 8601 knows no seconds in an offset; those of the time before standard time are rounded, and the local time with them. */
  #offsetAt(moment: number): number {
    return Math.round((zoneOffset(moment / 1000, this.#timeZone) * 1000) / MINUTE_US) * MINUTE_US;
  }
}

const suffixes = new Map<number, string>();

function suffix(offset: number): string {
  let text = suffixes.get(offset);
  if (text === undefined) {
    const minutes = Math.abs(offset) / MINUTE_US;
    const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
    text = `${offset < 0 ? '-' : '+'}${hour}:${minute}`;
    suffixes.set(offset, text);
  }
  return text;
}
