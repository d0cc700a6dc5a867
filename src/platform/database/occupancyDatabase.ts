import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { BackupOptions, BackupReport } from '../../core/backup/backupReport';
import { type CheckParts, checkDatabase } from '../../core/check/checkDatabase';
import type { CheckOptions } from '../../core/check/checkReport';
import { countHistory } from '../../core/database/countHistory';
import type { DatabaseInfo } from '../../core/database/databaseInfo';
import type { OccupancyReads } from '../../core/database/occupancyReads';
import { RunningWork } from '../../core/database/runningWork';
import type { OccupancySession } from '../../core/database/occupancySession';
import { SeedOperations } from '../../core/database/seedOperations';
import { DatabaseMissingError, ReadOnlyError, UnexpectedError } from '../../core/errors';
import type { RedisInspection } from '../../core/lock/lockInspection';
import type { AreaKey } from '../../core/model';
import type { LockTimeout } from '../../core/lock/lock';
import type { Clock } from '../../core/ports/clock';
import { silentLog } from '../../core/ports/log';
import { bulkWritingPragmas, dataVersion } from '../../core/sql/schemaQueries';
import { type ApplyOptions, applySync, type SyncOptions } from '../../core/sync/applySync';
import { type PlanOptions, planSync } from '../../core/sync/planSync';
import type { StateSource } from '../../core/sync/stateSource';
import type { SyncPlan } from '../../core/sync/syncPlan';
import type { SyncReport } from '../../core/sync/syncReport';
import type { ExportOptions, ExportRequest, ExportResult } from '../../core/export/exportRequest';
import { backUp, type BackupSource } from '../backup/backUp';
import { exportRows, type ExportSource } from '../export/exportRows';
import { FileLock } from '../lock/fileLock';
import { RedisLock, type RedisOptions } from '../lock/redisLock';
import { systemClock } from '../systemClock';
import { backupFacts } from './databaseFile';
import { inChunks } from './inChunks';
import { type LockedSessionOptions, LockedSessions, type SessionOptions } from './lockedSessions';
import { DEFAULT_LOCK_TIMEOUT, fileLockOptions, type OpenOptions } from './openOptions';
import { type OpenedReader, openReader } from './openReader';
import { ReadPolicy } from './readPolicy';

/**
 * An occupancy database on a local disk, read and written through SQLite itself while Home Assistant uses it; or a snapshot of one,
 * which is only read.
 */
export class OccupancyDatabase extends SeedOperations {
  readonly path: string;
  /** `<folder>/area_occupancy.db.lock`, the folder by its real name, as Home Assistant sees it. */
  readonly lockPath: string;
  readonly #opened: OpenedReader;
  readonly #sessions: LockedSessions;
  readonly #redis: RedisLock;
  readonly #options: OpenOptions;
  protected readonly clock: Clock;
  readonly #lockTimeout: LockTimeout;
  readonly #reading: ReadPolicy;
  readonly #running = new RunningWork();
  #isClosed = false;

  private constructor(path: string, lockPath: string, opened: OpenedReader, options: OpenOptions) {
    super();
    const { clock = systemClock, log = silentLog, lockTimeout = DEFAULT_LOCK_TIMEOUT } = options;
    const { lock = new FileLock(lockPath, { ...fileLockOptions(options), log }) } = options;
    this.path = path;
    this.lockPath = lockPath;
    this.#options = options;
    this.clock = clock;
    this.#lockTimeout = lockTimeout;
    this.#opened = opened;
    this.#redis = new RedisLock(lockPath, options.redis, clock, log);
    this.#sessions = new LockedSessions({
      path,
      lockPath,
      schema: opened.schema,
      lock,
      redis: this.#redis,
      clock,
      log,
      assertSameFile: () => this.#assertSameFile(),
    });
    const isWritable = this.#readOnlyReason === null;
    this.#reading = new ReadPolicy({ path, lockPath, opened, sessions: this.#sessions, clock, isWritable }, options);
  }

  /**
   * Opens the database for reading; a write opens a connection of its own, for as long as its session lasts.
   * A network mount, and what has no path here, is read as a snapshot. Throws DatabaseMissingError, NotAFileError, NetworkMountError,
   * DatabaseEmptyError, DatabaseAccessError, NotADatabaseError, DatabaseCorruptError, SchemaError, SnapshotError, or LockTimeoutError
   * when another connection shuts all others out.
   */
  static async open(path: string, options: OpenOptions = {}): Promise<OccupancyDatabase> {
    if (options.folder) return new OccupancyDatabase(path, `${path}.lock`, await openReader(path, options), options);
    const absolute = resolve(path);
    const opened = await openReader(absolute, options);
    const lockPath = join(await realpath(dirname(absolute)), `${basename(absolute)}.lock`);
    return new OccupancyDatabase(absolute, lockPath, opened, options);
  }

  async describe(): Promise<DatabaseInfo> {
    const { schema, journalMode, engine, snapshotAt } = this.#opened;
    const reason = this.#readOnlyReason;
    const { generation, dbVersion } = schema;
    const access = { snapshotAt, readOnly: reason !== null, reason };
    return { path: this.path, engine, generation, dbVersion, ...access, journalMode, ...(await this.#opened.facts()) };
  }

  getHistory = (of: AreaKey) => this.track(() => this.#reading.query((reader) => countHistory(reader, this.#opened.schema, of)));

  /**
   * Writes rows to a file that is not there before it is whole. Throws what reading throws, ExportError, DiskFullError, and
   * CancelledError soon after an abort; then what was there before is as it was.
   */
  exportRows = (request: ExportRequest, options?: ExportOptions): Promise<ExportResult> =>
    this.track(() => exportRows(this.#source, request, options));

  /** Checks the file and what AOD keeps in it, in short reads but for one, and writes nothing. Throws CancelledError. */
  checkIntegrity = (options?: CheckOptions) => this.track(async () => checkDatabase(await this.#checked(), options));
  /** Copies the database, as it is at one moment, to a file that is there when it is verified. Throws what backUp does, ReadOnlyError. */
  backup = (to: string, options?: BackupOptions): Promise<BackupReport> => this.track(() => backUp(this.#source, to, options));

  /**
   * Runs `fn` in one write transaction under the lock: commits when it returns, writes nothing when it throws or `signal`
   * aborts. `timeout` (s) is for the lock and SQLite's own write lock together. A session inside a session joins the outer
   * one; others wait their turn. `bulk` is for one of many that write much. Throws ReadOnlyError before any lock is taken,
   * LockTimeoutError, LockCompromisedError.
   */
  withLockedSession<T>(fn: (session: OccupancySession) => T | Promise<T>, options: LockedSessionOptions = {}): Promise<T> {
    const pragmas = options.bulk && this.#opened.journalMode === 'wal' ? bulkWritingPragmas : undefined;
    return this.write(fn, { ...options, pragmas });
  }

  /**
   * What a sync from `source` would add: AOD's sync_states without its writing, and without any lock. The work is done in short
   * stretches. Throws ReadOnlyError, what the source throws, and CancelledError within a second of an abort.
   */
  planSync(source: StateSource, options: PlanOptions = {}): Promise<SyncPlan> {
    return this.track(async () => {
      this.#assertWritable();
      const { schema } = this.#opened;
      return planSync({ schema, source, read: (query) => this.#reading.query(query), clock: this.clock, turn }, options);
    });
  }

  /**
   * Writes a plan of this database in chunks that let Home Assistant in between; says what was written. Throws ReadOnlyError,
   * what a session throws, and SyncInterruptedError when chunks were written before that; then a new sync completes it.
   */
  applySync(plan: SyncPlan, options: ApplyOptions = {}): Promise<SyncReport> {
    return this.track(async () => {
      this.#assertWritable();
      if (this.#sessions.current)
        throw new UnexpectedError('A sync was to be applied inside a session.', 'Run it after the session.');
      return applySync(plan, inChunks(this, options.signal, this.clock), options);
    });
  }

  /** The seed's sync_states: plans and applies, or only plans when it is a `dryRun`. Throws what these two throw. */
  async syncStates(source: StateSource, options: SyncOptions = {}): Promise<SyncReport> {
    const plan = await this.planSync(source, options);
    return options.dryRun ? plan.report : this.applySync(plan, options);
  }

  /** Moves whenever another connection commits: what a poll compares. */
  dataVersion(): Promise<number> {
    return this.track(() => this.#reading.whileBusy(() => this.#opened.reader.get(dataVersion)?.data_version ?? 0));
  }

  /** True when the path now leads to another file than the one that was opened, or to none. */
  isReplaced(): Promise<boolean> {
    return this.#opened.isReplaced();
  }

  /** Whether this is no live file. */
  get isSnapshot(): boolean {
    return this.#opened.snapshotAt !== null;
  }

  /** Throws ReadOnlyError where this is a snapshot: what lies beside it, such as its lock, is not changed either. */
  assertLive(): void {
    if (this.isSnapshot) this.#assertWritable();
  }

  /** Sets another Redis lock, or none: for writes that begin from now on. */
  setRedis = (options: RedisOptions | undefined): void => this.#redis.set(options);
  /** What is known of the Redis lock; undefined where none is set. Never rejects. */
  inspectRedis = (): Promise<RedisInspection | undefined> => this.#redis.inspect();

  /** Waits for what is running, since a session's connection must close first. Not to be called inside a session. */
  async close(): Promise<void> {
    if (this.#sessions.current)
      throw new UnexpectedError(`${this.path} was to be closed inside a session.`, 'Close it after the session.');
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#running.ended();
    this.#opened.reader.close();
    await this.#redis.close();
  }

  /** What is copied from. */
  get #source(): ExportSource & BackupSource {
    const around = { browse: this.browse.bind(this), assertSameFile: () => this.#assertSameFile(), clock: this.clock };
    return { path: this.path, isSnapshot: this.isSnapshot, journalMode: this.#opened.journalMode, ...around };
  }

  async #checked(): Promise<CheckParts> {
    const [info, backup] = await Promise.all([this.describe(), backupFacts(this.path)]);
    return { info, backup, schema: this.#opened.schema, clock: this.clock, read: (query) => this.#reading.query(query) };
  }

  get #readOnlyReason(): string | null {
    const { schema, readOnlyReason } = this.#opened;
    if (this.isSnapshot) return readOnlyReason;
    return schema.readOnlyReason ?? readOnlyReason ?? (this.#options.readOnly ? 'It was opened for reading only.' : null);
  }

  protected browse<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    return this.track(() => this.#reading.browse(read));
  }

  protected readAsSeed<T>(read: (reads: OccupancyReads) => T): Promise<T> {
    return this.track(() => this.#reading.asSeed(read));
  }

  protected write<T>(
    fn: (session: OccupancySession) => T | Promise<T>,
    { timeout = this.#lockTimeout, ...options }: Partial<SessionOptions>,
  ): Promise<T> {
    return this.track(async () => {
      this.#assertWritable();
      return this.#sessions.run(fn, { timeout, ...options });
    });
  }

  #assertWritable(): void {
    const reason = this.#readOnlyReason;
    if (reason !== null) throw new ReadOnlyError(`${this.path} is open for reading only. ${reason}`, 'Nothing was changed.');
  }

  async #assertSameFile(): Promise<void> {
    if (!(await this.isReplaced())) return;
    throw new DatabaseMissingError(`${this.path} is no longer the file that was opened.`, 'Refresh, then run the command again.');
  }

  /** Lets close wait for the work. */
  protected async track<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed && !this.#sessions.current) throw new UnexpectedError(`${this.path} was closed.`, 'Open it again.');
    return this.#running.add(work);
  }
}
