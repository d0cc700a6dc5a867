import { isPageSize } from './pageFile';

const HEADER = 32;
const FRAME_HEADER = 24;

/** The pages that a write-ahead log has committed: page number → where its newest image begins, bytes. */
export interface WalFrames {
  readonly pageSize: number;
  readonly offsets: ReadonlyMap<number, number>;
  /** Pages of the database after the last commit; 0 without one. */
  readonly pageCount: number;
}

/**
 * Reads a -wal as SQLite does (file format, 4): up to the first frame that is not of this run or whose checksum is wrong, and of these
 * what was committed. @param read bytes at an offset, null where there are fewer
 */
export function readWal(read: (offset: number, length: number) => Uint8Array | null): WalFrames | null {
  const header = read(0, HEADER);
  if (!header) return null;
  const head = viewOf(header);
  const magic = head.getUint32(0);
  const pageSize = head.getUint32(8);
  if ((magic & ~1) >>> 0 !== 0x377f0682 || !isPageSize(pageSize)) return null;
  const littleEndian = (magic & 1) === 0;
  const [salt1, salt2] = [head.getUint32(16), head.getUint32(20)];
  const sum: Checksum = [0, 0];
  addChecksum(sum, header.subarray(0, 24), littleEndian);
  if (!isChecksum(sum, head, 24)) return null;
  const committed = new Map<number, number>();
  const pending = new Map<number, number>();
  let pageCount = 0;
  for (let offset = HEADER; ; offset += FRAME_HEADER + pageSize) {
    const frame = read(offset, FRAME_HEADER + pageSize);
    if (!frame) break;
    const view = viewOf(frame);
    if (view.getUint32(8) !== salt1 || view.getUint32(12) !== salt2) break;
    addChecksum(sum, frame.subarray(0, 8), littleEndian);
    addChecksum(sum, frame.subarray(FRAME_HEADER), littleEndian);
    if (!isChecksum(sum, view, 16)) break;
    pending.set(view.getUint32(0), offset + FRAME_HEADER);
    const size = view.getUint32(4);
    if (size === 0) continue;
    for (const [page, at] of pending) committed.set(page, at);
    pending.clear();
    pageCount = size;
  }
  return { pageSize, offsets: committed, pageCount };
}

type Checksum = [number, number];

function addChecksum(sum: Checksum, bytes: Uint8Array, littleEndian: boolean): void {
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length; at += 8) {
    sum[0] = (sum[0] + view.getUint32(at, littleEndian) + sum[1]) >>> 0;
    sum[1] = (sum[1] + view.getUint32(at + 4, littleEndian) + sum[0]) >>> 0;
  }
}

function isChecksum([first, second]: Checksum, view: DataView, at: number): boolean {
  return view.getUint32(at) === first && view.getUint32(at + 4) === second;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
