import { AsyncLocalStorage } from 'node:async_hooks';
import type { Disposable } from '../../core/disposable';
import { LockCompromisedError, throwIfAborted } from '../../core/errors';
import { acquireLock } from '../../core/lock/acquireLock';
import { Deadline } from '../../core/lock/deadline';
import { UNKNOWN_PATIENCE } from '../../core/lock/holdEstimator';
import type { Lock, LockGuarantee, LockTimeout } from '../../core/lock/lock';
import { LockHold } from '../../core/lock/lockHold';
import type { LockPriority } from '../../core/lock/lockPriority';
import type { LockMeter } from '../../core/metrics/lockMeter';
import type { LockMetrics } from '../../core/metrics/lockMetrics';
import { HEARTBEAT_INTERVAL } from '../../core/ports/heartbeat';
import type { Log } from '../../core/ports/log';
import { silentLog } from '../../core/ports/log';
import { NodeLockSite } from './nodeLockSite';

export interface FileLockOptions {
  /**
   * Seconds to wait for the lock; 60. `auto`: as long as is worth it by how long those in the way have held it so far, 5 to 60 s,
   * and 30 s until that is known.
   */
  readonly timeout?: LockTimeout;
  /** How urgent its uses are; `normal`. */
  readonly priority?: LockPriority;
  /** Seconds without being written after which a peer's lock counts as stale; 300. */
  readonly staleLockTimeout?: number;
  /** Seconds between two refreshes of the held lock file, 0.001 to 3600; 15. It counts as lost after 16 of them without one. */
  readonly heartbeatInterval?: number;
  readonly log?: Log;
}

export interface AcquireOptions {
  readonly signal?: AbortSignal;
  /** As in FileLockOptions; overrides the lock's own. */
  readonly timeout?: LockTimeout;
  /** Overrides the lock's own. */
  readonly priority?: LockPriority;
}

/** Seconds; what a timer of Node can keep, and a peer would wait for. */
const SHORTEST_INTERVAL = 0.001;
const LONGEST_INTERVAL = 3600;

/** The holds that an async context runs in, by lock path. */
const runningIn = new AsyncLocalStorage<ReadonlyMap<string, LockHold>>();

/**
 * The lock file of Area Occupancy Detection, `area_occupancy.db.lock`: exclusive among all processes of ours, and against
 * Home Assistant's releases that use such a file.
 *
 * Inside `run(fn)`, taking the same path again (by any instance) joins that hold. After a bare `acquire`, taking it again
 * waits, even on the same instance: nothing tells the one who acquired from another task that happens to share the instance.
 */
export class FileLock implements Lock {
  readonly #path: string;
  readonly #timeout: LockTimeout;
  readonly #priority: LockPriority;
  readonly #staleLockTimeout: number;
  readonly #heartbeatInterval: number;
  readonly #log: Log;
  readonly #listeners = new Set<() => void>();
  readonly #holds: LockHold[] = [];
  readonly #acquired: LockHold[] = [];
  #site: NodeLockSite | undefined;
  /** One function for all holds, which each keeps only once, however often it is joined. */
  readonly #tellLost = (): void => {
    if (this.#holds.length === 0) return;
    for (const listener of this.#listeners) listener();
  };

  /**
   * @param path the lock file itself; its name must end in `.lock`
   * @throws RangeError for a time that is negative, not a number, or no interval that a timer keeps
   */
  constructor(path: string, options: FileLockOptions = {}) {
    const {
      timeout = 60,
      priority = 'normal',
      staleLockTimeout = 300,
      heartbeatInterval = HEARTBEAT_INTERVAL,
      log = silentLog,
    } = options;
    this.#path = path;
    this.#timeout = timeout === 'auto' ? timeout : seconds('timeout', timeout);
    this.#priority = priority;
    this.#staleLockTimeout = seconds('staleLockTimeout', staleLockTimeout);
    this.#heartbeatInterval = seconds('heartbeatInterval', heartbeatInterval, SHORTEST_INTERVAL, LONGEST_INTERVAL);
    this.#log = log;
  }

  get isHeld(): boolean {
    return this.#holds.some(({ isHeld }) => isHeld);
  }

  /** `sqlite-only` while it is not held. */
  get guarantee(): LockGuarantee {
    return this.#holds.at(-1)?.guarantee ?? 'sqlite-only';
  }

  /**
   * Waits for the lock; every `acquire` needs its `release`.
   * @throws LockTimeoutError after `timeout`, LockUnusableError at once when waiting cannot help,
   *   CancelledError on abort, LockCompromisedError inside a `run` whose lock was lost
   */
  async acquire(options: AcquireOptions = {}): Promise<void> {
    const hold = this.#take(options);
    this.#acquired.push(hold instanceof LockHold ? hold : await hold);
  }

  /** Gives back the latest `acquire`; does nothing when there is none. A lock that was lost is let go without touching its file. */
  async release(): Promise<void> {
    const hold = this.#acquired.pop();
    if (hold) this.#giveBack(hold);
  }

  /** Runs `fn` holding the lock; throws what `acquire` and `fn` throw. */
  async run<T>(fn: () => Promise<T>, options: AcquireOptions = {}): Promise<T> {
    const hold = await this.#take(options);
    try {
      return await runningIn.run(new Map(runningIn.getStore()).set(this.#openSite().path, hold), fn);
    } finally {
      this.#giveBack(hold);
    }
  }

  assertHeld(): void {
    const hold = this.#holds.at(-1);
    if (!hold) throw new LockCompromisedError('it is not held.');
    hold.assertHeld();
  }

  /** What this process has done with this lock, by all its instances, since it began or was reset. Throws LockUnusableError without a folder. */
  metrics(): LockMetrics {
    return this.#counted().snapshot();
  }

  resetMetrics(): void {
    this.#counted().reset();
  }

  /** `listener` is told when the lock is lost while this instance holds it. */
  onCompromised(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  #take({ signal, timeout = this.#timeout, priority = this.#priority }: AcquireOptions): LockHold | Promise<LockHold> {
    throwIfAborted(signal, 'Waiting for the database lock');
    const site = this.#openSite();
    site.enter();
    const leave = (error: unknown): never => {
      site.leave();
      throw error;
    };
    try {
      const outer = runningIn.getStore()?.get(site.path);
      if (outer?.deepen()) return this.#keep(site, outer);
      const request = {
        deadline: timeout === 'auto' ? adaptiveDeadline(site) : new Deadline(site.clock, seconds('timeout', timeout)),
        staleAfter: this.#staleLockTimeout,
        priority,
        log: this.#log,
        signal,
      };
      const hold = acquireLock(site, this.#heartbeatInterval, request);
      return hold instanceof LockHold ? this.#keep(site, hold) : hold.then((held) => this.#keep(site, held), leave);
    } catch (error) {
      return leave(error);
    }
  }

  /** Entered and left, so that a site which is opened for this alone closes again. */
  #counted(): LockMeter {
    const site = this.#openSite();
    site.enter();
    site.leave();
    return site.events;
  }

  #keep(site: NodeLockSite, hold: LockHold): LockHold {
    site.hold = hold;
    hold.onLost(this.#tellLost);
    this.#holds.push(hold);
    return hold;
  }

  #giveBack(hold: LockHold): void {
    this.#holds.splice(this.#holds.lastIndexOf(hold), 1);
    hold.release();
    this.#site?.leave();
  }

  #openSite(): NodeLockSite {
    if (!this.#site || this.#site.isClosed) this.#site = NodeLockSite.at(this.#path);
    return this.#site;
  }
}

/** By what is known of each one that is met; of ours, for all who wait before this. */
function adaptiveDeadline({ clock, estimates, queue }: NodeLockSite): Deadline {
  const ahead = Math.max(0, queue.depth - 1);
  return new Deadline(clock, UNKNOWN_PATIENCE / 1000, (peer) => estimates.of(peer).patience(peer === 'ours' ? ahead : 0));
}

function seconds(name: string, value: number, least = 0, most = Infinity): number {
  if (value >= least && value <= most) return value;
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  throw new RangeError(`${name} must be a number of seconds, ${range}; it is ${value}.`);
}
