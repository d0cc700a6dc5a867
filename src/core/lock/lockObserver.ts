import type { GuardProbe } from '../ports/guard';
import type { Judgement } from './lockJudgement';
import { judgeLock } from './lockJudgement';
import type { LockObservation } from './lockObservation';
import { lockIdentity } from './lockObservation';
import type { LockSite } from './lockSite';

/** Judges one lock file over several looks: it knows how long it has been the very same one. */
export class LockObserver {
  readonly #site: LockSite;
  readonly #staleAfter: number;
  #identity: string | undefined;
  #since = 0;

  /** @param staleAfter seconds */
  constructor(site: LockSite, staleAfter: number) {
    this.#site = site;
    this.#staleAfter = staleAfter;
  }

  /** Takes over an earlier look: the file that had this identity was already seen `ms` ago. */
  recall(identity: string, ms: number): void {
    this.#identity = identity;
    this.#since = this.#site.clock.monotonic() - ms;
  }

  /** @param guard `mine` while this process holds it, which also lets us ask the file system for its time */
  judge(seen: LockObservation, guard: GuardProbe | 'mine'): Judgement {
    const { clock, guard: guardFile, owner, path, processes, self } = this.#site;
    const monotonic = clock.monotonic();
    const identity = lockIdentity(seen);
    if (identity !== this.#identity) {
      this.#identity = identity;
      this.#since = monotonic;
    }
    const isMine = guard === 'mine';
    const wall = clock.now();
    const now = (isMine ? owner.fileSystemTime() : undefined) ?? wall;
    return judgeLock(seen, {
      path,
      now,
      skew: now - wall,
      unchangedFor: monotonic - this.#since,
      staleAfter: this.#staleAfter,
      guard: isMine ? 'free' : guard,
      guardInode: guardFile.inode(),
      owner: owner.read(),
      self,
      processes,
    });
  }
}
