import { AsyncLocalStorage } from 'node:async_hooks';
import type { OccupancySchema } from '../../core/database/occupancySchema';
import type { OccupancySession } from '../../core/database/occupancySession';
import { LockTimeoutError, LockUnusableError } from '../../core/errors';
import { Deadline } from '../../core/lock/deadline';
import { LONGEST_PATIENCE } from '../../core/lock/holdEstimator';
import type { Lock, LockTimeout } from '../../core/lock/lock';
import type { LockPriority } from '../../core/lock/lockPriority';
import { LockQueue } from '../../core/lock/lockQueue';
import type { Fence } from '../../core/lock/redisFencing';
import type { Clock } from '../../core/ports/clock';
import type { Log } from '../../core/ports/log';
import { beginWrite, commit, dataVersion, rollback } from '../../core/sql/schemaQueries';
import type { RedisLock } from '../lock/redisLock';
import { DEFAULT_LOCK_TIMEOUT } from './openOptions';
import { SqliteWriter } from './sqliteConnection';
import { sqliteCode, toOccupancyError } from './sqliteErrors';
import { whileBusy } from './whileBusy';
import { WriteSession } from './writeSession';

export interface SessionOptions {
  /** Seconds to wait for the lock and for SQLite's own write lock together; with `auto`, 30 s for the latter, after the former. */
  readonly timeout: LockTimeout;
  /** How urgent it is; `normal`. */
  readonly priority?: LockPriority | undefined;
  readonly signal?: AbortSignal | undefined;
  /** ms to wait after each time SQLite was busy; see whileBusy. */
  readonly busyDelays?: readonly number[] | undefined;
  /** Of the writing connection; `writingPragmas`. */
  readonly pragmas?: readonly string[] | undefined;
}

/** What a caller of withLockedSession may choose. */
export interface LockedSessionOptions extends Partial<Pick<SessionOptions, 'timeout' | 'priority' | 'signal'>> {
  /** See bulkWritingPragmas. */
  readonly bulk?: boolean;
}

interface DatabaseParts {
  readonly path: string;
  readonly schema: OccupancySchema;
  readonly lock: Lock;
  /** Taken by writes alone, around the lock: see RedisFencing. */
  readonly redis: RedisLock;
  /** Names the same database however its path is spelled. */
  readonly lockPath: string;
  /**
   * Throws when the path no longer leads to the file that was opened. Asked under the lock, before SQLite opens the path, and
   * again before the commit: its frames would go into a -wal that SQLite then applies to the new file.
   */
  readonly assertSameFile: () => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What a session runs under; null for what cannot be used, or is not set. */
interface HeldLocks {
  readonly lock: Lock | null;
  readonly fence: Fence | null;
}

/** The sessions that the current asynchronous call runs inside of, by lock path: a nested one joins its outer one. */
const running = new AsyncLocalStorage<ReadonlyMap<string, WriteSession>>();

/** One queue per database file in this process, however often it is open. */
const queues = new Map<string, LockQueue>();

/** Write transactions on one database, each in this order: the Redis lock where one is set, our queue, the lock, SQLite's write lock. */
export class LockedSessions {
  readonly #parts: DatabaseParts;
  readonly #queue: LockQueue;
  #saidUnusable = false;

  constructor(parts: DatabaseParts) {
    this.#parts = parts;
    this.#queue = queues.get(parts.lockPath) ?? new LockQueue(parts.clock);
    queues.set(parts.lockPath, this.#queue);
  }

  /** The session that the caller already runs inside of. */
  get current(): WriteSession | undefined {
    const session = running.getStore()?.get(this.#parts.lockPath);
    return session?.isOver ? undefined : session;
  }

  /** Commits what `work` saved, or nothing when it throws. Inside another session of the same database it joins that one. */
  async run<T>(work: (session: OccupancySession) => T | Promise<T>, options: SessionOptions): Promise<T> {
    const outer = this.current;
    if (outer) return work(outer);
    const { clock, redis } = this.#parts;
    const { timeout, priority = 'normal', signal } = options;
    const deadline = this.#deadline(options);
    const sqliteDeadline = (): number =>
      clock.monotonic() + (timeout === 'auto' ? DEFAULT_LOCK_TIMEOUT * 1000 : deadline.remaining);
    const underLock = (fence: Fence | null): Promise<T> =>
      this.#inTurn((lock) => this.#transact(work, { lock, fence }, sqliteDeadline(), options), deadline, options);
    return redis.run(underLock, deadline, priority, signal);
  }

  /** Runs `fn` holding the lock, or without where its path cannot be used, which is said once. */
  underLock<T>(fn: () => Promise<T>, options: SessionOptions): Promise<T> {
    return this.#inTurn(fn, this.#deadline(options), options);
  }

  /** An adaptive wait ends by itself, so this only bounds it. */
  #deadline({ timeout }: SessionOptions): Deadline {
    return new Deadline(this.#parts.clock, timeout === 'auto' ? LONGEST_PATIENCE / 1000 : timeout);
  }

  async #inTurn<T>(fn: (lock: Lock | null) => Promise<T>, deadline: Deadline, options: SessionOptions): Promise<T> {
    const { priority = 'normal', signal } = options;
    if (!(await this.#queue.enter({ deadline, priority, signal })))
      throw new LockTimeoutError('another session of this process was still running.');
    try {
      return await this.#holdingLock(fn, deadline, options);
    } finally {
      this.#queue.leave();
    }
  }

  /** `fn` gets null when the lock path cannot be used. */
  async #holdingLock<T>(fn: (lock: Lock | null) => Promise<T>, deadline: Deadline, options: SessionOptions): Promise<T> {
    const { path, lock, log } = this.#parts;
    const { priority = 'normal', signal } = options;
    const timeout = options.timeout === 'auto' ? 'auto' : deadline.remaining / 1000;
    let entered = false;
    try {
      return await lock.run(
        () => {
          entered = true;
          return fn(lock);
        },
        { timeout, priority, ...(signal ? { signal } : {}) },
      );
    } catch (error) {
      if (entered || !(error instanceof LockUnusableError)) throw error;
      if (!this.#saidUnusable) log.warn(`${error.message} SQLite's own lock alone keeps writers of ${path} apart.`);
      this.#saidUnusable = true;
      return fn(null);
    }
  }

  async #transact<T>(
    work: (session: OccupancySession) => T | Promise<T>,
    { lock, fence }: HeldLocks,
    deadline: number,
    options: SessionOptions,
  ): Promise<T> {
    const { path, lockPath, schema, clock, log, assertSameFile } = this.#parts;
    fence?.claim();
    await assertSameFile();
    const { writer, changedSinceOpened } = await this.#begin(deadline, options);
    const session = new WriteSession({
      writer,
      schema,
      clock,
      log,
      guarantee: lock?.guarantee ?? 'sqlite-only',
      fence: fence?.number ?? null,
      changedSinceOpened,
    });
    try {
      const sessions = new Map(running.getStore()).set(lockPath, session);
      const result = await running.run(sessions, async () => work(session));
      await assertSameFile();
      const commitHeld = (): void => {
        lock?.assertHeld();
        fence?.assertHeld();
        writer.run(commit);
      };
      await this.#whileBusy(commitHeld, deadline, options);
      return result;
    } catch (error) {
      if (writer.inTransaction) writer.run(rollback);
      // What the caller's own function threw is passed on as it is.
      throw sqliteCode(error) === null ? error : toOccupancyError(error, path);
    } finally {
      session.end();
      // Before the reader does: while that is open, closing this one neither checkpoints nor removes the -wal.
      writer.close();
    }
  }

  async #begin(deadline: number, options: SessionOptions): Promise<{ writer: SqliteWriter; changedSinceOpened: boolean }> {
    let writer: SqliteWriter | undefined;
    let firstSeen: number | undefined;
    try {
      return await this.#whileBusy(
        () => {
          writer ??= SqliteWriter.open(this.#parts.path, options.pragmas);
          firstSeen ??= writer.get(dataVersion)?.data_version;
          writer.run(beginWrite);
          return { writer, changedSinceOpened: writer.get(dataVersion)?.data_version !== firstSeen };
        },
        deadline,
        options,
      );
    } catch (error) {
      writer?.close();
      throw toOccupancyError(error, this.#parts.path);
    }
  }

  /** As whileBusy, and logs a timeout in the seed's words. */
  async #whileBusy<T>(attempt: () => T, deadline: number, { signal, busyDelays }: SessionOptions): Promise<T> {
    const { path, clock, log } = this.#parts;
    try {
      return await whileBusy(attempt, { clock, path, deadline, signal, delays: busyDelays });
    } catch (error) {
      if (error instanceof LockTimeoutError) log.warn('Database is busy, please try again later');
      throw error;
    }
  }
}
