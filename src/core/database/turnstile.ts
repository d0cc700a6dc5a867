import { LockTimeoutError, throwIfAborted } from '../errors';
import type { Clock } from '../ports/clock';

/** Lets one through at a time, in the order they came. One that gives up waiting holds nobody up. */
export class Turnstile {
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs `fn` when all who came before are done. `deadline` is on the clock's monotonic scale, ms; throws LockTimeoutError
   * when it passes first and CancelledError when `signal` aborts first.
   */
  pass<T>(fn: () => Promise<T>, deadline: number, signal?: AbortSignal): Promise<T> {
    const before = this.#last;
    const mine = this.#waitFor(before, deadline, signal).then(fn);
    this.#last = Promise.allSettled([before, mine]);
    return mine;
  }

  async #waitFor(before: Promise<unknown>, deadline: number, signal: AbortSignal | undefined): Promise<void> {
    const arrived = new AbortController();
    const over = signal ? AbortSignal.any([arrived.signal, signal]) : arrived.signal;
    const late = this.#clock.sleep(Math.max(0, deadline - this.#clock.monotonic()), over).then(
      () => true,
      () => false,
    );
    const isLate = await Promise.race([before.then(() => false), late]);
    arrived.abort();
    throwIfAborted(signal, 'Waiting for the database');
    if (isLate) throw new LockTimeoutError('another session of this process was still running.');
  }
}
