import { CancelledError } from '../errors';
import type { Clock } from '../ports/clock';

interface Waiter {
  /** Called with the turn. */
  grant(): void;
}

/** First come, first served among the callers of one process: only the head of the queue touches the disk. */
export class LockQueue {
  readonly #waiting: Waiter[] = [];
  #isTaken = false;

  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Takes the turn if nobody has it. */
  tryEnter(): boolean {
    if (this.#isTaken) return false;
    this.#isTaken = true;
    return true;
  }

  /**
   * Waits for the turn, at most `ms`. The turn ends with `leave`.
   * @returns false when the time was up first
   * @throws CancelledError when `signal` aborts first
   */
  async enter(ms: number, clock: Clock, signal?: AbortSignal): Promise<boolean> {
    if (this.tryEnter()) return true;
    if (ms <= 0) return false;
    const granted = new AbortController();
    let isMine = false;
    const waiter = {
      grant() {
        isMine = true;
        granted.abort();
      },
    };
    this.#waiting.push(waiter);
    try {
      await clock.sleep(ms, signal ? AbortSignal.any([granted.signal, signal]) : granted.signal);
    } catch {
      // Woken by the turn or by the caller's abort, told apart below.
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
