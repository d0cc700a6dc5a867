import { type OccupancySchema, probeSchema } from '../../core/database/occupancySchema';
import type { Clock } from '../../core/ports/clock';
import { dataVersion, journalMode } from '../../core/sql/schemaQueries';
import { type ExaminedFile, examineFile, fileSizes, identify, lacksWalFiles, lacksWalFilesError } from './databaseFile';
import type { MountProbe } from './networkMount';
import { isTruncated, SqliteReader } from './sqliteConnection';
import { sqliteCode, toOccupancyError, truncated } from './sqliteErrors';
import { whileBusy } from './whileBusy';

export interface OpenedReader {
  readonly reader: SqliteReader;
  readonly schema: OccupancySchema;
  readonly journalMode: string;
  readonly file: ExaminedFile;
}

/**
 * Opens the file for reading and looks at its schema; waits `patience` ms for a connection that shuts all others out.
 * Throws the error that says best why it cannot be opened.
 */
export async function openReader(path: string, clock: Clock, patience: number, probe?: MountProbe): Promise<OpenedReader> {
  for (;;) {
    const file = await examineFile(path, probe);
    let reader: SqliteReader | undefined;
    try {
      const opened = await whileBusy(
        () => {
          reader ??= SqliteReader.open(path);
          return look(reader);
        },
        { clock, path, deadline: clock.monotonic() + patience },
      );
      const now = await identify(path);
      if (now?.dev === file.dev && now.ino === file.ino) return { ...opened, file };
      // Replaced between the look at the file and SQLite's: once more.
      opened.reader.close();
    } catch (error) {
      reader?.close();
      throw await whyUnreadable(path, error);
    }
  }
}

function look(reader: SqliteReader): Omit<OpenedReader, 'file'> {
  // The first read of the file: fails here, before any table is looked for, when it is no sound database.
  reader.get(dataVersion);
  return { reader, schema: probeSchema(reader), journalMode: reader.get(journalMode)?.journal_mode ?? 'unknown' };
}

async function whyUnreadable(path: string, error: unknown): Promise<Error> {
  const code = sqliteCode(error);
  if (/^SQLITE_(CANTOPEN|READONLY)/.test(code ?? '') && (await lacksWalFiles(path))) return lacksWalFilesError(path, error);
  if (code?.startsWith('SQLITE_CORRUPT') && isTruncated(path))
    return truncated(path, (await fileSizes(path)).fileBytes, { cause: error });
  return toOccupancyError(error, path);
}
