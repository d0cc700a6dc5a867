import { LockTimeoutError, LockUnusableError, throwIfAborted } from '../errors';
import type { Log } from '../ports/log';
import { faultCode } from '../ports/lockFiles';
import type { Wake } from '../ports/wake';
import { breakLock, finishBreaks } from './breakLock';
import { momentOf, OLD_AGE_SECONDS, QUARANTINE_MS } from './calmHistory';
import type { Deadline } from './deadline';
import { describeHolder } from './describeHolder';
import { ageText } from './lockEvidence';
import type { Judgement } from './lockJudgement';
import type { LockObservation } from './lockObservation';
import { observeLock } from './lockObservation';
import { LockObserver } from './lockObserver';
import type { LockPriority } from './lockPriority';
import type { LockSite } from './lockSite';
import { asideName } from './lockSite';
import type { LockWait } from './lockWait';
import type { LockClaim } from './markerWriter';
import { MarkerWriter } from './markerWriter';
import { RightOfWay } from './rightOfWay';

export interface AcquisitionRequest {
  readonly deadline: Deadline;
  /** Seconds. */
  readonly staleAfter: number;
  readonly priority: LockPriority;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/** ms between looks at a marker of a peer, which polls as often itself; an event of the folder comes first where there are any. */
const MARKER_POLL_MS = 100;
/** ms, after a peer was faster than our claim. */
const CLAIM_RETRY_MS = 1;
/** ms, the longest by rank; the guard has no events of its own, but its holder's unlink of the marker is one. */
const GUARD_POLL_MS = { first: 1, longest: [16, 8, 4, 2] };
/** ms for which it need not be asked again who else waits, where the lock is free. */
const HINT_AGE_MS = 1;
/** ms without the guard, in which those for whom it was let go try for it. */
const YIELD_MS = { least: 12, more: 8 };

/**
 * One attempt to get the lock, by the head of this process's queue: first the guard, then the marker.
 * Whatever ends it early (abort, timeout, an unusable path) leaves no file, descriptor or timer behind.
 */
export class LockAcquisition {
  readonly #site: LockSite;
  readonly #request: AcquisitionRequest;
  readonly #told: LockWait;
  readonly #observer: LockObserver;
  readonly #marker: MarkerWriter;
  readonly #way: RightOfWay;
  #wake: Wake | undefined;
  #hasGuard = false;

  constructor(site: LockSite, request: AcquisitionRequest, wait: LockWait) {
    this.#site = site;
    this.#request = request;
    this.#told = wait;
    this.#observer = new LockObserver(site, request.staleAfter);
    this.#marker = new MarkerWriter(site);
    this.#way = new RightOfWay(site, request, wait.began);
  }

  /**
   * The uncontended case without a pause: the claim, or undefined when there is anything to wait for or to be sure of; `run` goes
   * on from there.
   * @throws LockUnusableError, CancelledError
   */
  takeAtOnce(): LockClaim | undefined {
    const { clock, files, guard, history, path } = this.#site;
    throwIfAborted(this.#request.signal, 'Waiting for the database lock');
    if (!history.isCalm(momentOf(clock))) return undefined;
    this.#hasGuard = guard.take() === 'taken';
    if (!this.#hasGuard) return undefined;
    try {
      const { status, fault } = observeLock(files, path);
      if (status || fault || this.#way.decide(HINT_AGE_MS) !== 'go') return undefined;
      return this.#marker.claim(this.#isCalm(), this.#hasGuard, this.#way.next);
    } catch (error) {
      guard.free();
      throw error;
    }
  }

  /**
   * @throws LockTimeoutError when the deadline passes, CancelledError on abort,
   *   LockUnusableError at once when waiting cannot help: a leftover of flock, a directory, a folder that cannot be written
   */
  async run(): Promise<LockClaim> {
    const { events, files, guard, path } = this.#site;
    try {
      if (!this.#hasGuard) await this.#takeGuard();
      for (;;) {
        throwIfAborted(this.#request.signal, 'Waiting for the database lock');
        const seen = observeLock(files, path);
        if (seen.status || seen.fault) {
          await this.#faceOccupied(seen);
          continue;
        }
        if (this.#hasGuard && (await this.#givesWay())) continue;
        const isCalm = this.#isCalm();
        const claim = this.#marker.claim(isCalm, this.#hasGuard, this.#way.next);
        if (claim && (isCalm || (await this.#marker.settle(claim, this.#hasGuard, this.#request.signal)))) return claim;
        if (claim) events.unsettled();
        await this.#wait(CLAIM_RETRY_MS);
      }
    } catch (error) {
      guard.free();
      throw error;
    } finally {
      this.#wake?.dispose();
      this.#way.withdraw();
    }
  }

  /** @returns true when others may have gone first meanwhile, so that everything is to be looked at again */
  async #givesWay(): Promise<boolean> {
    const way = this.#way.decide();
    if (way === 'go') return false;
    if (way === 'yield') await this.#yieldGuard();
    else {
      this.#told.leavesFree();
      await this.#wait(way);
    }
    return true;
  }

  async #yieldGuard(): Promise<void> {
    const { clock, guard, random } = this.#site;
    this.#told.yields();
    guard.free();
    this.#hasGuard = false;
    this.#way.announce();
    await clock.sleep(YIELD_MS.least + YIELD_MS.more * random(), this.#request.signal);
    await this.#takeGuard();
    this.#way.yielded();
  }

  async #takeGuard(): Promise<void> {
    const { files, guard, history, owner, path, clock } = this.#site;
    const began = clock.monotonic();
    for (let attempt = 0; ; attempt++) {
      throwIfAborted(this.#request.signal, 'Waiting for the database lock');
      const take = guard.take();
      this.#hasGuard = take === 'taken';
      if (take !== 'busy') break;
      this.#told.facesGuard();
      this.#way.announce();
      const longest = Math.min(GUARD_POLL_MS.first * 2 ** Math.min(attempt, 10), GUARD_POLL_MS.longest[this.#way.rank] ?? 1);
      await this.#wait(longest * (0.5 + this.#site.random() / 2));
    }
    this.#told.hasGuard(began);
    if (!this.#hasGuard) {
      try {
        files.requireWritableFolder(path);
      } catch (error) {
        throw new LockUnusableError(`no file can be created beside it (${faultCode(error)}).`, { cause: error });
      }
    } else if (!history.isCalm(momentOf(clock))) {
      // Whoever is calm saw no lock of a peer that could have been broken since.
      if (guard.isGenuine()) finishBreaks(files, path);
      const record = owner.read();
      if (record?.calm) history.sawOurs(this.#momentAt(record.claimedAt));
    }
  }

  async #faceOccupied(seen: LockObservation): Promise<void> {
    const { clock, files, guard, history, path } = this.#site;
    if (this.#hasGuard && !guard.isGenuine()) {
      guard.reopen();
      return this.#takeGuard();
    }
    if (this.#hasGuard && (seen.status?.links ?? 0n) > 1n && finishBreaks(files, path)) return;
    this.#told.faces(seen);
    const judgement = this.#observer.judge(seen, this.#hasGuard ? 'mine' : 'unusable');
    const { age, action } = judgement;
    if (age !== undefined && age >= OLD_AGE_SECONDS) history.sawOld(momentOf(clock));
    if (action === 'give-up') throw new LockUnusableError(judgement.evidence.join(' '));
    if (action === 'break' && this.#hasGuard) return this.#break(seen, judgement);
    this.#way.sawOccupied(!judgement.ours && judgement.state === 'held');
    if (this.#hasGuard && this.#way.mustYield()) return this.#yieldGuard();
    return this.#wait(MARKER_POLL_MS);
  }

  /** Whether no naive peer can be about to unlink what we create; and notes that the path is empty now. */
  #isCalm(): boolean {
    const { clock, history } = this.#site;
    const now = momentOf(clock);
    const isCalm = history.isCalm(now);
    history.sawAbsent(now);
    return isCalm;
  }

  async #break(seen: LockObservation, { age, ours, pid }: Judgement): Promise<void> {
    const { clock, events, files, history, owner, path } = this.#site;
    if (!seen.status) return;
    const record = owner.read();
    const outcome = breakLock(files, path, seen.status, asideName(this.#site));
    if (outcome.kind !== 'removed') {
      events.keptStale();
      return this.#wait(MARKER_POLL_MS);
    }
    this.#told.broke(ours ? 'orphan' : 'age');
    const who = pid === undefined ? '' : `process ${pid}, `;
    this.#request.log.warn(`Removing stale lock file: ${path} (${who}${ageText(age ?? 0)} old)`);
    // An orphan of ours that is young was never a naive peer's to judge: it needs neither quarantine nor, if it was calm, settling.
    if (ours && age !== undefined && age < OLD_AGE_SECONDS) {
      if (record?.calm) history.sawOurs(this.#momentAt(Number(seen.status.modified) / 1e6));
      return;
    }
    history.sawOld(momentOf(clock));
    await clock.sleep(Math.min(QUARANTINE_MS, this.#request.deadline.remaining), this.#request.signal);
  }

  /** Waits for an event of the lock file, at most `ms`. The first call only begins to watch, so that no event is missed in between. */
  async #wait(ms: number): Promise<void> {
    const { deadline, signal } = this.#request;
    if (deadline.remaining === 0) throw new LockTimeoutError(describeHolder(this.#site));
    this.#told.report();
    if (!this.#wake) this.#wake = this.#site.watch();
    else this.#told.woke(await this.#wake.wait(Math.min(ms, deadline.remaining), signal));
  }

  /** A wall-clock time in the past as a moment of both clocks. */
  #momentAt(wall: number): { wall: number; monotonic: number } {
    const now = momentOf(this.#site.clock);
    return { wall, monotonic: now.monotonic - (now.wall - wall) };
  }
}
