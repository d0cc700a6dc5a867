import { LockTimeoutError, LockUnusableError } from '../errors';
import type { AcquisitionRequest } from './lockAcquisition';
import { LockAcquisition } from './lockAcquisition';
import { LockHold } from './lockHold';
import { isLockPath } from './lockObservation';
import type { LockSite } from './lockSite';
import { LockWait } from './lockWait';
import type { LockClaim } from './markerWriter';

/**
 * Gets the lock of a site: at once where nobody has it, else by waiting for this process's turn and then for everyone else's.
 * @param interval seconds between heartbeats
 * @throws LockTimeoutError, LockUnusableError, CancelledError
 */
export function acquireLock(site: LockSite, interval: number, request: AcquisitionRequest): LockHold | Promise<LockHold> {
  if (!isLockPath(site.path)) throw new LockUnusableError(`the name of ${site.path} does not end in .lock.`);
  const wait = new LockWait(site, request);
  const acquisition = new LockAcquisition(site, request, wait);
  const use: Use = { site, interval, request, wait, acquisition };
  const hasTurn = site.queue.tryEnter();
  if (hasTurn) {
    try {
      // A promise on the way would cost the uncontended case a fifth of its time.
      const claim = inTurn(site, () => acquisition.takeAtOnce());
      if (claim) return hold(use, claim);
    } catch (error) {
      wait.failed(error);
      throw error;
    }
  }
  return waitForLock(use, hasTurn);
}

/** One use of the lock on its way. */
interface Use {
  readonly site: LockSite;
  readonly interval: number;
  readonly request: AcquisitionRequest;
  readonly wait: LockWait;
  readonly acquisition: LockAcquisition;
}

async function waitForLock(use: Use, hasTurn: boolean): Promise<LockHold> {
  const { site, request, wait, acquisition } = use;
  try {
    if (!hasTurn) await waitForTurn(use);
    const claim = await acquisition.run().catch((error: unknown) => {
      site.queue.leave();
      throw error;
    });
    return hold(use, claim);
  } catch (error) {
    wait.failed(error);
    if (error instanceof LockTimeoutError) request.log.warn(error.message);
    throw error;
  }
}

async function waitForTurn({ site, request, wait }: Use): Promise<void> {
  wait.queued();
  if (await site.queue.enter({ ...request, wait })) return;
  throw new LockTimeoutError(`another operation of this process has held ${site.path} all the time.`);
}

function hold({ site, interval, request: { log }, wait }: Use, claim: LockClaim): LockHold {
  const held = inTurn(site, () => new LockHold(site, claim, wait.succeeded(claim), interval, log));
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
