import { LockTimeoutError, RedisUnreachableError, throwIfAborted } from '../errors';
import type { Clock } from '../ports/clock';
import type { RedisLease, RedisLeases } from '../ports/redisLeases';
import type { Wake } from '../ports/wake';
import type { Deadline } from './deadline';
import { describeHolder } from './explainRedis';

export interface RedisRequest {
  readonly database: string;
  readonly token: string;
  readonly deadline: Deadline;
  /** ms for which a server that cannot be reached is tried again. */
  readonly patience: number;
  readonly signal?: AbortSignal | undefined;
}

interface AcquisitionParts {
  readonly leases: RedisLeases;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

/** ms between looks where no message tells of a release: those of a holder that died, or that is cut off. */
const LONGEST_POLL = 1000;
/** ms between tries to reach a server. */
const RETRY = 100;

/** Waits for the lease of one database. Whatever ends it early leaves neither a lease nor a timer behind. */
export class RedisAcquisition {
  readonly #parts: AcquisitionParts;
  readonly #request: RedisRequest;
  #wake: Wake | undefined;
  #answeredAt: number;

  constructor(parts: AcquisitionParts, request: RedisRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#answeredAt = parts.clock.monotonic();
  }

  /** @throws LockTimeoutError after the deadline, CancelledError on abort, RedisUnreachableError, RedisAuthError, RedisError */
  async run(): Promise<RedisLease> {
    const { leases } = this.#parts;
    const { database, token } = this.#request;
    try {
      for (;;) {
        const answer = await this.#try();
        if (typeof answer === 'object') return answer;
        await this.#wait(answer);
      }
    } catch (error) {
      // An answer that did not arrive may have been a lease; where this does not arrive either, it runs out by itself.
      leases.release(database, token).catch(() => undefined);
      throw error;
    } finally {
      this.#wake?.dispose();
    }
  }

  /** The lease, ms for which another has it, or undefined when the server could not be asked. */
  async #try(): Promise<RedisLease | number | undefined> {
    const { leases, clock } = this.#parts;
    const { database, token, deadline, patience, signal } = this.#request;
    throwIfAborted(signal, 'Waiting for the Redis lock');
    try {
      const answer = await leases.acquire(database, token);
      throwIfAborted(signal, 'Waiting for the Redis lock');
      this.#answeredAt = clock.monotonic();
      return answer;
    } catch (error) {
      const isPatient = clock.monotonic() - this.#answeredAt < patience && deadline.remaining > 0;
      if (error instanceof RedisUnreachableError && isPatient) return undefined;
      throw error;
    }
  }

  /** @param remaining as #try answers it */
  async #wait(remaining: number | undefined): Promise<void> {
    const { clock, leases, random } = this.#parts;
    const { database, deadline, signal } = this.#request;
    const jitter = 0.75 + random() / 2;
    if (remaining === undefined) return clock.sleep(Math.min(RETRY * jitter, deadline.remaining), signal);
    if (deadline.remaining === 0) throw new LockTimeoutError(await this.#holderDetail());
    // The first call only begins to watch, and looks again: what was released in between would not be told.
    if (!this.#wake) this.#wake = leases.watch(database);
    else await this.#wake.wait(Math.min(remaining + 1, LONGEST_POLL * jitter, deadline.remaining), signal);
  }

  async #holderDetail(): Promise<string> {
    const { leases } = this.#parts;
    const holder = await leases.inspect(this.#request.database).catch(() => undefined);
    const who = holder ? describeHolder(holder.who) : 'another process of this extension';
    return `${who} has held its Redis lock on ${leases.server}.`;
  }
}
