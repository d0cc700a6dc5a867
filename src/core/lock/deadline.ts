import type { Clock } from '../ports/clock';
import type { LockPeer } from '../ports/lockEvents';

/** The end of a wait, by the monotonic clock. */
export class Deadline {
  readonly #clock: Clock;
  readonly #began: number;
  readonly #patience: ((peer: LockPeer) => number) | undefined;
  readonly #faced: LockPeer[] = [];
  #ms: number;

  /**
   * @param seconds from now
   * @param patience makes it adaptive: the ms that are worth waiting behind a peer, asked once for each that is met. The longest
   *   counts, and `seconds` only until the first.
   */
  constructor(clock: Clock, seconds: number, patience?: (peer: LockPeer) => number) {
    this.#clock = clock;
    this.#began = clock.monotonic();
    this.#ms = seconds * 1000;
    this.#patience = patience;
  }

  /** ms, never negative */
  get remaining(): number {
    return Math.max(0, this.#began + this.#ms - this.#clock.monotonic());
  }

  get isAdaptive(): boolean {
    return this.#patience !== undefined;
  }

  /** Somebody was found in the way. */
  meets(peer: LockPeer): void {
    if (!this.#patience || this.#faced.includes(peer)) return;
    const ms = this.#patience(peer);
    this.#ms = this.#faced.length === 0 ? ms : Math.max(this.#ms, ms);
    this.#faced.push(peer);
  }
}
