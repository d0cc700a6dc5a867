import type { Log } from '../core/ports/log';
import type { DatabaseMethod, DatabaseRequests, JobProgress } from '../protocol/databaseProtocol';
import { DatabaseProcess } from './databaseProcess';

/** Requests that may keep a process for themselves. */
export type Job = Extract<DatabaseMethod, 'checkIntegrity' | 'backup' | 'recover'>;

export interface JobOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

/**
 * Runs one request in a process of its own, and ends that. A statement of SQLite's may take a minute there: nobody waits for it, and
 * a cancel that it does not hear of within a second ends the process, and with it the statement and what it holds of the file.
 */
export async function runApart<M extends Job>(
  serverPath: string,
  log: Log,
  method: M,
  params: DatabaseRequests[M]['params'],
  { signal, onProgress }: JobOptions,
): Promise<DatabaseRequests[M]['result']> {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const process = new DatabaseProcess(
    serverPath,
    log,
    (event) => {
      if (event.event === 'log') log[event.level](event.message);
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
