import { CancelledError } from '../errors';
import type { Clock } from '../ports/clock';

export interface QueueRequest {
  readonly deadline: { readonly remaining: number };
  readonly signal?: AbortSignal | undefined;
  /** Reported from time to time while it lasts. */
  readonly wait?: { readonly untilReport: number; report(): void };
}

interface Waiter {
  /** Called with the turn. */
  grant(): void;
}

/** First come, first served among the callers of one process: only the head of the queue touches the disk. */
export class LockQueue {
  readonly #clock: Clock;
  readonly #waiting: Waiter[] = [];
  #isTaken = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Those who have the turn or wait for it. */
  get depth(): number {
    return this.#waiting.length + (this.#isTaken ? 1 : 0);
  }

  /** Takes the turn if nobody has it. */
  tryEnter(): boolean {
    if (this.#isTaken) return false;
    this.#isTaken = true;
    return true;
  }

  /**
   * Waits for the turn until the deadline. The turn ends with `leave`.
   * @returns false when the time was up first
   * @throws CancelledError when `signal` aborts first
   */
  async enter({ deadline, signal, wait }: QueueRequest): Promise<boolean> {
    if (this.tryEnter()) return true;
    const granted = new AbortController();
    const woken = signal ? AbortSignal.any([granted.signal, signal]) : granted.signal;
    let isMine = false;
    const waiter = {
      grant() {
        isMine = true;
        granted.abort();
      },
    };
    this.#waiting.push(waiter);
    while (!woken.aborted && deadline.remaining > 0) {
      // Rejected by the turn or by the caller's abort, told apart below.
      await this.#clock.sleep(Math.min(deadline.remaining, wait?.untilReport ?? Infinity), woken).catch(() => undefined);
      if (!woken.aborted) wait?.report();
    }
    if (isMine && !signal?.aborted) return true;
    if (isMine) this.leave();
    else this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
    if (signal?.aborted) throw new CancelledError('Waiting for the database lock');
    return false;
  }

  /** Ends the turn: the next one in the queue has it. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next.grant();
    else this.#isTaken = false;
  }
}
