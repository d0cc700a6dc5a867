import type { Lock, LockTimeout } from '../../core/lock/lock';
import type { Clock } from '../../core/ports/clock';
import type { FolderFiles } from '../../core/ports/folderFiles';
import type { Log } from '../../core/ports/log';
import type { SnapshotPolicy } from '../../core/snapshot/snapshotCause';
import type { FileLockOptions } from '../lock/fileLock';
import type { RedisOptions } from '../lock/redisLock';
import type { MountProbe } from './networkMount';

export type ReadLocks = 'auto' | 'always' | 'never';

export interface OpenOptions {
  /** When reads take the lock too; `auto`: browsing does where a lock file in the seed's form was seen, the seed's own operations always. */
  readonly readLocks?: ReadLocks;
  /** Seconds to wait for the lock; 30. `auto`: see FileLockOptions. */
  readonly lockTimeout?: LockTimeout;
  /** Never write, whatever the file allows. */
  readonly readOnly?: boolean;
  readonly log?: Log;
  /** Seconds without being written after which another program's lock counts as stale; 300. */
  readonly staleLockTimeout?: number;
  /** The lock that sessions take; a FileLock on `lockPath`. */
  readonly lock?: Lock;
  /** The Redis lock that sessions take besides, for instances on several hosts. */
  readonly redis?: RedisOptions;
  /** Whether a lock file in the seed's form lies at the lock path, written by another program; looks there itself. */
  readonly seedLockSeen?: () => Promise<boolean>;
  /**
   * Whether a snapshot in memory is read instead of the live file: `auto` (the default) on a network mount, and where this package
   * has no SQLite for the computer; with `never` such a file is refused. With `always`, this process must not have the file open.
   */
  readonly snapshots?: SnapshotPolicy;
  /** The folder of a database that has no path on this computer: `path` is then its address. */
  readonly folder?: FolderFiles;
  readonly clock?: Clock;
  readonly mountProbe?: MountProbe;
}

/** Seconds. */
export const DEFAULT_LOCK_TIMEOUT = 30;

/** ms. */
const READ_PATIENCE = 5000;

/** What a FileLock is made with. */
export function fileLockOptions({ lockTimeout: timeout = DEFAULT_LOCK_TIMEOUT, staleLockTimeout }: OpenOptions): FileLockOptions {
  return staleLockTimeout === undefined ? { timeout } : { timeout, staleLockTimeout };
}

/** How long a read waits for a connection that shuts all others out, ms. */
export function readPatience(lockTimeout: LockTimeout = DEFAULT_LOCK_TIMEOUT): number {
  return lockTimeout === 'auto' ? READ_PATIENCE : Math.min(READ_PATIENCE, lockTimeout * 1000);
}
