import { LockTimeoutError, LockUnusableError } from '../errors';
import type { AcquisitionRequest } from './lockAcquisition';
import { LockAcquisition } from './lockAcquisition';
import { LockHold } from './lockHold';
import { isLockPath } from './lockObservation';
import type { LockSite } from './lockSite';

/**
 * Gets the lock of a site: waits for this process's turn, then for everyone else's.
 * @param interval seconds between heartbeats
 * @throws LockTimeoutError, LockUnusableError, CancelledError
 */
export async function acquireLock(site: LockSite, interval: number, request: AcquisitionRequest): Promise<LockHold> {
  const { deadline, log, signal } = request;
  if (!isLockPath(site.path)) throw new LockUnusableError(`the name of ${site.path} does not end in .lock.`);
  try {
    if (!site.queue.tryEnter() && !(await site.queue.enter(deadline.remaining, site.clock, signal))) {
      throw new LockTimeoutError(`another operation of this process has held ${site.path} all the time.`);
    }
    try {
      const hold = new LockHold(site, await new LockAcquisition(site, request).run(), interval, log);
      log.debug('Acquired database lock');
      return hold;
    } catch (error) {
      site.queue.leave();
      throw error;
    }
  } catch (error) {
    if (error instanceof LockTimeoutError) log.warn(error.message);
    throw error;
  }
}
