import { RunningWork } from '../core/database/runningWork';
import { DatabaseMissingError } from '../core/errors';
import { noFriendlyNames } from '../core/friendlyNames';
import type { ClearResult, LockInspection } from '../core/lock/lockInspection';
import type { Log } from '../core/ports/log';
import { isVirtualPath } from '../core/snapshot/virtualPath';
import { deleteLearnedHistory } from '../platform/database/deleteLearnedHistory';
import { editRow } from '../platform/database/editRow';
import { OccupancyDatabase } from '../platform/database/occupancyDatabase';
import { findRecorder } from '../platform/sync/findRecorder';
import { Registries } from '../platform/registries';
import { DiskFolder } from '../platform/snapshot/diskFolder';
import type { DatabaseEvent, DatabaseMethod, DatabaseRequests, OpenOptions, RedisChoice } from '../protocol/databaseProtocol';
import { toErrorRecord } from '../protocol/errorRecord';
import { DatabaseLock } from './databaseLock';
import { type Around, exportFrom } from './exportFrom';
import { HostFolder } from './hostFolder';
import { backUpFile, checkFile, recoverFile } from './jobs';
import { PendingSync } from './pendingSync';
import { every, type Repetition } from './repetition';
import { seldom } from './seldom';

type Handlers = {
  readonly [M in DatabaseMethod]: (
    params: DatabaseRequests[M]['params'],
    signal: AbortSignal,
  ) => Promise<DatabaseRequests[M]['result']> | DatabaseRequests[M]['result'];
};

/** ms between two looks at the file while it is watched: a commit shows within 2 s, with room for the tree to draw. */
const DATA_PERIOD = 500;
/** ms between two looks at the lock file: while a view is visible, and while only the status bar is. */
const LOCK_PERIOD = 2000;
const IDLE_LOCK_PERIOD = 10_000;
/** ms between two signs of life while the file is being opened. */
const OPENING_PERIOD = 1000;
/** One that failed is tried again at the next look, but no sooner than after this many times as long as it took. */
const REST_AFTER_FAILURE = 10;

/**
 * Owns the one open database of this process and keeps it open across replacement, deletion and return of the file.
 * The only code of the extension that lets SQLite near the file.
 */
export class DatabaseService {
  readonly #emit: (event: DatabaseEvent) => void;
  readonly #log: Log;
  #options: OpenOptions | undefined;
  #database: OccupancyDatabase | undefined;
  #registries: Registries | undefined;
  #lock: DatabaseLock | undefined;
  /** Not before this is a file that cannot be opened tried again, on the clock of `performance`. */
  #nextTry = 0;
  readonly #hostFolder = new HostFolder((question) => this.#emit({ event: 'fileAsked', question }));
  #failure: unknown = new DatabaseMissingError('No database was opened.', 'Run Open Database.');
  #dataVersion = 0;
  readonly #sync: PendingSync;
  readonly #jobs = new RunningWork();
  #watches: Repetition[] = [];
  /** Openings run one after another, or two of them could leave a connection behind. */
  #turn: Promise<void> = Promise.resolve();

  constructor(emit: (event: DatabaseEvent) => void) {
    this.#emit = emit;
    const line = (level: keyof Log) => (message: string) => emit({ event: 'log', level, message });
    this.#sync = new PendingSync((progress) => emit({ event: 'syncProgress', progress }));
    this.#log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
  }

  handle<M extends DatabaseMethod>(
    method: M,
    params: DatabaseRequests[M]['params'],
    signal: AbortSignal,
  ): Promise<DatabaseRequests[M]['result']> | DatabaseRequests[M]['result'] {
    return this.#handlers[method](params, signal);
  }

  /** Exports are to be aborted before: each then clears up after itself. */
  async close(): Promise<void> {
    this.#stopWatching();
    await Promise.all([this.#closeDatabase(), this.#jobs.ended()]);
  }

  readonly #handlers: Handlers = {
    open: (options) => this.#open(options),
    setRedis: (redis) => this.#setRedis(redis),
    giveFile: (answer) => this.#hostFolder.give(answer),
    describe: () => this.#read((database) => database.describe()),
    getAreas: () => this.#read((database) => database.getAreas()),
    getEntities: (filter) => this.#read((database) => database.getEntities(filter)),
    getIntervals: (query) => this.#read((database) => database.getIntervals(query)),
    getIntervalDays: (query) => this.#read((database) => database.getIntervalDays(query)),
    getRecentStates: () => this.#read((database) => database.getRecentStates()),
    getPriors: ({ area }) => this.#read((database) => database.getPriors(area)),
    getOccupiedSpan: ({ area, from, to }) => this.#read((database) => database.getOccupiedSpan(area, from, to)),
    getTimeline: (query, signal) => this.#read((database) => database.getTimeline(query, signal)),
    getLanes: (query, signal) => this.#read((database) => database.getLanes(query, signal)),
    getOverview: () => this.#read((database) => database.getOverview()),
    getAreaOverview: (query) => this.#read((database) => database.getAreaOverview(query)),
    getFriendlyNames: () => this.#registries?.names() ?? noFriendlyNames,
    inspectLock: () => this.#inspectLocks(),
    clearStaleLock: ({ expected }, signal) => this.#clearStaleLock(expected, signal),
    getLockMetrics: () => this.#wantedLock.taken.metrics(),
    resetLockMetrics: () => this.#wantedLock.taken.resetMetrics(),
    findRecorder: () => findRecorder(this.#wanted.path),
    planSync: async ({ source }, signal) => this.#sync.plan(await this.#opened(), source, signal),
    applySync: async (_params, signal) => this.#sync.apply(await this.#opened(), signal),
    discardSync: () => this.#sync.discard(),
    exportRows: (request, signal) =>
      this.#jobs.add(() => exportFrom(this.#wanted, this.#openSnapshot, request, this.#around(signal))),
    checkIntegrity: (options, signal) => this.#jobs.add(() => checkFile(options, this.#around(signal))),
    backup: (options, signal) => this.#jobs.add(() => backUpFile(options, this.#around(signal))),
    editRow: async (edit) => editRow(await this.#opened(), edit),
    getHistory: (area) => this.#read((database) => database.getHistory(area)),
    deleteHistory: async ({ history, id }, signal) =>
      deleteLearnedHistory(await this.#opened(), history, {
        signal,
        onProgress: seldom((rows) => this.#emit({ event: 'rows', id, rows })),
      }),
    recover: (params, signal) => this.#jobs.add(() => recoverFile(params, this.#around(signal))),
    setWatching: ({ watching }) => this.#watch(watching),
  };

  #around(signal: AbortSignal): Around {
    return { signal, emit: this.#emit, log: this.#log };
  }

  async #read<T>(read: (database: OccupancyDatabase) => Promise<T>): Promise<T> {
    const database = await this.#opened();
    try {
      return await read(database);
    } catch (error) {
      if (database === this.#database) throw error;
      // The file was replaced meanwhile, and its connection closed: what was asked is answered from the new one.
      return read(await this.#opened());
    }
  }

  /** A read that comes while the file is being opened waits for that, and does not fail. */
  async #opened(): Promise<OccupancyDatabase> {
    await this.#turn;
    if (!this.#database) throw this.#failure;
    return this.#database;
  }

  #open(options: OpenOptions): Promise<void> {
    // SQLite must have let go of a file that is to be read without it.
    if (options.snapshots !== this.#options?.snapshots) this.#turn = this.#turn.then(() => this.#jobs.ended());
    this.#options = options;
    this.#registries = new Registries(this.#virtualFolder ?? DiskFolder.around(options.path));
    this.#lock = new DatabaseLock(options, this.#log, (inspection) => this.#emit({ event: 'lock', inspection }));
    return this.#reopen(options);
  }

  async #setRedis(redis: RedisChoice | null): Promise<void> {
    const { redis: _before, ...options } = this.#wanted;
    this.#options = redis ? { ...options, redis } : options;
    await this.#turn;
    this.#database?.setRedis(redis ?? undefined);
  }

  #reopen(options: OpenOptions): Promise<void> {
    this.#turn = this.#turn.then(() => this.#replaceDatabase(options));
    return this.#turn;
  }

  /** Lets go of what is open and opens what lies at the path now; tells the outcome when it is news. Never rejects. */
  async #replaceDatabase(options: OpenOptions): Promise<void> {
    const wasOpen = this.#database !== undefined;
    const started = performance.now();
    const signs = setInterval(() => this.#emit({ event: 'opening' }), OPENING_PERIOD);
    try {
      await this.#closeDatabase();
      const folder = this.#virtualFolder;
      const ours = { lock: this.#wantedLock.taken, log: this.#log, ...(folder && { folder }) };
      this.#database = await OccupancyDatabase.open(options.path, { ...options, ...ours });
      this.#dataVersion = await this.#database.dataVersion();
      this.#emit({ event: 'opened', info: await this.#database.describe() });
    } catch (error) {
      // It may have failed when it was open already: a connection that nobody uses would stay with the file for ever.
      await this.#closeDatabase().catch(() => {});
      const isNews = toErrorRecord(error).message !== toErrorRecord(this.#failure).message || wasOpen;
      this.#failure = error;
      this.#nextTry = performance.now() + REST_AFTER_FAILURE * (performance.now() - started);
      if (isNews) this.#emit({ event: 'failed', error: toErrorRecord(error) });
    } finally {
      clearInterval(signs);
    }
  }

  async #closeDatabase(): Promise<void> {
    const database = this.#database;
    this.#database = undefined;
    // A reading may take minutes, and closing waits for what is running.
    this.#sync.discard();
    await database?.close();
  }

  /** The file is looked at only while somebody can see its rows; the lock always, since the status bar shows it. */
  #watch(watching: boolean): void {
    this.#stopWatching();
    const lock = every(watching ? LOCK_PERIOD : IDLE_LOCK_PERIOD, async () => this.#lock?.look(), this.#log);
    const file = watching ? [every(DATA_PERIOD, () => this.#lookAtFile(), this.#log)] : [];
    this.#watches = [lock, ...file];
  }

  #stopWatching(): void {
    for (const watch of this.#watches) watch.stop();
    this.#watches = [];
  }

  async #lookAtFile(): Promise<void> {
    // What is being opened just now would be opened a second time.
    await this.#turn;
    if (!this.#options) return;
    if (!this.#database) return performance.now() < this.#nextTry ? undefined : this.#reopen(this.#options);
    if (await this.#database.isReplaced()) return this.#reopen(this.#options);
    const version = await this.#database.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#emit({ event: 'changed' });
  }

  /** Redis is asked only when the user wants to know, not by each look of the status bar. */
  async #inspectLocks(): Promise<LockInspection> {
    const [inspection, redis] = await Promise.all([this.#wantedLock.inspect(), this.#database?.inspectRedis()]);
    return redis ? { ...inspection, redis } : inspection;
  }

  async #clearStaleLock(expected: LockInspection, signal: AbortSignal): Promise<ClearResult> {
    this.#database?.assertLive();
    return this.#wantedLock.clear(expected, signal);
  }

  /** Of a database that has no path on this computer; undefined for a file of it. */
  get #virtualFolder(): HostFolder | undefined {
    return isVirtualPath(this.#options?.path ?? '') ? this.#hostFolder : undefined;
  }

  get #openSnapshot(): OccupancyDatabase | undefined {
    return this.#database?.isSnapshot ? this.#database : undefined;
  }

  get #wantedLock(): DatabaseLock {
    if (!this.#lock) throw this.#failure;
    return this.#lock;
  }

  /** What was asked to be open, whether it could be opened or not: its lock can be looked at all the same. */
  get #wanted(): OpenOptions {
    if (!this.#options) throw this.#failure;
    return this.#options;
  }
}
