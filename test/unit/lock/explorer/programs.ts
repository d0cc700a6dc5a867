import { isOccupancyError } from '../../../../src/core/errors';
import { acquireLock } from '../../../../src/core/lock/acquireLock';
import { clearSite } from '../../../../src/core/lock/clearSite';
import { Deadline } from '../../../../src/core/lock/deadline';
import type { LockSite } from '../../../../src/core/lock/lockSite';
import { silentLog } from '../../../../src/core/ports/log';
import type { LockFiles } from '../../../../src/core/ports/lockFiles';
import { faultCode } from '../../../../src/core/ports/lockFiles';
import { ModelSite, modelFiles } from './modelSite';
import { BEAT_SECONDS } from './operations';
import type { Calls, Program } from './replay';
import { LOCK } from './world';

export interface OursOptions {
  readonly pid: number;
  /** How often it takes the lock. */
  readonly rounds?: number;
  /** Seconds. */
  readonly timeout?: number;
  /** Seconds. */
  readonly staleAfter?: number;
  /** ms that it works inside. */
  readonly work?: number;
  /** ms */
  readonly shortestWait?: number;
  /** Wraps the ports, to see that the explorer finds what a broken lock would do. */
  readonly mutate?: ((site: LockSite) => LockSite) | undefined;
}

/** One process of ours: takes the lock, works, makes sure of it, commits, releases. */
export function ours(options: OursOptions): Program {
  const { rounds = 1, timeout = 4, staleAfter = 300, work = 0 } = options;
  return async (calls) => {
    const site = siteOf(calls, options);
    for (let round = 0; round < rounds; round++) {
      try {
        const request = { deadline: new Deadline(site.clock, timeout), staleAfter, priority: 'normal' as const, log: silentLog };
        const hold = await acquireLock(site, BEAT_SECONDS, request);
        calls.now({ name: 'enter' });
        if (work > 0) await site.clock.sleep(work);
        try {
          hold.assertHeld();
          calls.now({ name: 'commit' });
          calls.now({ name: 'result', text: 'committed' });
        } catch (error) {
          calls.now({ name: 'result', text: outcomeOf(error) });
        }
        calls.now({ name: 'leave' });
        hold.release();
      } catch (error) {
        calls.now({ name: 'result', text: outcomeOf(error) });
      }
    }
    if (site.queue.isTaken) throw new Error('the queue was left taken');
  };
}

/** Clear Stale Lock, confirmed by the user. */
export function clearing(options: OursOptions): Program {
  const { timeout = 2, staleAfter = 300 } = options;
  return async (calls) => {
    const site = siteOf(calls, options);
    const request = { staleAfter, deadline: new Deadline(site.clock, timeout), log: silentLog };
    const { outcome } = await clearSite(site, request);
    calls.now({ name: 'result', text: outcome });
    if (site.queue.isTaken) throw new Error('the queue was left taken');
  };
}

function siteOf(calls: Calls, { pid, shortestWait = 1050, mutate }: OursOptions): LockSite {
  const site = new ModelSite(calls, pid, shortestWait);
  return mutate ? mutate(site) : site;
}

function outcomeOf(error: unknown): string {
  // Whatever stopped the run, or a bug of the model, is not an outcome.
  if (!isOccupancyError(error)) throw error;
  return error.code;
}

export interface NaiveOptions {
  readonly pid: number;
  /** Seconds. */
  readonly timeout?: number;
  /** ms after the beginning at which it comes. */
  readonly arrival?: number;
  /** ms between looks; 100 in the seed. */
  readonly poll?: number;
  /** ms */
  readonly work?: number;
  /** The seed takes a lock for stale also when its `stat` fails, as it does when the file has just been removed. */
  readonly isFaultStale: boolean;
}

/** The seed's Python lock: stale after 300 s, broken by an unlink of the name, released by another. */
export function naive({ pid, timeout = 1, arrival = 0, poll = 100, work = 0, isFaultStale }: NaiveOptions): Program {
  return async (calls) => {
    const files = modelFiles(calls);
    const time = () => calls.now({ name: 'time' }) as number;
    if (arrival > 0) await calls.later({ name: 'sleep', ms: arrival });
    const begun = time();
    for (;;) {
      try {
        const file = files.create(LOCK, false);
        file.write(`${pid}:${time() / 1000}`);
        calls.now({ name: 'enter' });
        if (work > 0) await calls.later({ name: 'sleep', ms: work });
        calls.now({ name: 'commit' });
        calls.now({ name: 'leave' });
        file.close();
        unlinkIfThere(files);
        return;
      } catch (error) {
        if (faultCode(error) !== 'EEXIST') throw error;
      }
      const status = files.status(LOCK);
      const isStale = status ? time() - Number(status.modified) / 1e6 > 300_000 : isFaultStale;
      if (isStale) unlinkIfThere(files);
      else if (status) {
        if (time() - begun > timeout * 1000) return void calls.now({ name: 'result', text: 'LOCK_TIMEOUT' });
        await calls.later({ name: 'sleep', ms: poll });
      }
    }
  };
}

/** A holder that was away for so long that its lock went stale, and now gives it back as the seed does: by name. */
export function lateHolder(): Program {
  return async (calls) => unlinkIfThere(modelFiles(calls));
}

function unlinkIfThere(files: LockFiles): void {
  try {
    files.unlink(LOCK);
  } catch (error) {
    if (faultCode(error) !== 'ENOENT') throw error;
  }
}
