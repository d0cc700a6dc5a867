import type { GuardProbe } from '../ports/guard';
import type { LockInspection } from './lockInspection';
import type { Judgement } from './lockJudgement';
import type { LockObservation } from './lockObservation';
import { lockIdentity, observeLock } from './lockObservation';
import { LockObserver } from './lockObserver';
import type { LockSite } from './lockSite';

/** One look as it is told to the user. */
export function inspectionOf(site: LockSite, seen: LockObservation, judgement: Judgement): LockInspection {
  const { state, dialect, pid, age, ours, evidence } = judgement;
  const identity = lockIdentity(seen);
  return {
    path: site.path,
    at: site.clock.now(),
    state,
    dialect,
    ours,
    evidence,
    ...(pid === undefined ? {} : { pid }),
    ...(age === undefined ? {} : { age }),
    ...(identity === undefined ? {} : { identity }),
  };
}

/**
 * Looks once, changing nothing.
 * @param staleAfter seconds
 */
export function inspectSite(site: LockSite, staleAfter: number): LockInspection {
  const seen = observeLock(site.files, site.path);
  // Where there is no file there is nothing to prove, and the guard of a quiet database is not opened at every look.
  const guard = seen.status ? probe(site) : 'absent';
  return inspectionOf(site, seen, new LockObserver(site, staleAfter).judge(seen, guard));
}

function probe({ guard }: LockSite): GuardProbe {
  try {
    return guard.probe();
  } catch {
    return 'unusable';
  }
}
