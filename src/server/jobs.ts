import type { BackupReport } from '../core/backup/backupReport';
import type { CheckReport } from '../core/check/checkReport';
import type { RecoveryReport } from '../core/recover/recoveryReport';
import { OccupancyDatabase } from '../platform/database/occupancyDatabase';
import { recoverDatabase } from '../platform/recover/recoverDatabase';
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

/** Copies what can be read of a damaged file. Throws what recoverDatabase does. */
export function recoverFile(
  { path, target, overwrite }: DatabaseTarget & { readonly path: string },
  around: Around,
): Promise<RecoveryReport> {
  return recoverDatabase(path, target, { ...howFar(around), overwrite });
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
function howFar({ signal, emit }: Pick<Around, 'signal' | 'emit'>): How {
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
