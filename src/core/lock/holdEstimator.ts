import type { LockPeer } from '../ports/lockEvents';

/** ms: the shortest patience, so that a single pause of a busy machine is no timeout. */
const SHORTEST = 5000;
/** ms: the seed waits for so long, and so do we until we know better. */
export const UNKNOWN_PATIENCE = 30_000;
/** ms: nobody is waited for any longer, whatever was learned. */
export const LONGEST_PATIENCE = 60_000;
/** Holds that have to be seen before they say anything. */
const ENOUGH = 8;
/** ms: how exactly the end of a hold is seen, which is a peer's poll. */
const GRANULARITY = 100;
const MOST_BACK_OFF = 4;

/**
 * How long one kind of holder holds the lock, and for how long it is therefore worth waiting: the retransmission timer of RFC 6298
 * with hold times for round trips. Holds that did not end by themselves are no samples (Karn's rule).
 */
export class HoldEstimator {
  #count = 0;
  #mean = 0;
  #deviation = 0;
  #backOff = 1;

  /** A hold that was seen to its end. @param ms */
  sample(ms: number): void {
    if (this.#count === 0) {
      this.#mean = ms;
      this.#deviation = ms / 2;
    } else {
      // In this order: the deviation is from the mean before this sample.
      this.#deviation += (Math.abs(this.#mean - ms) - this.#deviation) / 4;
      this.#mean += (ms - this.#mean) / 8;
    }
    this.#count++;
  }

  /** A hold that had lasted for so long (ms) when nobody waited for its end any more. It says something only where that is long. */
  censor(ms: number): void {
    if (ms > this.#mean + 4 * this.#deviation) this.#mean = ms;
  }

  timedOut(): void {
    this.#backOff = Math.min(this.#backOff * 2, MOST_BACK_OFF);
  }

  succeeded(): void {
    this.#backOff = 1;
  }

  /**
   * ms for which it is worth waiting.
   * @param ahead how many others wait for the same before this one does
   */
  patience(ahead: number): number {
    const one = this.#mean + Math.max(GRANULARITY, 4 * this.#deviation);
    const expected = this.#count < ENOUGH ? UNKNOWN_PATIENCE : Math.max(SHORTEST, (ahead + 1) * one);
    return Math.min(LONGEST_PATIENCE, expected * this.#backOff);
  }
}

/** The estimators of one lock, by who holds it. */
export class HoldEstimates {
  readonly #byPeer = new Map<LockPeer, HoldEstimator>();

  get peers(): Iterable<LockPeer> {
    return this.#byPeer.keys();
  }

  of(peer: LockPeer): HoldEstimator {
    let estimator = this.#byPeer.get(peer);
    if (!estimator) {
      estimator = new HoldEstimator();
      this.#byPeer.set(peer, estimator);
    }
    return estimator;
  }
}
