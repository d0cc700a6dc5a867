import { inspectSite } from '../../core/lock/inspectSite';
import type { LockInspection } from '../../core/lock/lockInspection';
import { isOccupancyError } from '../../core/errors';
import { NodeLockSite } from './nodeLockSite';

/** Seconds. */
export const STALE_LOCK_TIMEOUT = 300;

/**
 * Says what is at a lock path. Changes nothing on disk; where a guard of ours exists it is momentarily read.
 * @param options.staleLockTimeout seconds; 300
 */
export async function inspectLock(path: string, options: { staleLockTimeout?: number } = {}): Promise<LockInspection> {
  let site: NodeLockSite;
  try {
    site = NodeLockSite.at(path);
  } catch (error) {
    if (!isOccupancyError(error)) throw error;
    return {
      path,
      at: Date.now(),
      state: 'free',
      dialect: 'none',
      ours: false,
      evidence: ['There is no lock file, nor a folder for it.'],
    };
  }
  site.enter();
  try {
    return inspectSite(site, options.staleLockTimeout ?? STALE_LOCK_TIMEOUT);
  } finally {
    site.leave();
  }
}
