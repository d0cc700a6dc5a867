import { OccupancyReads } from '../../core/database/occupancyReads';
import { ReadPace } from '../../core/database/readPace';
import type { Clock } from '../../core/ports/clock';
import type { SqlReader } from '../../core/ports/sql';
import type { LockedSessions } from './lockedSessions';
import { DEFAULT_LOCK_TIMEOUT, type OpenOptions, readPatience } from './openOptions';
import type { OpenedReader } from './openReader';
import { watchForSeedLock } from './seedLock';
import { toOccupancyError } from './sqliteErrors';
import { whileBusy } from './whileBusy';

interface ReadParts {
  readonly path: string;
  readonly lockPath: string;
  readonly opened: OpenedReader;
  readonly sessions: LockedSessions;
  readonly clock: Clock;
  /** False where no session would take the lock either. */
  readonly isWritable: boolean;
}

/** How one database is read: at which pace, for how long against a busy one, and whether the lock is taken for it. */
export class ReadPolicy {
  readonly #parts: ReadParts;
  readonly #options: OpenOptions;
  readonly #reads: OccupancyReads;
  readonly #pace: ReadPace;
  readonly #seedLockSeen: () => Promise<boolean>;
  #locksBrowsing: boolean;

  constructor(parts: ReadParts, options: OpenOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#reads = new OccupancyReads(parts.opened.reader, parts.opened.schema);
    this.#pace = new ReadPace(parts.clock);
    this.#seedLockSeen = options.seedLockSeen ?? watchForSeedLock(parts.lockPath, parts.clock);
    this.#locksBrowsing = options.readLocks === 'always';
  }

  /** Only releases of the legacy schema lock their reads; whatever marks a lock on today's schema, a plain read waits for nobody. */
  async browse<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    const { readLocks = 'auto' } = this.#options;
    const mayLock = readLocks === 'auto' && this.#parts.opened.schema.generation === 'legacy';
    if (mayLock && !this.#locksBrowsing) this.#locksBrowsing = await this.#seedLockSeen();
    return this.#locksBrowsing ? this.#underLock(read) : this.#plainly(read);
  }

  /** As the seed reads in its own operations: under the lock, unless reads never are. */
  asSeed<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    return this.#options.readLocks === 'never' ? this.#plainly(read) : this.#underLock(read);
  }

  /** A query of its own on the browsing connection, in its turn among the other reads. */
  query<T>(read: (reader: SqlReader) => T): Promise<T> {
    return this.#pace.run(() => this.whileBusy(() => read(this.#parts.opened.reader)));
  }

  async whileBusy<T>(attempt: () => T): Promise<T> {
    const { clock, path } = this.#parts;
    const deadline = clock.monotonic() + readPatience(this.#options.lockTimeout);
    try {
      return await whileBusy(attempt, { clock, path, deadline });
    } catch (error) {
      throw toOccupancyError(error, path);
    }
  }

  /** Only the lock file is taken: a SQLite write lock would make Home Assistant wait. */
  async #underLock<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    const { isWritable, sessions } = this.#parts;
    // A lock that no session would take need not be left behind by reading; inside a session it is held already.
    if (!isWritable || sessions.current) return this.#plainly(read);
    return sessions.underLock(() => this.#plainly(read), {
      timeout: this.#options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT,
      priority: 'interactive',
    });
  }

  #plainly<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    const session = this.#parts.sessions.current;
    return session ? this.whileBusy(() => read(session.reads)) : this.#pace.run(() => this.whileBusy(() => read(this.#reads)));
  }
}
