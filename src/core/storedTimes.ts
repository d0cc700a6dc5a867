import { HOUR_US, SECOND_US, utcMicroseconds } from './time';

/** Reads many stored times that lie close together: what utcMicroseconds says, but each day is worked out once. */
export class StoredTimes {
  #day = '';
  /** First moment of that day, µs since the epoch. */
  #midnight = Number.NaN;

  /** Stored text → µs since the epoch; NaN when it is none. */
  microseconds(text: string): number {
    const isPlain = text.length === 26 && text[10] === ' ' && text[13] === ':' && text[16] === ':' && text[19] === '.';
    if (!isPlain) return utcMicroseconds(text);
    const day = text.slice(0, 10);
    if (day !== this.#day) {
      this.#day = day;
      this.#midnight = utcMicroseconds(`${day} 00:00:00`);
    }
    const [hours, minutes, seconds] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
    const moment = this.#midnight + hours * HOUR_US + (minutes * 60 + seconds) * SECOND_US + digits(text, 20, 26);
    const isSound = hours < 24 && minutes < 60 && seconds < 60 && !Number.isNaN(moment);
    return isSound ? moment : utcMicroseconds(text);
  }
}

/** The number that characters of a text are; NaN when one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let index = from; index < to; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}
