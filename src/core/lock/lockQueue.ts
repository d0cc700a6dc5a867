import { CancelledError } from '../errors';
import type { Clock } from '../ports/clock';
import { type LockPriority, MOST_PASSED_OVER, rankOf } from './lockPriority';

export interface QueueRequest {
  readonly deadline: { readonly remaining: number };
  readonly priority: LockPriority;
  readonly signal?: AbortSignal | undefined;
  /** Reported from time to time while it lasts. */
  readonly wait?: { readonly untilReport: number; report(): void };
}

interface Waiter {
  readonly priority: LockPriority;
  /** On the clock's monotonic scale. */
  readonly since: number;
  /** Called with the turn. */
  grant(): void;
}

/**
 * The callers of one process, of which only the head touches the disk. The more urgent go first, equals in the order they came;
 * who waits gets more urgent, and who is passed over gets through now and then, so nobody starves. Who has the turn keeps it.
 */
export class LockQueue {
  readonly #clock: Clock;
  readonly #waiting: Waiter[] = [];
  #isTaken = false;
  #passedOver = 0;
  #leftAt = -Infinity;

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

  /** Of the most urgent one that waits; -1 while none does. */
  get highestRank(): number {
    return this.#waiting.length === 0 ? -1 : Math.max(...this.#ranks());
  }

  /** When a turn ended last, on the clock's monotonic scale. */
  get leftAt(): number {
    return this.#leftAt;
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
  async enter({ deadline, priority, signal, wait }: QueueRequest): Promise<boolean> {
    if (this.tryEnter()) return true;
    const granted = new AbortController();
    const woken = signal ? AbortSignal.any([granted.signal, signal]) : granted.signal;
    let isMine = false;
    const waiter: Waiter = {
      priority,
      since: this.#clock.monotonic(),
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
    this.#leftAt = this.#clock.monotonic();
    if (this.#waiting.length === 0) this.#isTaken = false;
    else this.#waiting.splice(this.#next(), 1)[0]?.grant();
  }

  /** @returns index of who is next */
  #next(): number {
    const ranks = this.#ranks();
    const highest = Math.max(...ranks);
    const passedOver = ranks.findIndex((rank) => rank < highest);
    if (passedOver !== -1 && this.#passedOver >= MOST_PASSED_OVER) {
      this.#passedOver = 0;
      return passedOver;
    }
    this.#passedOver = passedOver === -1 ? 0 : this.#passedOver + 1;
    return ranks.indexOf(highest);
  }

  #ranks(): number[] {
    const now = this.#clock.monotonic();
    return this.#waiting.map(({ priority, since }) => rankOf(priority, now - since));
  }
}
