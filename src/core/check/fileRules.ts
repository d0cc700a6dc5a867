import type { DatabaseInfo } from '../database/databaseInfo';
import { DAY_MS } from '../time';
import type { Findings } from './findings';

/** Bytes: SQLite begins the -wal anew at 4 MB, unless a reader keeps it from doing so for long. */
const LARGE_WAL = 32 * 1024 * 1024;

/** AOD copies the database once a day. */
const OLD_BACKUP = 2 * DAY_MS;

/** A file beside the database. */
export interface FileFacts {
  readonly name: string;
  readonly bytes: number;
  /** ms since the epoch */
  readonly written: number;
}

/** What lies beside the database. @param backup AOD's own copy; null where there is none */
export function checkFiles(
  { walBytes, walWritten, fileWritten }: DatabaseInfo,
  backup: FileFacts | null,
  findings: Findings,
): void {
  if (walBytes > LARGE_WAL) findings.add('walSize', { kind: 'file', name: '-wal', bytes: walBytes, written: walWritten });
  const written = Math.max(fileWritten ?? 0, walBytes > 0 ? (walWritten ?? 0) : 0);
  if (backup && written - backup.written > OLD_BACKUP) findings.add('oldBackup', { kind: 'file', ...backup });
}
