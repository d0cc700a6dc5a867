import { isOccupancyError, LockTimeoutError, LockUnusableError, throwIfAborted } from '../errors';
import type { Log } from '../ports/log';
import type { FileStatus, OpenFile } from '../ports/lockFiles';
import { faultCode } from '../ports/lockFiles';
import type { Wake } from '../ports/wake';
import { breakLock } from './breakLock';
import { momentOf, OLD_AGE_SECONDS, QUARANTINE_MS, SETTLE_MS } from './calmHistory';
import type { Deadline } from './deadline';
import { ageText } from './lockEvidence';
import type { LockGuarantee } from './lock';
import { markerContent } from './lockContent';
import type { Judgement } from './lockJudgement';
import type { LockObservation } from './lockObservation';
import { isSameFile, observeLock } from './lockObservation';
import { LockObserver } from './lockObserver';
import type { LockSite } from './lockSite';
import { asideName } from './lockSite';

/** A lock file that is ours: open, and seen at its path after it was written. */
export interface LockClaim {
  readonly file: OpenFile;
  readonly status: FileStatus;
  readonly content: string;
  readonly guarantee: LockGuarantee;
}

export interface AcquisitionRequest {
  readonly deadline: Deadline;
  /** Seconds. */
  readonly staleAfter: number;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/** ms between looks at a marker of a peer, which polls as often itself; an event of the folder comes first where there are any. */
const MARKER_POLL_MS = 100;
/** ms, after a peer was faster than our claim. */
const CLAIM_RETRY_MS = 1;
/** ms; the guard has no events of its own, but its holder's unlink of the marker is one. */
const GUARD_POLL_MS = { first: 1, longest: 16 };

/**
 * One attempt to get the lock, by the head of this process's queue: first the guard, then the marker (locks.md 2.2).
 * Whatever ends it early (abort, timeout, an unusable path) leaves no file, descriptor or timer behind.
 */
export class LockAcquisition {
  readonly #site: LockSite;
  readonly #request: AcquisitionRequest;
  readonly #observer: LockObserver;
  #wake: Wake | undefined;
  #hasGuard = false;

  constructor(site: LockSite, request: AcquisitionRequest) {
    this.#site = site;
    this.#request = request;
    this.#observer = new LockObserver(site, request.staleAfter);
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
      return status || fault ? undefined : this.#claim(this.#isCalm());
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
    const { files, guard, path } = this.#site;
    try {
      if (!this.#hasGuard) await this.#takeGuard();
      for (;;) {
        throwIfAborted(this.#request.signal, 'Waiting for the database lock');
        const seen = observeLock(files, path);
        if (seen.status || seen.fault) {
          await this.#faceOccupied(seen);
          continue;
        }
        const isCalm = this.#isCalm();
        const claim = this.#claim(isCalm);
        if (claim && (isCalm || (await this.#settle(claim)))) return claim;
        await this.#wait(CLAIM_RETRY_MS);
      }
    } catch (error) {
      guard.free();
      throw error;
    } finally {
      this.#wake?.dispose();
    }
  }

  async #takeGuard(): Promise<void> {
    const { files, guard, history, owner, path, clock } = this.#site;
    for (let attempt = 0; ; attempt++) {
      throwIfAborted(this.#request.signal, 'Waiting for the database lock');
      const take = guard.take();
      this.#hasGuard = take === 'taken';
      if (take !== 'busy') break;
      const longest = Math.min(GUARD_POLL_MS.first * 2 ** Math.min(attempt, 10), GUARD_POLL_MS.longest);
      await this.#wait(longest * (0.5 + this.#site.random() / 2), 'guard');
    }
    if (!this.#hasGuard) {
      try {
        files.requireWritableFolder(path);
      } catch (error) {
        throw new LockUnusableError(`no file can be created beside it (${faultCode(error)}).`, { cause: error });
      }
    } else if (!history.isCalm(momentOf(clock))) {
      const record = owner.read();
      if (record?.calm) history.sawOurs(this.#momentAt(record.claimedAt));
    }
  }

  async #faceOccupied(seen: LockObservation): Promise<void> {
    const { clock, guard, history } = this.#site;
    if (this.#hasGuard && !guard.isGenuine()) {
      guard.reopen();
      return this.#takeGuard();
    }
    const judgement = this.#observer.judge(seen, this.#hasGuard ? 'mine' : 'unusable');
    const { age, action } = judgement;
    if (age !== undefined && age >= OLD_AGE_SECONDS) history.sawOld(momentOf(clock));
    if (action === 'give-up') throw new LockUnusableError(judgement.evidence.join(' '));
    if (action === 'break' && this.#hasGuard) return this.#break(seen, judgement);
    return this.#wait(MARKER_POLL_MS, judgement);
  }

  /** Whether no naive peer can be about to unlink what we create; and notes that the path is empty now. */
  #isCalm(): boolean {
    const { clock, history } = this.#site;
    const now = momentOf(clock);
    const isCalm = history.isCalm(now);
    history.sawAbsent(now);
    return isCalm;
  }

  /** Creates the marker; undefined when a peer was faster, or took it away again at once. */
  #claim(isCalm: boolean): LockClaim | undefined {
    const { clock, files, history, path, self } = this.#site;
    const now = momentOf(clock);
    // The monotonic clock's part of a millisecond only makes the content unique.
    const content = markerContent(self.pid, now.wall + (now.monotonic % 1));
    // Written first: killed at any point after this, our marker is known as an orphan to the next of ours.
    this.#writeOwner(content, now.wall, isCalm);
    const file = this.#create();
    if (!file) return undefined;
    try {
      file.write(content);
      const status = file.status();
      if (!isSameFile(status, files.status(path))) return this.#giveUp(file);
      if (isCalm) history.sawOurs(now);
      return { file, status, content, guarantee: this.#hasGuard ? 'kernel+marker' : 'marker' };
    } catch (error) {
      this.#takeBack(file);
      if (isOccupancyError(error)) throw error;
      throw new LockUnusableError(`it could not be written (${faultCode(error)}).`, { cause: error });
    }
  }

  /** Waits until a naive peer's late unlink would have shown; false when it did. */
  async #settle({ file, status, content }: LockClaim): Promise<boolean> {
    const { clock, files, history, path } = this.#site;
    try {
      await clock.sleep(SETTLE_MS, this.#request.signal);
      if (!isSameFile(status, files.status(path))) {
        this.#giveUp(file);
        return false;
      }
    } catch (error) {
      this.#takeBack(file);
      throw error;
    }
    const now = momentOf(clock);
    history.sawOurs(now);
    this.#writeOwner(content, now.wall, true);
    return true;
  }

  /** Only who has the guard writes there, so that no two writers can tear the record. */
  #writeOwner(content: string, claimedAt: number, calm: boolean): void {
    const { guard, owner, self } = this.#site;
    if (this.#hasGuard) owner.write({ writer: self, content, claimedAt, calm, guard: guard.inode() ?? 0n });
  }

  #create(): OpenFile | undefined {
    const { files, path } = this.#site;
    try {
      return files.create(path);
    } catch (error) {
      const fault = faultCode(error);
      if (fault === 'EEXIST') return undefined;
      throw new LockUnusableError(`it could not be created (${fault}).`, { cause: error });
    }
  }

  /** A naive peer unlinked our new file, taking it for the stale one before it: what is at the path now is not ours. */
  #giveUp(file: OpenFile): undefined {
    file.close();
    this.#site.history.sawOld(momentOf(this.#site.clock));
    return undefined;
  }

  #takeBack(file: OpenFile): void {
    const { files, path } = this.#site;
    try {
      if (isSameFile(file.status(), files.status(path))) files.unlink(path);
    } catch {
      // It cannot be examined, so it is not removed: the owner file tells the next of ours that it is an orphan.
    } finally {
      file.close();
    }
  }

  async #break(seen: LockObservation, { age, ours, pid }: Judgement): Promise<void> {
    const { files, path, clock, history, owner } = this.#site;
    if (!seen.status) return;
    const record = owner.read();
    const outcome = breakLock(files, path, seen.status, asideName(this.#site));
    if (outcome.kind !== 'removed') return this.#wait(MARKER_POLL_MS);
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
  async #wait(ms: number, seen?: Judgement | 'guard'): Promise<void> {
    const { deadline, signal } = this.#request;
    if (deadline.remaining === 0) throw new LockTimeoutError(this.#holderDetail(seen));
    if (!this.#wake) this.#wake = this.#site.watch();
    else await this.#wake.wait(Math.min(ms, deadline.remaining), signal);
  }

  #holderDetail(seen: Judgement | 'guard' | undefined): string {
    const judgement =
      typeof seen === 'object' ? seen : this.#observer.judge(observeLock(this.#site.files, this.#site.path), 'busy');
    const { dialect, pid, age } = judgement;
    if (judgement.state === 'free') return 'another process of this extension is about to use it.';
    const who = pid === undefined ? 'a process without an id' : `process ${pid}`;
    return `${who} has held ${this.#site.path}${age === undefined ? '' : ` for ${ageText(age)}`} (${dialect}).`;
  }

  /** A wall-clock time in the past as a moment of both clocks. */
  #momentAt(wall: number): { wall: number; monotonic: number } {
    const now = momentOf(this.#site.clock);
    return { wall, monotonic: now.monotonic - (now.wall - wall) };
  }
}
