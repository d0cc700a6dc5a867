import type { BackupReport } from '../core/backup/backupReport';
import type { CheckReport } from '../core/check/checkReport';
import type { Log } from '../core/ports/log';
import type { RecoveryReport } from '../core/recover/recoveryReport';
import type { DatabaseMethod, DatabaseRequests, JobProgress, OpenOptions } from '../protocol/databaseProtocol';
import { DatabaseProcess } from './databaseProcess';

export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

export interface WritingOptions extends JobOptions {
  /** Whether a file that is there may be replaced. */
  readonly overwrite?: boolean;
}

type Job = Extract<DatabaseMethod, 'checkIntegrity' | 'backup' | 'recover'>;

/**
 * What takes long, each in a process of its own, which ends with it. A statement of SQLite's may take a minute there: neither views
 * nor other requests wait for it, and a cancel that it does not hear of within a second ends the process, and with it the statement
 * and what it holds of the file.
 */
export class DatabaseJobs {
  readonly #serverPath: string;
  readonly #options: () => OpenOptions;
  readonly #log: Log;

  constructor(serverPath: string, options: () => OpenOptions, log: Log) {
    this.#serverPath = serverPath;
    this.#options = options;
    this.#log = log;
  }

  checkIntegrity(options: JobOptions = {}): Promise<CheckReport> {
    return this.#run('checkIntegrity', this.#options(), options);
  }

  /** Throws TARGET_EXISTS. When it was cancelled or its process ended, a part of the new file may be left. */
  backup(target: string, { overwrite = false, ...options }: WritingOptions = {}): Promise<BackupReport> {
    return this.#run('backup', { ...this.#options(), target, overwrite }, options);
  }

  /** Of a file that could be opened or not; otherwise as backup. */
  recover(target: string, { overwrite = false, ...options }: WritingOptions = {}): Promise<RecoveryReport> {
    return this.#run('recover', { path: this.#options().path, target, overwrite }, options);
  }

  async #run<M extends Job>(
    method: M,
    params: DatabaseRequests[M]['params'],
    { signal, onProgress }: JobOptions,
  ): Promise<DatabaseRequests[M]['result']> {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const process = new DatabaseProcess(
      this.#serverPath,
      this.#log,
      (event) => {
        if (event.event === 'log') this.#log[event.level](event.message);
        else if (event.event === 'jobProgress' && !signal?.aborted) onProgress?.(event.progress);
      },
      () => end(),
    );
    try {
      return await process.request(method, params, { signal, limit: null });
    } finally {
      // What it was about to leave behind, it has then left.
      process.stop();
      await ended;
    }
  }
}
