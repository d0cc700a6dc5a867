// The format of the first 100 bytes: https://www.sqlite.org/fileformat2.html#the_database_header

/** What the beginning of a database file says. */
export interface DatabaseHeader {
  /** Bytes. */
  readonly pageSize: number;
  /** Pages that the file has when it is whole; null where an old release of SQLite wrote it last, which did not say. */
  readonly pageCount: number | null;
  readonly journalMode: 'wal' | 'rollback';
}

export const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';
/** Offsets of the versions that writing and reading take: 2 for a write-ahead log, 1 without. */
const FORMATS = [18, 19] as const;

/** null when it is no SQLite database. */
export function readDatabaseHeader(file: Uint8Array): DatabaseHeader | null {
  if (file.byteLength < HEADER_BYTES) return null;
  if (!MAGIC.split('').every((character, index) => file[index] === character.charCodeAt(0))) return null;
  const view = new DataView(file.buffer, file.byteOffset, HEADER_BYTES);
  const pageSize = view.getUint16(16);
  const pageCount = view.getUint32(28);
  const isCounted = pageCount > 0 && view.getUint32(24) === view.getUint32(92);
  return {
    pageSize: pageSize === 1 ? 65_536 : pageSize,
    pageCount: isCounted ? pageCount : null,
    journalMode: file[19] === 2 ? 'wal' : 'rollback',
  };
}

/** Lets a file in memory be opened without the shared memory that a write-ahead log needs; a newer format stays as it is. */
export function forgetWal(file: Uint8Array): void {
  for (const format of FORMATS) if (file[format] === 2) file[format] = 1;
}
