import { type OccupancySchema, probeSchema } from '../../core/database/occupancySchema';
import type { Clock } from '../../core/ports/clock';
import { journalMode } from '../../core/sql/schemaQueries';
import type { ExaminedFile } from './databaseFile';
import type { MountProbe } from './networkMount';
import { openSqlite } from './openSqlite';
import type { SqliteReader } from './sqliteConnection';

export interface OpenedReader {
  readonly reader: SqliteReader;
  readonly schema: OccupancySchema;
  readonly journalMode: string;
  readonly file: ExaminedFile;
}

/**
 * Opens an occupancy database for reading and looks at its schema; waits `patience` ms for a connection that shuts all others
 * out. Throws the error that says best why it cannot be opened.
 */
export async function openReader(path: string, clock: Clock, patience: number, mountProbe?: MountProbe): Promise<OpenedReader> {
  const { reader, file, found } = await openSqlite(path, look, { clock, patience, mountProbe });
  return { reader, file, ...found };
}

function look(reader: SqliteReader): Pick<OpenedReader, 'schema' | 'journalMode'> {
  return { schema: probeSchema(reader), journalMode: reader.get(journalMode)?.journal_mode ?? 'unknown' };
}
