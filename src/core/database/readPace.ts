import type { Clock } from '../ports/clock';

/** Reading in a row that is not worth a pause, ms: timers are no finer. */
const WORTH_A_PAUSE = 4;

/** A read that took longer was itself held up, ms. */
const LONGEST_COUNTED = 50;

/**
 * Lets one read through at a time, and rests for as long as it has read. A writer's checkpoint gets through only while nobody
 * reads: without these pauses, trees that are refreshed all the time let the -wal of a busy writer grow many times larger.
 */
export class ReadPace {
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();
  /** ms read that have not been rested for. */
  #owed = 0;
  #lastEnd = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  run<T>(read: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(() => this.#rested(read));
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #rested<T>(read: () => Promise<T>): Promise<T> {
    const idle = this.#clock.monotonic() - this.#lastEnd;
    this.#owed = Math.max(0, this.#owed - idle);
    if (this.#owed >= WORTH_A_PAUSE) {
      await this.#clock.sleep(this.#owed);
      this.#owed = 0;
    }
    const started = this.#clock.monotonic();
    try {
      return await read();
    } finally {
      this.#lastEnd = this.#clock.monotonic();
      this.#owed += Math.min(this.#lastEnd - started, LONGEST_COUNTED);
    }
  }
}
