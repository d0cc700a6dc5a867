import { LockTimeoutError, LockUnusableError } from '../errors';
import type { AcquisitionRequest } from './lockAcquisition';
import { LockAcquisition } from './lockAcquisition';
import { LockHold } from './lockHold';
import { isLockPath } from './lockObservation';
import type { LockSite } from './lockSite';
import type { LockClaim } from './markerWriter';

/**
 * Gets the lock of a site: at once where nobody has it, else by waiting for this process's turn and then for everyone else's.
 * @param interval seconds between heartbeats
 * @throws LockTimeoutError, LockUnusableError, CancelledError
 */
export function acquireLock(site: LockSite, interval: number, request: AcquisitionRequest): LockHold | Promise<LockHold> {
  if (!isLockPath(site.path)) throw new LockUnusableError(`the name of ${site.path} does not end in .lock.`);
  const acquisition = new LockAcquisition(site, request);
  const hasTurn = site.queue.tryEnter();
  if (hasTurn) {
    // A promise on the way would cost the uncontended case a fifth of its time.
    const claim = inTurn(site, () => acquisition.takeAtOnce());
    if (claim) return hold(site, claim, interval, request);
  }
  return waitForLock(site, interval, request, acquisition, hasTurn);
}

async function waitForLock(
  site: LockSite,
  interval: number,
  request: AcquisitionRequest,
  acquisition: LockAcquisition,
  hasTurn: boolean,
): Promise<LockHold> {
  const { deadline, log, signal } = request;
  try {
    if (!hasTurn && !(await site.queue.enter(deadline.remaining, site.clock, signal))) {
      throw new LockTimeoutError(`another operation of this process has held ${site.path} all the time.`);
    }
    const claim = await acquisition.run().catch((error: unknown) => {
      site.queue.leave();
      throw error;
    });
    return hold(site, claim, interval, request);
  } catch (error) {
    if (error instanceof LockTimeoutError) log.warn(error.message);
    throw error;
  }
}

function hold(site: LockSite, claim: LockClaim, interval: number, { log }: AcquisitionRequest): LockHold {
  const held = inTurn(site, () => new LockHold(site, claim, interval, log));
  log.debug('Acquired database lock');
  return held;
}

/** A turn that comes to nothing is passed on. */
function inTurn<T>(site: LockSite, act: () => T): T {
  try {
    return act();
  } catch (error) {
    site.queue.leave();
    throw error;
  }
}
