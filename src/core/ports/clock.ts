/** Time as the core sees it; a fake one drives the unit tests. */
export interface Clock {
  /** Wall clock, ms since the Unix epoch. May jump; never used to measure a wait. */
  now(): number;
  /** Monotonic clock, ms from an arbitrary start. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with CancelledError as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
