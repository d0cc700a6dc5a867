import { randomBytes } from 'node:crypto';
import { RunningWork } from '../../core/database/runningWork';
import { Turnstile } from '../../core/database/turnstile';
import { asOccupancyError } from '../../core/errors';
import type { Deadline } from '../../core/lock/deadline';
import type { RedisFallback, RedisInspection } from '../../core/lock/lockInspection';
import { RedisFencing, type Fence } from '../../core/lock/redisFencing';
import { REDIS_TIMES, scaledTimes } from '../../core/lock/redisTimes';
import { parseRedisUrl } from '../../core/lock/redisUrl';
import type { Clock } from '../../core/ports/clock';
import type { Log } from '../../core/ports/log';
import { RedisThread } from './redisThread';
import { SqliteFence } from './sqliteFence';

export interface RedisOptions {
  /** `redis[s]://[user@]host[:port][/number]`, without a password. */
  readonly url: string;
  readonly password?: string;
  /** What happens to writes while Redis cannot be reached; `refuse`. */
  readonly fallback?: RedisFallback;
  /** Seconds after which a lock that is not renewed ends by itself; 30. All other times of the Redis lock scale with it. */
  readonly ttl?: number;
}

/** The Redis lock of one database. Nothing of it is made before it is used. */
export class RedisLock {
  readonly #options: RedisOptions;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #record: SqliteFence;
  readonly #running = new RunningWork();
  /** Of its own: who only reads waits for the file lock, and never for Redis. */
  readonly #turnstile: Turnstile;
  #thread: RedisThread | undefined;
  #fencing: RedisFencing | undefined;

  /** @param lockPath of the lock file, beside which the record of fencing tokens is kept */
  constructor(lockPath: string, options: RedisOptions, clock: Clock, log: Log) {
    this.#options = options;
    this.#clock = clock;
    this.#log = log;
    this.#turnstile = new Turnstile(clock);
    this.#record = new SqliteFence(`${lockPath}.fence`);
  }

  /** As RedisFencing.run, one after the other; throws RedisError also for a URL that cannot be used. */
  async run<T>(work: (fence: Fence | null) => Promise<T>, deadline: Deadline, signal?: AbortSignal): Promise<T> {
    const fencing = this.#made();
    const inTurn = (): Promise<T> => fencing.run(work, deadline, signal);
    return this.#running.add(() => this.#turnstile.pass(inTurn, this.#clock.monotonic() + deadline.remaining, signal));
  }

  /** Never rejects. */
  async inspect(): Promise<RedisInspection> {
    try {
      return await this.#made().inspect();
    } catch (error) {
      const { code, message } = asOccupancyError(error);
      return { fallback: this.#options.fallback ?? 'refuse', state: 'failed', fault: { code, message } };
    }
  }

  /** Waits for what is running, and for releases under way. Never rejects. */
  async close(): Promise<void> {
    await this.#running.ended();
    this.#fencing = undefined;
    this.#record.close();
    await this.#thread?.close();
    this.#thread = undefined;
  }

  #made(): RedisFencing {
    if (this.#fencing) return this.#fencing;
    const { url, password, fallback = 'refuse', ttl } = this.#options;
    const times = ttl === undefined ? REDIS_TIMES : scaledTimes(ttl * 1000);
    const thread = new RedisThread(parseRedisUrl(url), password, times, this.#clock);
    this.#thread = thread;
    this.#fencing = new RedisFencing({
      leases: thread,
      record: this.#record,
      clock: this.#clock,
      log: this.#log,
      fallback,
      patience: times.patience,
      random: Math.random,
      newToken: () => randomBytes(16).toString('hex'),
    });
    return this.#fencing;
  }
}
