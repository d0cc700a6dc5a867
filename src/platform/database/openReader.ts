import { basename } from 'node:path';
import type { DatabaseInfo } from '../../core/database/databaseInfo';
import { type OccupancySchema, probeSchema } from '../../core/database/occupancySchema';
import type { ClosableReader } from '../../core/ports/sql';
import type { SnapshotSource } from '../../core/snapshot/readSnapshot';
import { explainSnapshot, type SnapshotCause } from '../../core/snapshot/snapshotCause';
import { virtualFileName } from '../../core/snapshot/virtualPath';
import { journalMode as journalModeQuery } from '../../core/sql/schemaQueries';
import { systemClock } from '../systemClock';
import { DiskFolder } from '../snapshot/diskFolder';
import { loadSqlJs } from '../snapshot/loadSqlJs';
import { openSnapshot } from '../snapshot/openSnapshot';
import { examineFile, fileFacts, type FileFacts, type FileIdentity, identify } from './databaseFile';
import { lacksNative } from './nativeSqlite';
import { findNetworkMount } from './networkMount';
import { type OpenOptions, readPatience } from './openOptions';
import { openSqlite } from './openSqlite';

/** A database open for reading, live or as a snapshot. */
export interface OpenedReader {
  readonly reader: ClosableReader;
  readonly schema: OccupancySchema;
  readonly journalMode: string;
  readonly engine: DatabaseInfo['engine'];
  /** Why it cannot be written whatever its schema says, as a sentence; null when it can. */
  readonly readOnlyReason: string | null;
  /** When the snapshot was taken, ms since the epoch; null when the live file is read. */
  readonly snapshotAt: number | null;
  /** Sizes and times: of a live file as they are now, of a snapshot as they were. */
  facts(): Promise<FileFacts>;
  /** Whether the path now leads to another file than the one that is read live, or to none. */
  isReplaced(): Promise<boolean>;
}

/**
 * Opens an occupancy database for reading and looks at its schema: live, or as a snapshot where that is asked for or nothing else
 * will do. Throws the error that says best why it cannot be opened.
 */
export async function openReader(path: string, options: OpenOptions): Promise<OpenedReader> {
  const cause = await whySnapshot(path, options);
  return cause ? openSnapshotOf(path, cause, options) : openLive(path, options);
}

/** null when the file itself is to be opened. */
async function whySnapshot(path: string, options: OpenOptions): Promise<SnapshotCause | null> {
  const { snapshots = 'auto', folder, mountProbe } = options;
  if (folder) return { kind: 'virtual', path };
  if (snapshots !== 'auto') return snapshots === 'always' ? { kind: 'asked' } : null;
  // A folder that cannot be looked at is told of when the file is.
  const where = await findNetworkMount(path, mountProbe).catch(() => null);
  if (where !== null) return { kind: 'network', where };
  return lacksNative() ? { kind: 'noNative', computer: `${process.platform}-${process.arch}` } : null;
}

async function openLive(path: string, { clock = systemClock, lockTimeout, mountProbe }: OpenOptions): Promise<OpenedReader> {
  const patience = readPatience(lockTimeout);
  const look = (reader: ClosableReader): Pick<OpenedReader, 'schema' | 'journalMode'> => ({
    schema: probeSchema(reader),
    journalMode: reader.get(journalModeQuery)?.journal_mode ?? 'unknown',
  });
  const { reader, file, found } = await openSqlite(path, look, { clock, patience, mountProbe });
  return {
    ...found,
    reader,
    engine: 'native',
    readOnlyReason: file.readOnlyReason,
    snapshotAt: null,
    facts: () => fileFacts(path),
    isReplaced: async () => !isSame(file, await identify(path)),
  };
}

function isSame(left: FileIdentity, right: FileIdentity | null): boolean {
  return left.dev === right?.dev && left.ino === right.ino;
}

async function openSnapshotOf(path: string, cause: SnapshotCause, options: OpenOptions): Promise<OpenedReader> {
  const { clock = systemClock, folder } = options;
  const source = folder ? { folder, name: virtualFileName(path), path } : await diskSource(path);
  const { reader, schema, journalMode, file, wal, takenAt } = await openSnapshot(source, await loadSqlJs(), clock);
  return {
    reader,
    schema,
    journalMode,
    engine: 'wasm',
    readOnlyReason: explainSnapshot(cause),
    snapshotAt: takenAt,
    facts: async () => ({
      fileBytes: file.size,
      walBytes: wal?.size ?? 0,
      fileWritten: file.written,
      walWritten: wal?.written ?? null,
    }),
    isReplaced: async () => false,
  };
}

async function diskSource(path: string): Promise<SnapshotSource> {
  await examineFile(path);
  return { folder: DiskFolder.around(path), name: basename(path), path };
}
