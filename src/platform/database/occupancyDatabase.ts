import { resolve } from 'node:path';
import type { DatabaseInfo } from '../../core/database/databaseInfo';
import type { IntervalDayQuery, OccupancyReader } from '../../core/database/occupancyReader';
import { OccupancyReads } from '../../core/database/occupancyReads';
import type { OccupancySession } from '../../core/database/occupancySession';
import { DatabaseMissingError, ReadOnlyError, UnexpectedError } from '../../core/errors';
import type { Lock } from '../../core/lock/lock';
import type { AreaInput, EntityFilter, EntityInput, EntitySaved, IntervalQuery } from '../../core/model';
import type { Clock } from '../../core/ports/clock';
import { type Log, silentLog } from '../../core/ports/log';
import { dataVersion } from '../../core/sql/schemaQueries';
import { systemClock } from '../systemClock';
import { fileSizes, identify } from './databaseFile';
import { LockedSessions } from './lockedSessions';
import type { MountProbe } from './networkMount';
import { type OpenedReader, openReader, READ_PATIENCE } from './openReader';
import { toOccupancyError } from './sqliteErrors';
import { whileBusy } from './whileBusy';

export type ReadLocks = 'auto' | 'always' | 'never';

export interface OpenOptions {
  /** When reads take the lock too; `auto`: browsing does where a lock file in the seed's form was seen, the seed's own operations always. */
  readonly readLocks?: ReadLocks;
  /** Seconds to wait for the lock; 30. */
  readonly lockTimeout?: number;
  /** Never write, whatever the file allows. */
  readonly readOnly?: boolean;
  readonly log?: Log;
  /** The lock that sessions take. */
  readonly lock: Lock;
  /** Whether another program's lock file in the seed's form lies at the lock path now; asked until it says so once. */
  readonly seedLockSeen?: () => Promise<boolean>;
  readonly clock?: Clock;
  readonly mountProbe?: MountProbe;
}

/** The seed waits this long (ms) before it tries a save again that found the database busy. */
const SAVE_RETRY_DELAYS = [100, 250, 500, 1000];

/** An occupancy database on a local disk, read and written through SQLite itself while Home Assistant uses it. */
export class OccupancyDatabase implements OccupancyReader {
  readonly path: string;
  readonly #opened: OpenedReader;
  readonly #reads: OccupancyReads;
  readonly #sessions: LockedSessions;
  readonly #options: OpenOptions;
  readonly #clock: Clock;
  readonly #lockTimeout: number;
  readonly #running = new Set<Promise<unknown>>();
  #locksBrowsing: boolean;
  #isClosed = false;

  private constructor(path: string, opened: OpenedReader, options: OpenOptions) {
    const { lock, clock = systemClock, log = silentLog, lockTimeout = 30, readLocks = 'auto' } = options;
    this.path = path;
    this.#opened = opened;
    this.#reads = new OccupancyReads(opened.reader, opened.schema);
    this.#sessions = new LockedSessions({ path, schema: opened.schema, lock, clock, log });
    this.#options = options;
    this.#clock = clock;
    this.#lockTimeout = lockTimeout;
    this.#locksBrowsing = readLocks === 'always';
  }

  /**
   * Opens the database for reading; a write opens a connection of its own, for as long as its session lasts.
   * Throws DatabaseMissingError, NotAFileError, NetworkMountError, DatabaseEmptyError, DatabaseAccessError, NotADatabaseError,
   * DatabaseCorruptError, SchemaError, or LockTimeoutError when another connection shuts all others out.
   */
  static async open(path: string, options: OpenOptions): Promise<OccupancyDatabase> {
    const absolute = resolve(path);
    const opened = await openReader(absolute, options.clock ?? systemClock, options.mountProbe);
    return new OccupancyDatabase(absolute, opened, options);
  }

  async describe(): Promise<DatabaseInfo> {
    const { schema, journalMode } = this.#opened;
    const reason = this.#readOnlyReason;
    const { generation, dbVersion } = schema;
    const sizes = await fileSizes(this.path);
    return { path: this.path, engine: 'native', generation, dbVersion, readOnly: reason !== null, reason, journalMode, ...sizes };
  }

  getAreas = () => this.#browse((reads) => reads.areas());
  getEntities = (filter?: EntityFilter) => this.#browse((reads) => reads.entities(filter));
  getIntervals = (query: IntervalQuery) => this.#browse((reads) => reads.intervals(query));
  getIntervalDays = (query: IntervalDayQuery) => this.#browse((reads) => reads.intervalDays(query));
  getPriors = (area: string) => this.#browse((reads) => reads.priors(area));
  getOccupiedSpan = (area: string, from: string, to: string) => this.#browse((reads) => reads.occupiedSpan(area, from, to));

  /** The seed's get_latest_interval: the newest end of an interval less one hour; ten days ago when there is none. */
  getLatestInterval = () => this.#readLocked((reads) => reads.latestInterval(this.#clock.now()));
  /** The seed's load_data: every area with its prior and its entities. */
  loadData = () => this.#readLocked((reads) => reads.loadData());
  /** The seed's get_area_data. Throws SchemaError when there is no such area. */
  getAreaData = (area: string) => this.#readLocked((reads) => reads.areaData(area));

  /** The seed's save_area_data. Throws InvalidDataError naming the field, ReadOnlyError, LockTimeoutError. */
  saveAreaData = (area: AreaInput): Promise<void> =>
    this.#write((session) => session.saveArea(area), { busyDelays: SAVE_RETRY_DELAYS });
  /** The seed's save_entity_data; says what it did. Throws InvalidDataError, ReadOnlyError, LockTimeoutError. */
  saveEntityData = (entity: EntityInput): Promise<EntitySaved> =>
    this.#write((session) => session.saveEntity(entity), { busyDelays: SAVE_RETRY_DELAYS });

  /**
   * Runs `fn` in one write transaction under the lock: commits when it returns, writes nothing when it throws or `signal`
   * aborts. `timeout` (s) is for the lock and SQLite's own write lock together. A session inside a session joins the outer
   * one; others wait their turn. Throws ReadOnlyError before any lock is taken, LockTimeoutError, LockCompromisedError.
   */
  withLockedSession<T>(
    fn: (session: OccupancySession) => T | Promise<T>,
    options: { timeout?: number; signal?: AbortSignal } = {},
  ): Promise<T> {
    return this.#write(fn, options);
  }

  /** Moves whenever another connection commits: what a poll compares. */
  async dataVersion(): Promise<number> {
    return this.#retry(() => this.#opened.reader.get(dataVersion)?.data_version ?? 0);
  }

  /** True when the path now leads to another file than the one that was opened, or to none. */
  async isReplaced(): Promise<boolean> {
    const now = await identify(this.path);
    return now?.dev !== this.#opened.file.dev || now.ino !== this.#opened.file.ino;
  }

  /** Waits for running sessions, since their connections must close first. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.allSettled(this.#running);
    this.#opened.reader.close();
  }

  get #readOnlyReason(): string | null {
    const { schema, file } = this.#opened;
    return schema.readOnlyReason ?? file.readOnlyReason ?? (this.#options.readOnly ? 'It was opened for reading only.' : null);
  }

  async #browse<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    const { readLocks = 'auto', seedLockSeen } = this.#options;
    // Only releases of the legacy schema lock their reads; whatever marks a lock on today's schema, a plain read waits for nobody.
    const mayLock = readLocks === 'auto' && this.#opened.schema.generation === 'legacy';
    if (mayLock && !this.#locksBrowsing && seedLockSeen) this.#locksBrowsing = await seedLockSeen();
    return this.#locksBrowsing ? this.#readLocked(read) : this.#read(read);
  }

  /** A read that holds the lock as the seed's do. Only the lock file: a SQLite write lock would make Home Assistant wait. */
  async #readLocked<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    const unlocked = this.#options.readLocks === 'never' || this.#readOnlyReason !== null || this.#sessions.current !== undefined;
    if (unlocked) return this.#read(read);
    return this.#track(this.#sessions.underLock(() => this.#read(read), { timeout: this.#lockTimeout }));
  }

  async #read<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    const session = this.#sessions.current;
    if (session) return read(session.reads);
    return this.#retry(() => this.#opened.reader.snapshot(() => read(this.#reads)));
  }

  async #retry<T>(attempt: () => T): Promise<T> {
    this.#requireOpen();
    try {
      return await whileBusy(attempt, { clock: this.#clock, path: this.path, deadline: this.#clock.monotonic() + READ_PATIENCE });
    } catch (error) {
      throw toOccupancyError(error, this.path);
    }
  }

  async #write<T>(
    fn: (session: OccupancySession) => T | Promise<T>,
    { timeout = this.#lockTimeout, ...options }: { timeout?: number; signal?: AbortSignal; busyDelays?: readonly number[] },
  ): Promise<T> {
    this.#requireOpen();
    const reason = this.#readOnlyReason;
    if (reason !== null) throw new ReadOnlyError(`${this.path} is open for reading only. ${reason}`, 'Nothing was changed.');
    if (await this.isReplaced()) {
      throw new DatabaseMissingError(
        `${this.path} is no longer the file that was opened.`,
        'Refresh, then run the command again.',
      );
    }
    return this.#track(this.#sessions.run(fn, { timeout, ...options }));
  }

  async #track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    try {
      return await work;
    } finally {
      this.#running.delete(work);
    }
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new UnexpectedError(`${this.path} was closed.`, 'Open it again.');
  }
}
