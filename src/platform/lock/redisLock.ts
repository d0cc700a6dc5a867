import { randomBytes } from 'node:crypto';
import { RunningWork } from '../../core/database/runningWork';
import { asOccupancyError, LockTimeoutError } from '../../core/errors';
import type { Deadline } from '../../core/lock/deadline';
import type { LockPriority } from '../../core/lock/lockPriority';
import { LockQueue } from '../../core/lock/lockQueue';
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

/** What is made of the options when it is needed first. */
interface OpenLock {
  readonly fencing: RedisFencing;
  readonly thread: RedisThread;
  readonly running: RunningWork;
}

/** The Redis lock of one database, where one is set. */
export class RedisLock {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #record: SqliteFence;
  /** Of its own: who only reads waits for the file lock, and never for Redis. */
  readonly #queue: LockQueue;
  readonly #closing = new RunningWork();
  #options: RedisOptions | undefined;
  #open: OpenLock | undefined;

  /** @param lockPath of the lock file, beside which the record of fencing tokens is kept */
  constructor(lockPath: string, options: RedisOptions | undefined, clock: Clock, log: Log) {
    this.#options = options;
    this.#clock = clock;
    this.#log = log;
    this.#queue = new LockQueue(clock);
    this.#record = new SqliteFence(`${lockPath}.fence`);
  }

  /**
   * As RedisFencing.run, one after the other, the more urgent first; with null also where no Redis lock is set. Throws RedisError also for a URL that
   * cannot be used.
   */
  async run<T>(
    work: (fence: Fence | null) => Promise<T>,
    deadline: Deadline,
    priority: LockPriority,
    signal?: AbortSignal,
  ): Promise<T> {
    if (!this.#options) return work(null);
    const { fencing, running } = this.#made(this.#options);
    return running.add(async () => {
      if (!(await this.#queue.enter({ deadline, priority, signal })))
        throw new LockTimeoutError('another session of this process was still running.');
      try {
        return await fencing.run(work, deadline, signal);
      } finally {
        this.#queue.leave();
      }
    });
  }

  /** Another lock, or none, for what begins from now on; what runs goes on under the lock that it began with. */
  set(options: RedisOptions | undefined): void {
    const before = this.#open;
    this.#options = options;
    this.#open = undefined;
    if (before) void this.#closing.add(() => closeLock(before));
  }

  /** Undefined where no Redis lock is set. Never rejects. */
  async inspect(): Promise<RedisInspection | undefined> {
    if (!this.#options) return undefined;
    try {
      return await this.#made(this.#options).fencing.inspect();
    } catch (error) {
      const { code, message } = asOccupancyError(error);
      return { fallback: this.#options.fallback ?? 'refuse', state: 'failed', fault: { code, message } };
    }
  }

  /** Waits for what is running, and for releases under way. Never rejects. */
  async close(): Promise<void> {
    this.set(undefined);
    await this.#closing.ended();
    this.#record.close();
  }

  #made({ url, password, fallback = 'refuse', ttl }: RedisOptions): OpenLock {
    if (this.#open) return this.#open;
    const times = ttl === undefined ? REDIS_TIMES : scaledTimes(ttl * 1000);
    const thread = new RedisThread(parseRedisUrl(url), password, times, this.#clock);
    const fencing = new RedisFencing({
      leases: thread,
      record: this.#record,
      clock: this.#clock,
      log: this.#log,
      fallback,
      patience: times.patience,
      random: Math.random,
      newToken: () => randomBytes(16).toString('hex'),
    });
    this.#open = { fencing, thread, running: new RunningWork() };
    return this.#open;
  }
}

async function closeLock({ thread, running }: OpenLock): Promise<void> {
  await running.ended();
  await thread.close();
}
