import type { FileStatus, LockFiles } from '../ports/lockFiles';
import { faultCode, MAX_LOCK_BYTES } from '../ports/lockFiles';

/** One look at a lock path. */
export interface LockObservation {
  /** Absent when nothing is there, or when even `lstat` failed. */
  readonly status?: FileStatus;
  /** Absent unless it is a small regular file with one name, which could be read. */
  readonly content?: string;
  /** Node code of the fault that kept us from seeing more. */
  readonly fault?: string;
}

/** Only files of this name are ever opened: opening a database here would cancel SQLite's own locks in this process. */
export function isLockPath(path: string): boolean {
  return /\.lock$/i.test(path);
}

/** Looks at the path. Never throws; a file that vanishes meanwhile counts as absent. */
export function observeLock(files: LockFiles, path: string): LockObservation {
  let status: FileStatus | undefined;
  try {
    status = files.status(path);
    if (!status) return {};
    const isReadable = status.kind === 'file' && status.links === 1n && status.size <= BigInt(MAX_LOCK_BYTES) && isLockPath(path);
    if (!isReadable) return { status };
    if (status.size === 0n) return { status, content: '' };
    const file = files.open(path);
    try {
      return { status: file.status(), content: file.read() };
    } finally {
      file.close();
    }
  } catch (error) {
    const fault = faultCode(error);
    if (fault === 'ENOENT') return {};
    return status ? { status, fault } : { fault };
  }
}

/** True when both are the same file, whatever was written into it meanwhile. Sound only while one of the two is kept open. */
export function isSameFile(one: FileStatus, other: FileStatus | undefined): boolean {
  return other !== undefined && one.device === other.device && one.inode === other.inode;
}

/** True when nothing at all happened to the file between the two looks. */
export function isUntouched(one: FileStatus, other: FileStatus | undefined): boolean {
  return isSameFile(one, other) && other?.modified === one.modified && other.changed === one.changed && other.size === one.size;
}

/** A text that stays equal only while the file is neither touched nor replaced; undefined when there is no file. */
export function lockIdentity({ status, content }: LockObservation): string | undefined {
  if (!status) return undefined;
  const { device, inode, modified, changed, size } = status;
  return [device, inode, modified, changed, size, content ?? ''].join(':');
}
