/** What kind of thing a path names; `other` is a FIFO, a socket or a device. */
export type FileKind = 'file' | 'directory' | 'symlink' | 'other';

/** The parts of `lstat` that tell one file from another, and from itself at another time. Times are ns since the epoch. */
export interface FileStatus {
  readonly kind: FileKind;
  readonly device: bigint;
  readonly inode: bigint;
  readonly links: bigint;
  readonly size: bigint;
  /** The sticky bit, which says nothing about a file, and which no program sets on one by chance. */
  readonly isSticky: boolean;
  readonly modified: bigint;
  readonly changed: bigint;
}

/** An open lock file. While it is open its inode number cannot be given to another file, so comparing inodes is sound. */
export interface OpenFile {
  status(): FileStatus;
  /** Its first bytes (at most MAX_LOCK_BYTES), one character per byte. */
  read(): string;
  /** Writes the whole content in one system call. */
  write(content: string): void;
  /** Takes away the sticky bit, as far as `status` has seen one. What cannot be done is left: the bit says nothing of a file with content. */
  unmark(): void;
  close(): void;
}

/** The few file operations that the lock protocol is made of. Every one may throw an error with a Node `code` such as `EIO`. */
export interface LockFiles {
  /** `lstat`; undefined when nothing is there. */
  status(path: string): FileStatus | undefined;
  /** Opens for reading, never following a symbolic link, never waiting for the other end of a FIFO. */
  open(path: string): OpenFile;
  /**
   * Creates and opens with O_CREAT | O_EXCL, mode 0644 less the umask; throws `EEXIST` when something is there.
   * @param isSticky also sets that bit, in the same step; systems other than Linux, and some mounts, do not keep it
   */
  create(path: string, isSticky: boolean): OpenFile;
  rename(from: string, to: string): void;
  /** Hard link: gives `existing` the second name `path`; throws `EEXIST` rather than replacing anything. */
  link(existing: string, path: string): void;
  unlink(path: string): void;
  /** The paths in its folder that begin with `path`. */
  beside(path: string): readonly string[];
  /** Throws when no file can be created beside `path`. */
  requireWritableFolder(path: string): void;
}

/** No lock content is longer; and no SQLite database is shorter than its smallest page, so none is ever opened by mistake. */
export const MAX_LOCK_BYTES = 511;

/** The Node error code of a fault (`ENOENT`), or its message when it has none. */
export function faultCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code;
  return String(error);
}
