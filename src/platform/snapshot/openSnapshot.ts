import { type OccupancySchema, probeSchema } from '../../core/database/occupancySchema';
import type { Clock } from '../../core/ports/clock';
import type { ClosableReader, SqlEngine } from '../../core/ports/sql';
import { readSnapshot, type Snapshot, type SnapshotSource } from '../../core/snapshot/readSnapshot';
import { toOccupancyError } from '../database/sqliteErrors';

export interface OpenedSnapshot extends Omit<Snapshot, 'bytes'> {
  readonly reader: ClosableReader;
  readonly schema: OccupancySchema;
}

/**
 * Reads a snapshot, opens it in memory and looks at its schema. Throws what readSnapshot throws, NotADatabaseError,
 * DatabaseCorruptError and SchemaError.
 */
export async function openSnapshot(source: SnapshotSource, engine: SqlEngine, clock: Clock): Promise<OpenedSnapshot> {
  let reader: ClosableReader | undefined;
  try {
    const { bytes, ...snapshot } = await readSnapshot(source, clock);
    reader = engine.open(bytes);
    return { ...snapshot, reader, schema: probeSchema(reader) };
  } catch (error) {
    reader?.close();
    throw toOccupancyError(error, source.path);
  }
}
