import { asOccupancyError, LockCompromisedError, RedisUnreachableError } from '../errors';
import type { Clock } from '../ports/clock';
import type { FenceRecord } from '../ports/fenceRecord';
import type { Log } from '../ports/log';
import type { RedisLease, RedisLeases } from '../ports/redisLeases';
import type { Deadline } from './deadline';
import type { RedisFallback, RedisInspection } from './lockInspection';
import { RedisAcquisition } from './redisAcquisition';

/** The fencing token of one write. */
export interface Fence {
  readonly number: number;
  /**
   * To be called under the file lock, before anything is read or written: from then on no lower fence is let in.
   * Throws LockCompromisedError; what else it throws, FenceRegressed, must reach RedisFencing.run.
   */
  claim(): void;
  /** Throws LockCompromisedError unless the lease is certainly ours and no higher fence was let in. Called just before COMMIT. */
  assertHeld(): void;
}

export interface FencingParts {
  readonly leases: RedisLeases;
  readonly record: FenceRecord;
  readonly clock: Clock;
  readonly log: Log;
  readonly fallback: RedisFallback;
  /** ms for which a server that cannot be reached is tried again. */
  readonly patience: number;
  readonly random: () => number;
  /** 128 random bits. */
  readonly newToken: () => string;
}

/** ms; while writes go on without Redis, it is tried again no more often, since each try takes its time. */
const REST = 10_000;
/** Each time, Redis must have lost its counter anew. */
const MOST_REGRESSIONS = 3;

/** Our fence is not above all that were let in: either Redis lost its counter, or the lease is another's by now. */
class FenceRegressed extends Error {
  readonly highest: number;

  constructor(highest: number) {
    super(`The fencing token is not above ${highest}.`);
    this.highest = highest;
  }
}

/**
 * The Redis lock of one database around its writes, for instances of this extension on several hosts. It binds nobody else, so it
 * comes on top of the file lock.
 *
 * It is taken before the file lock: Home Assistant waits for that one, and must never wait for a network that we wait for. All of
 * ours take the two in this order, so none waits for another in a circle.
 */
export class RedisFencing {
  readonly #parts: FencingParts;
  /** By the monotonic clock, ms: since when writes go on without Redis. */
  #withoutSince: number | undefined;

  constructor(parts: FencingParts) {
    this.#parts = parts;
  }

  /**
   * Runs `work` holding the lease; with null where Redis cannot be reached and writes go on without. `work` may run again, but only
   * when its `claim` threw.
   * @throws LockTimeoutError, CancelledError, LockCompromisedError, RedisUnreachableError, RedisAuthError, RedisError
   */
  async run<T>(work: (fence: Fence | null) => Promise<T>, deadline: Deadline, signal?: AbortSignal): Promise<T> {
    const { record, leases, newToken, log } = this.#parts;
    const [database, token] = [record.id(), newToken()];
    const lease = await this.#acquire(database, token, deadline, signal);
    if (!lease) return work(null);
    try {
      return await this.#fenced(work, database, token, lease);
    } finally {
      // Not awaited: what was committed is committed, and a lease that is not given back runs out by itself.
      leases
        .release(database, token)
        .catch((error: unknown) => log.warn(`The Redis lock was not released and will run out by itself: ${String(error)}`));
    }
  }

  /** Looks without changing anything. Never rejects. */
  async inspect(): Promise<RedisInspection> {
    const { leases, record, fallback } = this.#parts;
    const known = { server: leases.server, fallback };
    try {
      if (!record.exists()) return { ...known, state: 'unused' };
      const holder = await leases.inspect(record.id());
      return holder ? { ...known, state: 'held', holder } : { ...known, state: 'free' };
    } catch (error) {
      const { code, message } = asOccupancyError(error);
      return { ...known, state: 'failed', fault: { code, message } };
    }
  }

  /** Undefined where writes go on without. */
  async #acquire(database: string, token: string, deadline: Deadline, signal?: AbortSignal): Promise<RedisLease | undefined> {
    const { fallback, patience, clock, log } = this.#parts;
    if (this.#withoutSince !== undefined && clock.monotonic() - this.#withoutSince < REST) return undefined;
    try {
      const lease = await new RedisAcquisition(this.#parts, { database, token, deadline, patience, signal }).run();
      if (this.#withoutSince !== undefined) log.info('Redis can be reached again; writes take its lock again.');
      this.#withoutSince = undefined;
      return lease;
    } catch (error) {
      if (fallback === 'refuse' || !(error instanceof RedisUnreachableError)) throw error;
      if (this.#withoutSince === undefined) {
        log.warn(`${error.message} Until it can be, writes go on under the file lock alone, as the settings say.`);
      }
      this.#withoutSince = clock.monotonic();
      return undefined;
    }
  }

  async #fenced<T>(work: (fence: Fence) => Promise<T>, database: string, token: string, lease: RedisLease): Promise<T> {
    const { leases, log } = this.#parts;
    for (let number = lease.fence, regressions = 0; ; regressions++) {
      try {
        return await work(this.#fence(database, number, lease));
      } catch (error) {
        if (!(error instanceof FenceRegressed)) throw error;
        if (regressions === MOST_REGRESSIONS) throw new LockCompromisedError('Redis lost its fencing counter again and again.');
        // By now the file lock is free again, so nobody waits for this answer but us.
        const raised = await leases.raise(database, token, error.highest);
        if (raised === undefined) throw new LockCompromisedError(`${error.message} Another process has the Redis lock.`);
        log.warn(`Redis had lost its fencing counter, which stood at ${error.highest} at least; it goes on from ${raised}.`);
        number = raised;
      }
    }
  }

  #fence(database: string, number: number, lease: RedisLease): Fence {
    const { record } = this.#parts;
    const assertLeased = (): void => {
      const lost = lease.lost();
      if (lost !== undefined) throw new LockCompromisedError(lost);
    };
    return {
      number,
      claim() {
        assertLeased();
        const highest = record.raise(database, number);
        if (highest === undefined) throw new LockCompromisedError('the record of its fencing tokens was replaced.');
        if (highest >= number) throw new FenceRegressed(highest);
      },
      assertHeld() {
        assertLeased();
        const highest = record.highest(database);
        if (highest !== number) throw new LockCompromisedError('another process with a later fencing token came first.');
      },
    };
  }
}
