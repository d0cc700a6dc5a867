import type { BackupOptions, BackupReport } from '../../core/backup/backupReport';
import { DatabaseCorruptError, LockTimeoutError, ReadOnlyError, throwIfAborted } from '../../core/errors';
import type { Clock } from '../../core/ports/clock';
import type { SqlReader } from '../../core/ports/sql';
import { fullIntegrityCheck } from '../../core/sql/integrityQueries';
import { rowCount } from '../../core/sql/overviewQueries';
import { tableNames, verifyingPragmas } from '../../core/sql/schemaQueries';
import { fileFacts } from '../database/databaseFile';
import { SqliteWriter } from '../database/sqliteConnection';
import { sqliteCode, toOccupancyError } from '../database/sqliteErrors';
import { DatabasePart, isWriteFault, partFault } from './databasePart';
import { SnapshotReader } from './snapshotReader';

/**
 * By how much the -wal may grow (bytes) while one state of the database is being copied, which keeps it from being begun anew. Home
 * Assistant writes a few MB in that time; whoever writes so much more has its disk to itself again.
 */
const MOST_WAL = 256 * 1024 * 1024;

/** In rollback mode each write of another program lets a copy begin again. */
const MOST_RESTARTS = 20;

const WHAT = 'The backup';

/** What a backup needs of the database that it copies. */
export interface BackupSource {
  readonly path: string;
  readonly journalMode: string;
  /** Of what no SQLite has open as a file: there is nothing that could be copied while others write. */
  readonly isSnapshot: boolean;
  /** Throws DatabaseMissingError when the file was replaced: the copy would be of what is no longer there. */
  readonly assertSameFile: () => Promise<void>;
  readonly clock: Clock;
}

/**
 * Copies a database by SQLite's backup API into a file that is not there before it is whole and verified. In WAL mode, one read
 * transaction lasts as long as the copying: without, each commit of another program would let it begin again, and with a commit a
 * second a large one would never end. Nobody waits for that transaction; the -wal grows by what is written meanwhile.
 * Throws what reading throws, ExportError, TargetExistsError, DiskFullError, DatabaseCorruptError for a copy that is damaged as its
 * original is, and CancelledError; then nothing is left of it, and an older file is as it was.
 */
export async function backUp(
  source: BackupSource,
  target: string,
  { overwrite = false, signal, onProgress }: BackupOptions = {},
): Promise<BackupReport> {
  throwIfAborted(signal, WHAT);
  const { path, clock, isSnapshot, assertSameFile } = source;
  if (isSnapshot)
    throw new ReadOnlyError(`${path} is open as a snapshot, which is not backed up.`, 'Back it up where the file itself is.');
  const started = clock.monotonic();
  const part = await DatabasePart.create(target, path, overwrite);
  try {
    const { takenAt, counts } = await copy(source, part.path, { signal, onProgress });
    throwIfAborted(signal, WHAT);
    onProgress?.({ stage: 'verifying', fraction: null });
    const tables = verify(part.path, path, counts);
    await assertSameFile();
    throwIfAborted(signal, WHAT);
    const bytes = await part.moveIntoPlace(path);
    return { path: part.target, bytes, takenAt, milliseconds: clock.monotonic() - started, tables };
  } catch (error) {
    await part.discard();
    throw partFault(error, part.target);
  }
}

type Counts = BackupReport['tables'];

async function copy(
  { path, journalMode, clock }: BackupSource,
  to: string,
  { signal, onProgress }: BackupOptions,
): Promise<{ takenAt: number; counts: Counts | null }> {
  let reader: SnapshotReader | undefined;
  let sizeWatch: NodeJS.Timeout | undefined;
  try {
    reader = SnapshotReader.openSnapshot(path);
    const isWal = journalMode === 'wal';
    if (isWal) reader.begin();
    const takenAt = clock.now();
    // In the same transaction: they are of the very state that is copied.
    const counts = isWal ? countRows(reader) : null;
    const walBefore = (await fileFacts(path)).walBytes;
    let walNow = walBefore;
    sizeWatch = setInterval(() => void fileFacts(path).then(({ walBytes }) => (walNow = walBytes)), 500);
    let [reached, restarts] = [0, 0];
    await reader.copy(to, (fraction) => {
      throwIfAborted(signal, WHAT);
      if (fraction < reached) restarts += 1;
      reached = fraction;
      if (walNow - walBefore > MOST_WAL || restarts > MOST_RESTARTS)
        throw new LockTimeoutError(`more was written to ${path} than a copy can keep up with.`);
      onProgress?.({ stage: 'copying', fraction });
    });
    return { takenAt, counts };
  } catch (error) {
    // What keeps it from being written is about the copy.
    throw isWriteFault(error) ? error : toOccupancyError(error, path);
  } finally {
    clearInterval(sizeWatch);
    reader?.end();
    reader?.close();
  }
}

/** @returns the rows of the copy. Throws DatabaseCorruptError where it is damaged, or has others than were counted */
function verify(part: string, original: string, expected: Counts | null): Counts {
  // One that can write removes the -wal and -shm that it makes.
  const reader = SqliteWriter.open(part, verifyingPragmas);
  try {
    const fault = reader.all(fullIntegrityCheck).find(({ verdict }) => verdict !== 'ok');
    if (fault) throw damagedCopy(original, fault.verdict);
    const found = countRows(reader);
    if (expected === null || JSON.stringify(found) === JSON.stringify(expected)) return found;
    throw damagedCopy(original, 'it does not have the rows that were counted');
  } catch (error) {
    throw sqliteCode(error)?.startsWith('SQLITE_CORRUPT') ? damagedCopy(original, 'it cannot be read') : error;
  } finally {
    reader.close();
  }
}

function damagedCopy(original: string, detail: string): DatabaseCorruptError {
  return new DatabaseCorruptError(
    `The backup of ${original} was not kept: it is damaged (${detail}).`,
    'Run Check Database: what is damaged there is damaged in each copy of it. Recover Database copies what can be read.',
  );
}

function countRows(reader: SqlReader): Counts {
  return reader.all(tableNames).map(({ name: table }) => ({ table, rows: reader.get(rowCount(table))?.count ?? 0 }));
}
