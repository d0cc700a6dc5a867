import type { BackupReport } from '../core/backup/backupReport';
import type { CheckReport } from '../core/check/checkReport';
import { OccupancyDatabase } from '../platform/database/occupancyDatabase';
import type { DatabaseTarget, JobProgress, OpenOptions } from '../protocol/databaseProtocol';
import type { Around } from './exportFrom';
import { seldom } from './seldom';

/** Checks a database. Throws what checkIntegrity does. */
export function checkFile(options: OpenOptions, around: Around): Promise<CheckReport> {
  return onItsOwn(options, around, (database, how) => database.checkIntegrity(how));
}

/** Copies a database into a file. Throws what backup does. */
export function backUpFile(
  { target, overwrite, ...options }: OpenOptions & DatabaseTarget,
  around: Around,
): Promise<BackupReport> {
  return onItsOwn(options, around, (database, how) => database.backup(target, { ...how, overwrite }));
}

interface How {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

async function onItsOwn<T>(
  { path, ...options }: OpenOptions,
  { log, ...around }: Around,
  work: (database: OccupancyDatabase, how: How) => Promise<T>,
): Promise<T> {
  const database = await OccupancyDatabase.open(path, { ...options, log });
  try {
    return await work(database, howFar(around));
  } finally {
    await database.close();
  }
}

/** Passes on each new stage, and its progress now and then. */
export function howFar({ signal, emit }: Pick<Around, 'signal' | 'emit'>): How {
  let stage: JobProgress['stage'] | undefined;
  const tell = seldom<JobProgress>(
    (progress) => emit({ event: 'jobProgress', progress }),
    (progress) => progress.stage !== stage,
  );
  const onProgress = (progress: JobProgress): void => {
    if (!signal.aborted) tell(progress);
    stage = progress.stage;
  };
  return { signal, onProgress };
}
