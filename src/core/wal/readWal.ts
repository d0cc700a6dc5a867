import { SnapshotError } from '../errors';
import { isPageSize } from '../pageSize';

// The format of a -wal: https://www.sqlite.org/fileformat2.html#the_write_ahead_log

export const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The lowest bit says whether checksums are of big-endian words. */
const MAGIC = 0x377f0682;
const VERSION = 3_007_000;

/** What a -wal has committed. */
export interface CommittedPages {
  /** Bytes. */
  readonly pageSize: number;
  /** Size of the database after the last commit, pages. */
  readonly pageCount: number;
  /** Page number → where in the -wal its newest committed content begins, bytes. */
  readonly offsets: ReadonlyMap<number, number>;
}

/** Bytes of a -wal; null where there are fewer. They need to last only until the next are read. */
export type ReadBytes = (offset: number, length: number) => Uint8Array | null;

/** A -wal that is in memory. */
export function bytesOf(wal: Uint8Array): ReadBytes {
  return (offset, length) => (offset + length <= wal.byteLength ? wal.subarray(offset, offset + length) : null);
}

/**
 * Reads a -wal as SQLite recovers one: frames count up to the last commit before the first frame that does not fit. Those after it are
 * of a transaction that did not end, of an older round of the file, or damaged.
 * Throws SnapshotError where its format is newer.
 * @returns null when nothing is committed in it
 */
export function readWal(read: ReadBytes): CommittedPages | null {
  const header = readHeader(read);
  if (!header) return null;
  const { pageSize, littleEndian } = header;
  let { sum } = header;
  const offsets = new Map<number, number>();
  const uncommitted = new Map<number, number>();
  let pageCount = 0;
  const frameBytes = FRAME_HEADER_BYTES + pageSize;
  for (let offset = WAL_HEADER_BYTES; ; offset += frameBytes) {
    const view = viewOf(read(offset, frameBytes));
    if (!view) break;
    const pageNumber = view.getUint32(0);
    const isOfThisRound = view.getUint32(8) === header.salt1 && view.getUint32(12) === header.salt2;
    if (pageNumber === 0 || !isOfThisRound) break;
    sum = checksum(view, 0, 8, littleEndian, sum);
    sum = checksum(view, FRAME_HEADER_BYTES, frameBytes, littleEndian, sum);
    if (view.getUint32(16) !== sum[0] || view.getUint32(20) !== sum[1]) break;
    uncommitted.set(pageNumber, offset + FRAME_HEADER_BYTES);
    // A frame that ends a transaction says how large the database is then.
    const pagesAfterCommit = view.getUint32(4);
    if (pagesAfterCommit === 0) continue;
    pageCount = pagesAfterCommit;
    for (const [number, page] of uncommitted) offsets.set(number, page);
    uncommitted.clear();
  }
  return pageCount === 0 ? null : { pageSize, pageCount, offsets };
}

interface WalHeader {
  readonly pageSize: number;
  readonly littleEndian: boolean;
  readonly salt1: number;
  readonly salt2: number;
  /** Of the header: the frames' go on from it. */
  readonly sum: Sum;
}

function readHeader(read: ReadBytes): WalHeader | null {
  const view = viewOf(read(0, WAL_HEADER_BYTES));
  if (!view) return null;
  const magic = view.getUint32(0);
  const pageSize = view.getUint32(8);
  if ((magic & ~1) >>> 0 !== MAGIC || !isPageSize(pageSize)) return null;
  const littleEndian = (magic & 1) === 0;
  const sum = checksum(view, 0, 24, littleEndian, [0, 0]);
  if (view.getUint32(24) !== sum[0] || view.getUint32(28) !== sum[1]) return null;
  const version = view.getUint32(4);
  if (version !== VERSION) {
    const nextStep = 'Update this extension, or stop Home Assistant, so that SQLite merges the -wal itself, and refresh.';
    throw new SnapshotError(`The -wal is of version ${version}, which is not known here.`, nextStep);
  }
  return { pageSize, littleEndian, salt1: view.getUint32(16), salt2: view.getUint32(20), sum };
}

function viewOf(bytes: Uint8Array | null): DataView | null {
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type Sum = readonly [number, number];

/** Of whole 8 bytes, on top of what came before. */
function checksum(view: DataView, from: number, to: number, littleEndian: boolean, [before1, before2]: Sum): Sum {
  let [sum1, sum2] = [before1, before2];
  for (let offset = from; offset < to; offset += 8) {
    sum1 = (sum1 + view.getUint32(offset, littleEndian) + sum2) >>> 0;
    sum2 = (sum2 + view.getUint32(offset + 4, littleEndian) + sum1) >>> 0;
  }
  return [sum1, sum2];
}
