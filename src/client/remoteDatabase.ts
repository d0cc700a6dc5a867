import type { Disposable } from '../core/disposable';
import type { DatabaseInfo } from '../core/database/databaseInfo';
import type { EditResult, RowEdit } from '../core/edit/rowEdit';
import { asOccupancyError, ProcessEndedError, type OccupancyError } from '../core/errors';
import type { ExportOptions, ExportRequest, ExportResult } from '../core/export/exportRequest';
import type { LearnedHistory } from '../core/history/learnedHistory';
import { LONGEST_PATIENCE } from '../core/lock/holdEstimator';
import type { LockInspection } from '../core/lock/lockInspection';
import type { FolderFiles } from '../core/ports/folderFiles';
import type { Log } from '../core/ports/log';
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
import { RemoteReads } from './remoteReads';

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
export class RemoteDatabase extends RemoteReads implements Disposable {
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
  /** By the id of a work that goes through rows: who hears how far it has come. */
  readonly #onRows = new Map<number, ((rows: number) => void) | undefined>();
  #nextWork = 1;

  /** @param folder of a database that has no path on this computer: the process reads it through this */
  constructor(serverPath: string, options: OpenOptions, log: Log, listener: RemoteDatabaseListener, folder?: FolderFiles) {
    super();
    this.#serverPath = serverPath;
    this.#options = options;
    this.#log = log;
    this.#listener = listener;
    this.#folder = folder;
    this.jobs = new DatabaseJobs(serverPath, () => this.#options, log);
    this.#start();
  }

  /** Reads history and keeps what is to be added, until applySync or discardSync. */
  planSync(source: SourceChoice, options: SyncOptions = {}): Promise<SyncReport> {
    return this.#sync('planSync', { source }, options);
  }

  /** Writes what planSync kept. Aborted, it rejects only when the rows under way are in, and says how many are. Throws PLAN_LOST. */
  applySync(options: SyncOptions = {}): Promise<SyncReport> {
    return this.#sync('applySync', undefined, options);
  }

  discardSync = (): Promise<void> => this.request('discardSync', undefined);

  /** Writes a file, in the database process. Aborted, it rejects only when nothing of it is left. */
  exportRows(request: ExportRequest, options: ExportOptions = {}): Promise<ExportResult> {
    return this.#counting(
      (id) => this.request('exportRows', { ...request, id }, { signal: options.signal, limit: null }),
      options,
    );
  }

  editRow = (edit: RowEdit): Promise<EditResult> => this.request('editRow', edit);

  /** Deletes what getHistory found. Aborted, it rejects only when the rows under way are gone, and says how many are. */
  deleteHistory(history: LearnedHistory, options: ExportOptions = {}): Promise<number> {
    return this.#counting(
      (id) => this.request('deleteHistory', { history, id }, { signal: options.signal, limit: null }),
      options,
    );
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

  async #counting<T>(work: (id: number) => Promise<T>, { onProgress }: ExportOptions): Promise<T> {
    const id = this.#nextWork++;
    this.#onRows.set(id, onProgress);
    try {
      return await work(id);
    } finally {
      this.#onRows.delete(id);
    }
  }

  protected request<M extends DatabaseMethod>(
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
      return await this.request(method, params, { signal, limit: null });
    } finally {
      if (this.#onSyncProgress === onProgress) this.#onSyncProgress = undefined;
    }
  }

  /** A request whose answer nobody waits for; what fails in it arrives as an event as well. */
  #tell<M extends DatabaseMethod>(method: M, params: DatabaseRequests[M]['params']): void {
    this.request(method, params).catch((error: unknown) => this.#log.debug(`${method}: ${asOccupancyError(error).message}`));
  }

  /** Never rejects: without an answer, the process is gone. */
  async #giveFile(question: FileQuestion): Promise<void> {
    if (this.#folder) await giveFile(this.#folder, question, (answer) => this.request('giveFile', answer)).catch(() => {});
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
      case 'rows':
        return this.#onRows.get(event.id)?.(event.rows);
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
