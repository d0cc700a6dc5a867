import {
  DatabaseAccessError,
  DatabaseCorruptError,
  DiskFullError,
  isOccupancyError,
  LockTimeoutError,
  NotADatabaseError,
  type OccupancyError,
  ReadOnlyError,
  SchemaError,
  UnexpectedError,
} from '../../core/errors';

/** The symbolic code of a failure of SQLite, such as SQLITE_BUSY_SNAPSHOT; null for any other error. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code.startsWith('SQLITE_') ? error.code : null;
}

/** Another connection has what we want, for now. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(sqliteCode(error) ?? '');
}

/** Every failure of SQLite as one of our errors, with a next step; our own errors pass through. */
export function toOccupancyError(error: unknown, path: string): OccupancyError {
  if (isOccupancyError(error)) return error;
  const code = sqliteCode(error);
  const detail = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  const primary = code?.split('_')[1];
  if (isBusy(error)) return new LockTimeoutError(`another program keeps ${path} locked (${detail}).`, options);
  if (primary === 'CORRUPT' || code === 'SQLITE_IOERR_SHORT_READ' || code === 'SQLITE_IOERR_CORRUPTFS')
    return damaged(path, options);
  if (primary === 'NOTADB') return notADatabase(path, options);
  const unreadable = /^SQLITE_READONLY_(RECOVERY|CANTINIT|CANTLOCK|DIRECTORY)$/.test(code ?? '');
  if (primary === 'READONLY' && !unreadable) {
    return new ReadOnlyError(`${path} cannot be written (${detail}).`, 'Check who may write the file and its folder.', options);
  }
  if (primary === 'FULL')
    return new DiskFullError(`The disk that holds ${path} is full.`, 'Free some space, then try again.', options);
  // What SQLite says of a quota, a limit on the size of files, and a disk that is full only when the pages are to reach it.
  if (/^SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|SHMSIZE)$/.test(code ?? '')) {
    const step = 'Free some space or raise the quota, then try again; if there is room, check the disk.';
    return new DiskFullError(`The disk that holds ${path} takes no more: ${detail}.`, step, options);
  }
  if (unreadable || primary === 'CANTOPEN' || primary === 'PERM' || primary === 'AUTH' || primary === 'IOERR') {
    const step = 'Check that the file is still there and who may read it and its folder, then refresh.';
    return new DatabaseAccessError(`${path} cannot be read: ${detail}.`, step, options);
  }
  if (code === 'SQLITE_ERROR' && /no such (table|column)/.test(detail)) {
    return new SchemaError(
      `The tables of ${path} changed while it was open: ${detail}.`,
      'Close the database and open it again.',
      options,
    );
  }
  return new UnexpectedError(`${path}: ${detail}`, 'Show the log for details.', options);
}

export function damaged(path: string, options?: { cause?: unknown }): DatabaseCorruptError {
  return new DatabaseCorruptError(
    `${path} is damaged: SQLite finds it malformed.`,
    'Area Occupancy Detection keeps a copy beside it, area_occupancy.db.backup, and restores it itself; do not delete -wal or -shm.',
    options,
  );
}

export function truncated(path: string, bytes: number, options?: { cause?: unknown }): DatabaseCorruptError {
  return new DatabaseCorruptError(
    `${path} is truncated: it ends after ${bytes} bytes, before the last page its header counts.`,
    'If it was copied, copy it again together with its -wal; otherwise restore area_occupancy.db.backup.',
    options,
  );
}

function notADatabase(path: string, options: { cause: unknown }): NotADatabaseError {
  return new NotADatabaseError(
    `${path} is not a SQLite database.`,
    'Open area_occupancy.db, which lies in the .storage folder of your Home Assistant configuration.',
    options,
  );
}
