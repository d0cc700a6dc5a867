/** ms; what the Redis lock is timed by. */
export interface RedisTimes {
  /** A lease ends by itself after this long without being renewed. */
  readonly ttl: number;
  /** Between two renewals. */
  readonly renewal: number;
  /** Without an answer after this long, a connection counts as cut. */
  readonly answer: number;
  /** For which a server that cannot be reached is tried again, as while it starts anew. */
  readonly patience: number;
}

/** Those of Redisson for the lease; an answer usually comes within a millisecond. */
export const REDIS_TIMES: RedisTimes = { ttl: 30_000, renewal: 10_000, answer: 2000, patience: 1000 };

/** Scaled to another time to live (ms), for tests. */
export function scaledTimes(ttl: number): RedisTimes {
  return { ttl, renewal: ttl / 3, answer: Math.min(ttl / 3, REDIS_TIMES.answer), patience: Math.min(ttl, REDIS_TIMES.patience) };
}

/**
 * ms for which a lease is certain to be ours, from the moment before it was asked for: clocks of two machines may run 1 % apart, and
 * Redis may expire a key some ms early.
 */
export function certainFor(ttl: number): number {
  return ttl - (ttl / 100 + 2);
}
