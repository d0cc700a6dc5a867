import type { Disposable } from '../core/disposable';
import type { DatabaseInfo } from '../core/database/databaseInfo';
import type { IntervalDayQuery, OccupancyReader } from '../core/database/occupancyReader';
import { asOccupancyError, ProcessEndedError, type OccupancyError } from '../core/errors';
import type { ExportOptions, ExportRequest, ExportResult } from '../core/export/exportRequest';
import type { FriendlyNames } from '../core/friendlyNames';
import { LONGEST_PATIENCE } from '../core/lock/holdEstimator';
import type { ClearResult, LockInspection } from '../core/lock/lockInspection';
import type { LockMetrics } from '../core/metrics/lockMetrics';
import type { Area, AreaPriors, Entity, EntityFilter, Interval, IntervalDay, IntervalQuery, OccupiedSpan } from '../core/model';
import type { FolderFiles } from '../core/ports/folderFiles';
import type { Log } from '../core/ports/log';
import type { Lanes, LanesQuery } from '../core/timeline/lanes';
import type { AreaOverview, AreaOverviewQuery, DatabaseOverview } from '../core/overview/overviewFacts';
import type { Timeline, TimelineQuery } from '../core/timeline/timeline';
import type { RecorderFinding } from '../core/sync/recorderFinding';
import type { SyncProgress } from '../core/sync/syncProgress';
import type { SyncReport } from '../core/sync/syncReport';
import type {
  DatabaseEvent,
  DatabaseMethod,
  DatabaseRequests,
  OpenOptions,
  RedisChoice,
  SourceChoice,
} from '../protocol/databaseProtocol';
import { RemoteError } from '../protocol/errorRecord';
import type { FileQuestion } from '../protocol/fileQuestions';
import { DatabaseJobs } from './databaseJobs';
import { DatabaseProcess, type RequestOptions } from './databaseProcess';
import { giveFile } from './giveFile';

export interface RemoteDatabaseListener {
  onOpened(info: DatabaseInfo): void;
  onFailed(error: OccupancyError): void;
  onChanged(): void;
  onLock(inspection: LockInspection): void;
}

export interface SyncOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SyncProgress) => void;
}

/** ms that an answer may take, besides the time that the request may wait for the lock. */
const TIME_TO_ANSWER = 30_000;

/** A process that keeps dying is not started more often than this within a minute. */
const RESTARTS_PER_MINUTE = 3;

/** One database through a process of its own, which is started again when it dies. */
export class RemoteDatabase implements OccupancyReader, Disposable {
  /** What takes long, each in a process of its own. */
  readonly jobs: DatabaseJobs;
  readonly #serverPath: string;
  readonly #log: Log;
  readonly #listener: RemoteDatabaseListener;
  readonly #folder: FolderFiles | undefined;
  #options: OpenOptions;
  #process: DatabaseProcess | undefined;
  #watching = false;
  #disposed = false;
  #restarts: number[] = [];
  #onSyncProgress: ((progress: SyncProgress) => void) | undefined;
  /** By the id of an export: who hears how far it has come. */
  readonly #onExportProgress = new Map<number, ((rows: number) => void) | undefined>();
  #nextExport = 1;

  /** @param folder of a database that has no path on this computer: the process reads it through this */
  constructor(serverPath: string, options: OpenOptions, log: Log, listener: RemoteDatabaseListener, folder?: FolderFiles) {
    this.#serverPath = serverPath;
    this.#options = options;
    this.#log = log;
    this.#listener = listener;
    this.jobs = new DatabaseJobs(serverPath, () => this.#options, log);
    this.#folder = folder;
    this.#start();
  }

  describe = (): Promise<DatabaseInfo> => this.#request('describe', undefined);
  getAreas = (): Promise<readonly Area[]> => this.#request('getAreas', undefined);
  getEntities = (filter: EntityFilter = {}): Promise<readonly Entity[]> => this.#request('getEntities', filter);
  getIntervals = (query: IntervalQuery): Promise<readonly Interval[]> => this.#request('getIntervals', query);
  getIntervalDays = (query: IntervalDayQuery): Promise<readonly IntervalDay[]> => this.#request('getIntervalDays', query);
  getRecentStates = (): Promise<readonly string[]> => this.#request('getRecentStates', undefined);
  getPriors = (area: string): Promise<AreaPriors> => this.#request('getPriors', { area });
  getOccupiedSpan = (area: string, from: string, to: string): Promise<OccupiedSpan> =>
    this.#request('getOccupiedSpan', { area, from, to });
  getTimeline = (query: TimelineQuery, signal?: AbortSignal): Promise<Timeline> =>
    this.#request('getTimeline', query, { signal });
  getLanes = (query: LanesQuery, signal?: AbortSignal): Promise<Lanes> => this.#request('getLanes', query, { signal });
  getOverview = (): Promise<DatabaseOverview> => this.#request('getOverview', undefined);
  getAreaOverview = (query: AreaOverviewQuery): Promise<AreaOverview> => this.#request('getAreaOverview', query);
  getFriendlyNames = (): Promise<FriendlyNames> => this.#request('getFriendlyNames', undefined);

  inspectLock(signal?: AbortSignal): Promise<LockInspection> {
    return this.#request('inspectLock', undefined, { signal });
  }

  clearStaleLock(expected: LockInspection): Promise<ClearResult> {
    return this.#request('clearStaleLock', { expected });
  }

  getLockMetrics = (): Promise<LockMetrics> => this.#request('getLockMetrics', undefined);
  resetLockMetrics = (): Promise<void> => this.#request('resetLockMetrics', undefined);
  findRecorder = (): Promise<RecorderFinding> => this.#request('findRecorder', undefined);

  /** Reads history and keeps what is to be added, until applySync or discardSync. */
  planSync(source: SourceChoice, options: SyncOptions = {}): Promise<SyncReport> {
    return this.#sync('planSync', { source }, options);
  }

  /** Writes what planSync kept. Aborted, it rejects only when the rows under way are in, and says how many are. Throws PLAN_LOST. */
  applySync(options: SyncOptions = {}): Promise<SyncReport> {
    return this.#sync('applySync', undefined, options);
  }

  discardSync(): Promise<void> {
    return this.#request('discardSync', undefined);
  }

  /** Writes a file, in the database process. Aborted, it rejects only when nothing of it is left. */
  async exportRows(request: ExportRequest, { signal, onProgress }: ExportOptions = {}): Promise<ExportResult> {
    const id = this.#nextExport++;
    this.#onExportProgress.set(id, onProgress);
    try {
      return await this.#request('exportRows', { ...request, id }, { signal, limit: null });
    } finally {
      this.#onExportProgress.delete(id);
    }
  }

  /** While true, the listener hears of changed rows; while false only of the lock. */
  setWatching(watching: boolean): void {
    this.#watching = watching;
    this.#tell('setWatching', { watching });
  }

  /** Opens the file anew, with other options where they are given; also starts the process again where it gave up. */
  reopen(options: OpenOptions = this.#options): void {
    this.#options = options;
    this.#restarts = [];
    if (this.#process) this.#tell('open', options);
    else if (!this.#disposed) this.#start();
  }

  /** Sets another Redis lock, or none, for writes from now on. */
  setRedis(redis: RedisChoice | undefined): void {
    const { redis: _before, ...options } = this.#options;
    this.#options = redis ? { ...options, redis } : options;
    this.#tell('setRedis', redis ?? null);
  }

  dispose(): void {
    this.#disposed = true;
    this.#process?.stop();
    this.#process = undefined;
  }

  #start(): void {
    this.#process = new DatabaseProcess(
      this.#serverPath,
      this.#log,
      (event) => this.#hear(event),
      (how) => this.#ended(how),
    );
    this.#tell('open', this.#options);
    this.#tell('setWatching', { watching: this.#watching });
  }

  #request<M extends DatabaseMethod>(
    method: M,
    params: DatabaseRequests[M]['params'],
    options: RequestOptions = {},
  ): Promise<DatabaseRequests[M]['result']> {
    const { lockTimeout } = this.#options;
    const limit = TIME_TO_ANSWER + (lockTimeout === 'auto' ? LONGEST_PATIENCE : lockTimeout * 1000);
    if (this.#process) return this.#process.request(method, params, { limit, ...options });
    return Promise.reject(new ProcessEndedError('The database process is not running.', 'Run Refresh to start it again.'));
  }

  async #sync<M extends 'planSync' | 'applySync'>(
    method: M,
    params: DatabaseRequests[M]['params'],
    { signal, onProgress }: SyncOptions,
  ): Promise<SyncReport> {
    this.#onSyncProgress = onProgress;
    try {
      return await this.#request(method, params, { signal, limit: null });
    } finally {
      if (this.#onSyncProgress === onProgress) this.#onSyncProgress = undefined;
    }
  }

  /** A request whose answer nobody waits for; what fails in it arrives as an event as well. */
  #tell<M extends DatabaseMethod>(method: M, params: DatabaseRequests[M]['params']): void {
    this.#request(method, params).catch((error: unknown) => this.#log.debug(`${method}: ${asOccupancyError(error).message}`));
  }

  /** Never rejects: without an answer, the process is gone. */
  async #giveFile(question: FileQuestion): Promise<void> {
    if (this.#folder) await giveFile(this.#folder, question, (answer) => this.#request('giveFile', answer)).catch(() => {});
  }

  #hear(event: DatabaseEvent): void {
    switch (event.event) {
      case 'opened':
        return this.#listener.onOpened(event.info);
      case 'failed':
        return this.#listener.onFailed(new RemoteError(event.error));
      case 'changed':
        return this.#listener.onChanged();
      case 'syncProgress':
        return this.#onSyncProgress?.(event.progress);
      case 'exportProgress':
        return this.#onExportProgress.get(event.id)?.(event.rows);
      case 'lock':
        return this.#listener.onLock(event.inspection);
      case 'fileAsked':
        return void this.#giveFile(event.question);
      case 'log':
        return this.#log[event.level](event.message);
    }
  }

  #ended(how: string): void {
    if (this.#disposed) return;
    this.#process = undefined;
    const now = performance.now();
    this.#restarts = [...this.#restarts.filter((at) => now - at < 60_000), now];
    const givesUp = this.#restarts.length > RESTARTS_PER_MINUTE;
    this.#log.error(`The database process ${how}${givesUp ? '; it is not started again' : '; starting it again'}`);
    if (!givesUp) return this.#start();
    const nextStep = 'Run Refresh to start it again; if it goes on, report it with the log.';
    this.#listener.onFailed(
      new ProcessEndedError(`The database process ${how}, ${this.#restarts.length} times in a minute.`, nextStep),
    );
  }
}
