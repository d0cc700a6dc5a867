import { DatabaseCorruptError, DatabaseEmptyError, DatabaseMissingError, SnapshotError } from '../errors';
import type { Clock } from '../ports/clock';
import type { FileStamp, FolderFiles } from '../ports/folderFiles';
import { HEADER_BYTES, readDatabaseHeader } from './databaseHeader';
import { isHotJournal, JOURNAL_MAGIC_BYTES } from './hotJournal';
import { mergeWal } from './mergeWal';
import { WAL_HEADER_BYTES } from '../wal/readWal';

/** A database as it was at one moment. */
export interface Snapshot {
  /** A whole database file, which needs no -wal. */
  readonly bytes: Uint8Array;
  /** When reading began, ms since the epoch: what was committed before that is in it. */
  readonly takenAt: number;
  readonly journalMode: 'wal' | 'rollback';
  readonly file: FileStamp;
  readonly wal: FileStamp | null;
}

/** What of a folder a snapshot is made of. */
export interface SnapshotSource {
  readonly folder: FolderFiles;
  /** The database's file name. */
  readonly name: string;
  /** The database as the user knows it, for errors. */
  readonly path: string;
}

/** Bytes of database and -wal together: both are held in memory, twice for a moment. */
const LIMIT = 512 * 1024 * 1024;

/** Waited after each reading that did not fit together, ms. */
const PAUSES = [100, 200, 400, 800, 1600];

/**
 * Reads the database and its -wal so that they fit together, though others write meanwhile; what was torn is read again. Throws
 * DatabaseMissingError, DatabaseEmptyError, SnapshotError, DatabaseCorruptError, and what the folder throws.
 * @param limit bytes
 */
export async function readSnapshot(source: SnapshotSource, clock: Clock, limit = LIMIT): Promise<Snapshot> {
  let read = await readOnce(source, clock, limit);
  for (const pause of PAUSES) {
    if (typeof read !== 'string') break;
    await clock.sleep(pause);
    read = await readOnce(source, clock, limit);
  }
  if (typeof read === 'string') throw WHY_NONE[read](source.path);
  return read;
}

type Torn = 'changed' | 'journal' | 'truncated';

const WHY_NONE: Readonly<Record<Torn, (path: string) => Error>> = {
  changed: (path) =>
    new SnapshotError(
      `${path} was written to each time while it was read, so no snapshot of it can be had.`,
      'Refresh when Home Assistant writes less, or open it on the machine that runs Home Assistant.',
    ),
  journal: (path) =>
    new SnapshotError(
      `${path} has a -journal of a write that has not ended, so the file alone is half of the old rows and half of the new.`,
      'Refresh when the write is over. If nothing writes, open the database once where it lies: SQLite then restores it.',
    ),
  truncated: (path) =>
    new DatabaseCorruptError(
      `${path} is truncated: it ends before the last page its header counts.`,
      'If it was copied, copy it again together with its -wal; otherwise restore area_occupancy.db.backup.',
    ),
};

async function readOnce({ folder, name, path }: SnapshotSource, clock: Clock, limit: number): Promise<Snapshot | Torn> {
  const takenAt = clock.now();
  const before = await lookAt(folder, name);
  const { file } = before;
  if (!file) throw missing(path);
  if (file.size === 0) throw new DatabaseEmptyError(`${path} is empty: it holds 0 bytes.`, EMPTY_STEP);
  const bytes = file.size + (before.wal?.size ?? 0);
  if (bytes > limit) throw tooLarge(path, bytes, limit);
  const headers = await readHeaders(folder, name);
  if (headers.hasHotJournal) return 'journal';

  const database = await folder.read(name);
  if (!database) return 'changed';
  const wal = await folder.read(walOf(name));

  const headersAfter = await readHeaders(folder, name);
  const after = await lookAt(folder, name);
  if (headersAfter.hasHotJournal) return 'journal';
  if (!same(headers.wal, headersAfter.wal)) return 'changed';
  // As long as a -wal keeps its header, no frame in it is overwritten, and whatever moves from it into the database meanwhile is
  // in both. Without one, the database itself must have been at rest.
  const isAtRest =
    file.version === after.file?.version &&
    file.size === database.byteLength &&
    same(headers.file, headersAfter.file) &&
    (!headers.file || same(headers.file, database.subarray(0, HEADER_BYTES)));
  if (!headers.wal && !isAtRest) return 'changed';

  const journalMode = readDatabaseHeader(database)?.journalMode ?? 'rollback';
  const merged = mergeWal(database, wal, path);
  const header = readDatabaseHeader(merged);
  if (header?.pageCount && header.pageCount > Math.ceil(merged.byteLength / header.pageSize)) return 'truncated';
  return { bytes: merged, takenAt, journalMode, file, wal: before.wal };
}

const EMPTY_STEP =
  'Area Occupancy Detection creates its tables when Home Assistant starts; refresh after that, or restore area_occupancy.db.backup.';

function missing(path: string): DatabaseMissingError {
  const nextStep = 'Check the path. Area Occupancy Detection creates the file when Home Assistant starts.';
  return new DatabaseMissingError(`There is no file ${path}.`, nextStep);
}

function tooLarge(path: string, bytes: number, limit: number): SnapshotError {
  const mebibytes = (count: number): string => (count / 1024 / 1024).toLocaleString('en', { maximumFractionDigits: 0 });
  return new SnapshotError(
    `${path} and its -wal have ${mebibytes(bytes)} MB, and a snapshot holds no more than ${mebibytes(limit)} MB in memory.`,
    'Open it on the machine that runs Home Assistant, or copy the database and its -wal to a local disk and open the copy.',
  );
}

async function lookAt(folder: FolderFiles, name: string): Promise<{ file: FileStamp | null; wal: FileStamp | null }> {
  const [file, wal] = await Promise.all([folder.stat(name), folder.stat(walOf(name))]);
  return { file, wal };
}

interface Headers {
  /** null where the whole file would have to be read for it. */
  readonly file: Uint8Array | null;
  /** null for a -wal that is not there, and for one that holds nothing. */
  readonly wal: Uint8Array | null;
  readonly hasHotJournal: boolean;
}

async function readHeaders(folder: FolderFiles, name: string): Promise<Headers> {
  const [file, wal, journal] = await Promise.all([
    folder.readsParts ? folder.read(name, HEADER_BYTES) : null,
    folder.read(walOf(name), WAL_HEADER_BYTES),
    folder.read(`${name}-journal`, JOURNAL_MAGIC_BYTES),
  ]);
  const hasHotJournal = journal !== null && isHotJournal(journal);
  return { file: file && file.slice(0, HEADER_BYTES), wal: wal && walHeader(wal), hasHotJournal };
}

function walHeader(wal: Uint8Array): Uint8Array | null {
  return wal.byteLength < WAL_HEADER_BYTES ? null : wal.slice(0, WAL_HEADER_BYTES);
}

const walOf = (name: string): string => `${name}-wal`;

function same(left: Uint8Array | null, right: Uint8Array | null): boolean {
  if (left === null || right === null) return left === right;
  return left.byteLength === right.byteLength && left.every((byte, index) => byte === right[index]);
}
