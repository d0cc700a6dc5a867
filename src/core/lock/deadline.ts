import type { Clock } from '../ports/clock';

/** The end of a wait, by the monotonic clock. */
export class Deadline {
  readonly #clock: Clock;
  readonly #end: number;

  /** @param seconds from now */
  constructor(clock: Clock, seconds: number) {
    this.#clock = clock;
    this.#end = clock.monotonic() + seconds * 1000;
  }

  /** ms, never negative */
  get remaining(): number {
    return Math.max(0, this.#end - this.#clock.monotonic());
  }
}
