import { isPageSize } from '../pageSize';

/** The pages of a database file, as far as they can be read. */
export interface PageFile {
  /** Bytes of a page. */
  readonly pageSize: number;
  /** Bytes of a page that SQLite uses. */
  readonly usable: number;
  /** Pages that there should be; they are numbered from 1. */
  readonly pageCount: number;
  /** A page, valid until the next is asked for; null for one that is not there whole. */
  page(number: number): Uint8Array | null;
}

/** Pages `from` to `to`, both included. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/** Page numbers as ranges. */
export function pageRanges(pages: Iterable<number>): PageRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const page of [...new Set(pages)].toSorted((left, right) => left - right)) {
    const last = ranges.at(-1);
    if (last && page === last.to + 1) last.to = page;
    else ranges.push({ from: page, to: page });
  }
  return ranges;
}

/** SQLite's file format, 1.3: what the first 100 bytes say of the pages. */
export interface FileHeader {
  readonly pageSize: number;
  readonly usable: number;
  readonly pageCount: number;
}

const MAGIC = 'SQLite format 3\0';

/** @returns null for a header that SQLite did not write */
export function readHeader(bytes: Uint8Array): FileHeader | null {
  if (bytes.length < 100 || String.fromCharCode(...bytes.subarray(0, 16)) !== MAGIC) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const stored = view.getUint16(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  const reserved = bytes[20] ?? 0;
  const isSound = isPageSize(pageSize) && pageSize - reserved >= 480;
  return isSound ? { pageSize, usable: pageSize - reserved, pageCount: view.getUint32(28) } : null;
}
