import { RunningWork } from '../core/database/runningWork';
import { DatabaseMissingError } from '../core/errors';
import { noFriendlyNames } from '../core/friendlyNames';
import { roughAge } from '../core/lock/explainLock';
import type { LockInspection } from '../core/lock/lockInspection';
import type { Log } from '../core/ports/log';
import { deleteLearnedHistory } from '../platform/database/deleteLearnedHistory';
import { editRow } from '../platform/database/editRow';
import { OccupancyDatabase } from '../platform/database/occupancyDatabase';
import { fileLockOptions } from '../platform/database/openOptions';
import { clearStaleLock } from '../platform/lock/clearStaleLock';
import { FileLock } from '../platform/lock/fileLock';
import { inspectLock } from '../platform/lock/inspectLock';
import { findRecorder } from '../platform/sync/findRecorder';
import { Registries } from '../platform/registries';
import type { DatabaseEvent, DatabaseMethod, DatabaseRequests, OpenOptions, RedisChoice } from '../protocol/databaseProtocol';
import { toErrorRecord } from '../protocol/errorRecord';
import { type Around, exportFrom } from './exportFrom';
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
  /** One for as long as this is open, so that its metrics outlast a file that is replaced. */
  #lock: FileLock | undefined;
  #failure: unknown = new DatabaseMissingError('No database was opened.', 'Run Open Database.');
  #dataVersion = 0;
  /** What the listener knows of the lock, its age as it is shown. */
  #lockSeen = '';
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

  /** Exports and the like are to be aborted before: each then clears up after itself. */
  async close(): Promise<void> {
    this.#stopWatching();
    await Promise.all([this.#closeDatabase(), this.#jobs.ended()]);
  }

  readonly #handlers: Handlers = {
    open: (options) => this.#open(options),
    setRedis: (redis) => this.#setRedis(redis),
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
    getLockMetrics: () => this.#wantedLock.metrics(),
    resetLockMetrics: () => this.#wantedLock.resetMetrics(),
    findRecorder: () => findRecorder(this.#wanted.path),
    planSync: async ({ source }, signal) => this.#sync.plan(await this.#opened(), source, signal),
    applySync: async (_params, signal) => this.#sync.apply(await this.#opened(), signal),
    discardSync: () => this.#sync.discard(),
    exportRows: (request, signal) => this.#jobs.add(() => exportFrom(this.#wanted, request, this.#around(signal))),
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
    this.#options = options;
    this.#registries = new Registries(options.path);
    this.#lock = new FileLock(`${options.path}.lock`, { ...fileLockOptions(options), log: this.#log });
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
    try {
      await this.#closeDatabase();
      this.#database = await OccupancyDatabase.open(options.path, { ...options, lock: this.#wantedLock, log: this.#log });
      this.#dataVersion = await this.#database.dataVersion();
      this.#emit({ event: 'opened', info: await this.#database.describe() });
    } catch (error) {
      // It may have failed when it was open already: a connection that nobody uses would stay with the file for ever.
      await this.#closeDatabase().catch(() => {});
      const isNews = toErrorRecord(error).message !== toErrorRecord(this.#failure).message || wasOpen;
      this.#failure = error;
      if (isNews) this.#emit({ event: 'failed', error: toErrorRecord(error) });
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
    const lock = every(watching ? LOCK_PERIOD : IDLE_LOCK_PERIOD, () => this.#lookAtLock(), this.#log);
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
    if (!this.#database || (await this.#database.isReplaced())) return this.#reopen(this.#options);
    const version = await this.#database.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#emit({ event: 'changed' });
  }

  async #lookAtLock(): Promise<void> {
    const inspection = await this.#inspectLock();
    const seen = `${inspection.state} ${inspection.identity} ${roughAge(inspection.age ?? 0)}`;
    if (seen === this.#lockSeen) return;
    this.#lockSeen = seen;
    this.#emit({ event: 'lock', inspection });
  }

  #inspectLock(): Promise<LockInspection> {
    const { path, staleLockTimeout } = this.#wanted;
    return inspectLock(`${path}.lock`, { staleLockTimeout });
  }

  /** Redis is asked only when the user wants to know, not by each look of the status bar. */
  async #inspectLocks(): Promise<LockInspection> {
    const [inspection, redis] = await Promise.all([this.#inspectLock(), this.#database?.inspectRedis()]);
    return redis ? { ...inspection, redis } : inspection;
  }

  #clearStaleLock(expected: LockInspection, signal: AbortSignal): ReturnType<typeof clearStaleLock> {
    const { path, staleLockTimeout } = this.#wanted;
    return clearStaleLock(`${path}.lock`, { staleLockTimeout, expected, signal, log: this.#log });
  }

  get #wantedLock(): FileLock {
    if (!this.#lock) throw this.#failure;
    return this.#lock;
  }

  /** What was asked to be open, whether it could be opened or not: its lock can be looked at all the same. */
  get #wanted(): OpenOptions {
    if (!this.#options) throw this.#failure;
    return this.#options;
  }
}
