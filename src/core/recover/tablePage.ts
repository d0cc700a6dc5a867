import type { PageFile } from './pageFile';
import { readRecord, readVarint, type RecordValue } from './record';

/** A row as it lies in the file. */
export interface FoundRow {
  readonly rowid: number;
  readonly values: readonly RecordValue[];
}

/** A page of a table's tree (file format, 1.6). */
export type TablePage =
  | { readonly kind: 'leaf'; readonly rows: readonly FoundRow[]; readonly damagedRows: number }
  /** Children in order, each with the largest rowid below it; that of the last is not kept. */
  | { readonly kind: 'interior'; readonly children: readonly { readonly page: number; readonly upTo: number | null }[] };

const LEAF = 13;
const INTERIOR = 5;
/** Bytes of a row that AOD never comes near to; a damaged size is not followed through the whole file. */
const LONGEST_ROW = 1 << 20;

/** @returns null for a page that is not there, or is none of a table's */
export function readTablePage(file: PageFile, number: number, mostColumns: number): TablePage | null {
  // Rows may go on in other pages, which are asked for before this one is done with.
  const page = file.page(number)?.slice();
  if (!page) return null;
  const start = number === 1 ? 100 : 0;
  const view = new DataView(page.buffer);
  const kind = page[start];
  const cells = view.getUint16(start + 3);
  const pointers = start + (kind === LEAF ? 8 : 12);
  if (kind !== LEAF && kind !== INTERIOR) return null;
  if (pointers + cells * 2 > file.usable) return null;
  const places = Array.from({ length: cells }, (_, index) => view.getUint16(pointers + index * 2));
  if (kind === INTERIOR) return readInterior(page, view, start, places);
  const rows = places.map((place) => (place < pointers + cells * 2 ? null : readRow(file, page, place, mostColumns)));
  const sound = rows.filter((row) => row !== null);
  return { kind: 'leaf', rows: sound, damagedRows: rows.length - sound.length };
}

function readInterior(page: Uint8Array, view: DataView, start: number, places: readonly number[]): TablePage | null {
  const children: { page: number; upTo: number | null }[] = [];
  for (const place of places) {
    const key = place + 4 < page.length ? readVarint(page, place + 4) : null;
    if (!key) return null;
    children.push({ page: view.getUint32(place), upTo: key.value });
  }
  return { kind: 'interior', children: [...children, { page: view.getUint32(start + 8), upTo: null }] };
}

function readRow(file: PageFile, page: Uint8Array, place: number, mostColumns: number): FoundRow | null {
  const size = readVarint(page, place);
  const rowid = size && readVarint(page, size.end);
  if (!size || !rowid || size.value < 1 || size.value > LONGEST_ROW) return null;
  const payload = readPayload(file, page, rowid.end, size.value);
  const values = payload && readRecord(payload, mostColumns);
  return values && values.length > 0 ? { rowid: rowid.value, values } : null;
}

/** The bytes of a row, those in overflow pages too. */
function readPayload(file: PageFile, page: Uint8Array, at: number, size: number): Uint8Array | null {
  const { usable } = file;
  const local = localSize(size, usable);
  if (at + local > usable) return null;
  if (local === size) return page.subarray(at, at + size);
  const payload = new Uint8Array(size);
  payload.set(page.subarray(at, at + local));
  let next = new DataView(page.buffer, page.byteOffset).getUint32(at + local);
  for (let filled = local; filled < size;) {
    const overflow = file.page(next);
    if (!overflow) return null;
    const part = overflow.subarray(4, Math.min(usable, 4 + size - filled));
    payload.set(part, filled);
    filled += part.length;
    next = new DataView(overflow.buffer, overflow.byteOffset).getUint32(0);
  }
  return payload;
}

/** How much of a row is in its own page. */
function localSize(size: number, usable: number): number {
  const most = usable - 35;
  if (size <= most) return size;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((size - least) % (usable - 4));
  return wanted <= most ? wanted : least;
}
