import { access, constants, lstat, readlink, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type BigIntStats } from 'node:fs';
import type { FileFacts as BesideFile } from '../../core/check/fileRules';
import type { DatabaseInfo } from '../../core/database/databaseInfo';
import { DatabaseAccessError, DatabaseEmptyError, DatabaseMissingError, NotAFileError } from '../../core/errors';

// Only stat, lstat, access and statfs look at the file here: closing a file descriptor of it anywhere in this process
// would drop the POSIX locks that SQLite holds on it.

/** Tells one file from the next at the same path. */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

export interface ExaminedFile extends FileIdentity {
  /** Why it cannot be written, as a sentence; null when it can. */
  readonly readOnlyReason: string | null;
}

const STORAGE_HINT = 'Open area_occupancy.db, which lies in the .storage folder of your Home Assistant configuration.';

/** Looks at the file before SQLite does, and throws the error that says best why it cannot be opened. */
export async function examineFile(path: string): Promise<ExaminedFile> {
  const stats = await statFile(path);
  if (!stats.isFile()) throw new NotAFileError(`${path} is ${kindOf(stats)}, not a database file.`, STORAGE_HINT);
  const folder = dirname(path);
  // SQLite would delete the -wal of an empty database.
  if (stats.size === 0n) {
    throw new DatabaseEmptyError(
      `${path} is empty: it holds 0 bytes.`,
      'Area Occupancy Detection creates its tables when Home Assistant starts; refresh after that, or restore area_occupancy.db.backup.',
    );
  }
  if (!(await may(path, constants.R_OK))) throw accessDenied(path);
  const writable = (await may(path, constants.W_OK)) && (await may(folder, constants.W_OK | constants.X_OK));
  return {
    dev: stats.dev,
    ino: stats.ino,
    readOnlyReason: writable ? null : 'This user may not write the database or its folder, so it is shown but not changed.',
  };
}

/** The identity of the file that is at the path now; null when there is none. */
export async function identify(path: string): Promise<FileIdentity | null> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  return stats && { dev: stats.dev, ino: stats.ino };
}

export type FileFacts = Pick<DatabaseInfo, 'fileBytes' | 'walBytes' | 'fileWritten' | 'walWritten'>;

/** Sizes and times of the database and of its -wal; 0 and null for a file that is not there. */
export async function fileFacts(path: string): Promise<FileFacts> {
  const [file, wal] = await Promise.all([path, `${path}-wal`].map((name) => stat(name).catch(() => null)));
  return {
    fileBytes: file?.size ?? 0,
    walBytes: wal?.size ?? 0,
    fileWritten: file?.mtimeMs ?? null,
    walWritten: wal?.mtimeMs ?? null,
  };
}

/** AOD's own copy beside the database; null where there is none. */
export async function backupFacts(path: string): Promise<BesideFile | null> {
  const name = `${path}.backup`;
  const found = await stat(name).catch(() => null);
  return found && { name: basename(name), bytes: found.size, written: found.mtimeMs };
}

/** True when the files that a write-ahead log needs are neither there nor can be made: SQLite cannot read the database then. */
export async function lacksWalFiles(path: string): Promise<boolean> {
  const missing = (await identify(`${path}-wal`)) === null || (await identify(`${path}-shm`)) === null;
  return missing && !(await may(dirname(path), constants.W_OK | constants.X_OK));
}

export function lacksWalFilesError(path: string, cause: unknown): DatabaseAccessError {
  return new DatabaseAccessError(
    `${path} uses a write-ahead log, and this user may not create its -wal and -shm files in ${dirname(path)}.`,
    'Allow this user to write the folder, start Home Assistant so that the files are there, or open a copy in a folder of your own.',
    { cause },
  );
}

async function statFile(path: string): Promise<BigIntStats> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    throw await whyNoStat(path, error);
  }
}

async function whyNoStat(path: string, error: unknown): Promise<Error> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM') return accessDenied(path, error);
  const link = await lstat(path).catch(() => null);
  if (link?.isSymbolicLink()) {
    const target = resolve(dirname(path), await readlink(path));
    return new DatabaseMissingError(
      `${path} is a symbolic link to ${target}, which ${code === 'ELOOP' ? 'leads back to itself' : 'does not exist'}.`,
      'Repair the link, or open the database where it is.',
      { cause: error },
    );
  }
  return new DatabaseMissingError(
    `There is no file ${path}.`,
    'Check the path. Area Occupancy Detection creates the file when Home Assistant starts.',
    { cause: error },
  );
}

function accessDenied(path: string, cause?: unknown): DatabaseAccessError {
  return new DatabaseAccessError(
    `This user may not read ${path}.`,
    'Give this user read access to the file and its folder, or run the editor as the user that runs Home Assistant.',
    { cause },
  );
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

function kindOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'a directory';
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a pipe';
  return 'a device';
}
