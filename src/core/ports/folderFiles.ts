/** What a file system tells of a file without opening it. */
export interface FileStamp {
  /** Bytes. */
  readonly size: number;
  /** When it was last written, ms since the epoch. */
  readonly written: number;
  /** Changes when the file is written or replaced, as finely as the file system tells. */
  readonly version: string;
}

/**
 * Files of the one folder that a database lies in, without SQLite. On a disk, a file that SQLite has open in this process must not
 * be read so: closing it would drop SQLite's locks.
 */
export interface FolderFiles {
  /** Whether the beginning of a file can be read alone. */
  readonly readsParts: boolean;
  /** null when there is no such file. */
  stat(name: string): Promise<FileStamp | null>;
  /** The bytes, which are the caller's to change; null when there is no such file. Only the first `atMost`, where parts can be read. */
  read(name: string, atMost?: number): Promise<Uint8Array | null>;
}
