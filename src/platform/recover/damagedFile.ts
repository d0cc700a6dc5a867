import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { type PageFile, readHeader } from '../../core/recover/pageFile';
import { type CommittedPages, readWal } from '../../core/wal/readWal';

/** AOD's databases have SQLite's own size of page. */
const USUAL_PAGE = 4096;

/**
 * A database file and its -wal, read as they lie on the disk and never written: SQLite opens neither. Closing it drops the locks that
 * SQLite may have on the file in this process, so that it belongs into one where the database is not open.
 */
export class DamagedFile implements PageFile {
  readonly pageSize: number;
  readonly usable: number;
  readonly pageCount: number;
  readonly #path: string;
  readonly #file: number;
  readonly #wal: number | null;
  readonly #frames: CommittedPages | null;
  readonly #state: string;
  readonly #buffer: Buffer<ArrayBuffer>;

  private constructor(path: string) {
    this.#path = path;
    this.#state = stateOf(path);
    this.#file = openSync(path, 'r');
    this.#wal = openIfThere(`${path}-wal`);
    const wal = this.#wal;
    this.#frames = wal === null ? null : readWal((offset, length) => readAt(wal, Buffer.alloc(length), offset));
    const first = this.#firstBytes();
    const header = first && readHeader(first);
    const { size } = fstatSync(this.#file);
    this.pageSize = header?.pageSize ?? this.#frames?.pageSize ?? USUAL_PAGE;
    this.usable = header?.usable ?? this.pageSize;
    this.#buffer = Buffer.alloc(this.pageSize);
    const inFile = Math.ceil(size / this.pageSize);
    // A damaged count may be anything; a file that was cut off is not a thousandth of what it was.
    const said = Math.max(header?.pageCount ?? 0, this.#frames?.pageCount ?? 0);
    this.pageCount = said > 0 && said < (inFile + 1) * 1000 ? Math.max(said, inFile) : inFile;
  }

  /** Throws what the file system throws. */
  static open(path: string): DamagedFile {
    return new DamagedFile(path);
  }

  page(number: number): Uint8Array | null {
    if (!Number.isInteger(number) || number < 1 || number > this.pageCount) return null;
    const inWal = this.#frames?.pageSize === this.pageSize ? this.#frames.offsets.get(number) : undefined;
    if (inWal !== undefined && this.#wal !== null) return readAt(this.#wal, this.#buffer, inWal);
    return readAt(this.#file, this.#buffer, (number - 1) * this.pageSize);
  }

  /** Whether somebody wrote to it since it was opened. */
  get isChanged(): boolean {
    return stateOf(this.#path) !== this.#state;
  }

  /** Bytes, of the file alone. */
  get size(): number {
    return fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
    if (this.#wal !== null) closeSync(this.#wal);
  }

  /** The header that counts is that in the -wal, where there is one. */
  #firstBytes(): Uint8Array | null {
    const inWal = this.#frames?.offsets.get(1);
    const bytes = Buffer.alloc(100);
    if (inWal !== undefined && this.#wal !== null) return readAt(this.#wal, bytes, inWal);
    return readAt(this.#file, bytes, 0);
  }
}

function readAt<B extends Uint8Array>(file: number, into: B, offset: number): B | null {
  return readSync(file, into, 0, into.length, offset) === into.length ? into : null;
}

function openIfThere(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? openSync(path, 'r') : null;
}

function stateOf(path: string): string {
  return [path, `${path}-wal`]
    .map((name) => statSync(name, { throwIfNoEntry: false }))
    .map((stats) => (stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : 'none'))
    .join(', ');
}
