import type { Clock } from '../../core/ports/clock';
import { dataVersion } from '../../core/sql/schemaQueries';
import { type ExaminedFile, examineFile, fileFacts, identify, lacksWalFiles, lacksWalFilesError } from './databaseFile';
import { type MountProbe, refuseNetworkMount } from './networkMount';
import { isTruncated, SqliteReader } from './sqliteConnection';
import { sqliteCode, toOccupancyError, truncated } from './sqliteErrors';
import { whileBusy } from './whileBusy';

export interface OpenPatience {
  readonly clock: Clock;
  /** How long to wait for a connection that shuts all others out, ms. */
  readonly patience: number;
  readonly signal?: AbortSignal | undefined;
  readonly mountProbe?: MountProbe | undefined;
}

export interface OpenedFile<Found> {
  readonly reader: SqliteReader;
  readonly file: ExaminedFile;
  readonly found: Found;
}

/**
 * Opens a SQLite file for reading and takes the first look at it; the file at the path is then the one that was examined.
 * Throws the error that says best why it cannot be opened.
 */
export async function openSqlite<Found>(
  path: string,
  look: (reader: SqliteReader) => Found,
  { clock, patience, signal, mountProbe }: OpenPatience,
): Promise<OpenedFile<Found>> {
  for (;;) {
    const file = await examineFile(path);
    await refuseNetworkMount(path, mountProbe);
    let reader: SqliteReader | undefined;
    try {
      const opened = await whileBusy(
        () => {
          reader ??= SqliteReader.open(path);
          // The first read of the file: fails here, before any table is looked for, when it is no sound database.
          reader.get(dataVersion);
          return { reader, file, found: look(reader) };
        },
        { clock, path, deadline: clock.monotonic() + patience, signal },
      );
      const now = await identify(path);
      if (now?.dev === file.dev && now.ino === file.ino) return opened;
      // Replaced between the look at the file and SQLite's: once more.
      opened.reader.close();
    } catch (error) {
      reader?.close();
      throw await whyUnreadable(path, error);
    }
  }
}

/** A failure of SQLite while it opened or read the file, as the error that says best what is wrong. */
async function whyUnreadable(path: string, error: unknown): Promise<Error> {
  const code = sqliteCode(error);
  if (/^SQLITE_(CANTOPEN|READONLY)/.test(code ?? '') && (await lacksWalFiles(path))) return lacksWalFilesError(path, error);
  if (code?.startsWith('SQLITE_CORRUPT') && isTruncated(path))
    return truncated(path, (await fileFacts(path)).fileBytes, { cause: error });
  return toOccupancyError(error, path);
}
