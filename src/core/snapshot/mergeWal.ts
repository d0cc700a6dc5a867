import { DatabaseCorruptError } from '../errors';
import { forgetWal, readDatabaseHeader } from './databaseHeader';
import { bytesOf, readWal } from '../wal/readWal';

/**
 * The database as a reader of both files sees it, in one file that needs no -wal. Changes `database`, and returns it or a part of it
 * unless the -wal makes it longer. Throws DatabaseCorruptError when the -wal is of another database, and what readWal throws.
 * @param name of the database, for errors
 */
export function mergeWal(database: Uint8Array, wal: Uint8Array | null, name: string): Uint8Array {
  const committed = wal && readWal(bytesOf(wal));
  const merged = wal && committed ? withSize(database, committed.pageCount * committed.pageSize) : database;
  if (wal && committed) {
    const { pageSize, pageCount, offsets } = committed;
    for (const [pageNumber, offset] of offsets) {
      // A page beyond the end was there once, before the database shrank.
      if (pageNumber <= pageCount) merged.set(wal.subarray(offset, offset + pageSize), (pageNumber - 1) * pageSize);
    }
    const header = readDatabaseHeader(merged);
    if (header && header.pageSize !== pageSize) {
      const nextStep = 'Do not delete the -wal; refresh, and if it stays, copy both files again from the same moment.';
      throw new DatabaseCorruptError(`${name}-wal is of another database: its pages have another size.`, nextStep);
    }
  }
  forgetWal(merged);
  return merged;
}

/** Pages that are in neither file read as zeros, as SQLite reads them. */
function withSize(database: Uint8Array, bytes: number): Uint8Array {
  if (bytes <= database.byteLength) return database.subarray(0, bytes);
  const longer = new Uint8Array(bytes);
  longer.set(database);
  return longer;
}
