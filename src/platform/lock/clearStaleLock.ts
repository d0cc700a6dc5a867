import { clearSite } from '../../core/lock/clearSite';
import { Deadline } from '../../core/lock/deadline';
import type { ClearResult, LockInspection } from '../../core/lock/lockInspection';
import type { Log } from '../../core/ports/log';
import { silentLog } from '../../core/ports/log';
import { STALE_LOCK_TIMEOUT } from './inspectLock';
import { NodeLockSite } from './nodeLockSite';

export interface ClearOptions {
  /** Seconds; 300. */
  readonly staleLockTimeout?: number;
  /** The inspection that the user decided on: anything that happened to the file since then makes it a refusal. */
  readonly expected?: LockInspection;
  readonly log?: Log;
  readonly signal?: AbortSignal;
}

/** Seconds to try for the guard while another process of ours has it. */
const GUARD_TIMEOUT = 2;

/**
 * Removes a lock file that is proven stale; never one that is held, or was taken again since `expected`.
 * Nothing but the lock file is removed: not the database, nor its -wal, -shm or -journal.
 * @throws CancelledError, LockUnusableError when the folder cannot be reached
 */
export async function clearStaleLock(path: string, options: ClearOptions = {}): Promise<ClearResult> {
  const { staleLockTimeout = STALE_LOCK_TIMEOUT, expected, log = silentLog, signal } = options;
  const site = NodeLockSite.at(path);
  site.enter();
  try {
    const deadline = new Deadline(site.clock, GUARD_TIMEOUT);
    return await clearSite(site, { staleAfter: staleLockTimeout, deadline, log, expected, signal });
  } finally {
    site.leave();
  }
}
