import { LockCompromisedError } from '../errors';
import type { Log } from '../ports/log';
import type { Pulse } from '../ports/heartbeat';
import type { FileStatus } from '../ports/lockFiles';
import { faultCode } from '../ports/lockFiles';
import type { Disposable } from '../disposable';
import { momentOf } from './calmHistory';
import type { LockClaim } from './markerWriter';
import { isSameFile } from './lockObservation';
import type { LockGuarantee } from './lock';
import type { LockSite } from './lockSite';

/** The lock while it is ours. Nested uses of one async context share one hold; the last one to leave releases it. */
export class LockHold {
  readonly guarantee: LockGuarantee;
  readonly #site: LockSite;
  readonly #claim: LockClaim;
  readonly #began: number;
  readonly #log: Log;
  readonly #pulse: Pulse;
  readonly #listeners = new Set<() => void>();
  #depth = 1;
  #lost: string | undefined;

  /**
   * @param began when, on the clock's monotonic scale
   * @param interval seconds between heartbeats
   */
  constructor(site: LockSite, claim: LockClaim, began: number, interval: number, log: Log) {
    this.#site = site;
    this.#claim = claim;
    this.#began = began;
    this.#log = log;
    this.guarantee = claim.guarantee;
    this.#pulse = site.heartbeat.begin(claim.status, claim.content, interval, (reason) => this.#lose(reason));
  }

  get isHeld(): boolean {
    return this.#depth > 0 && (this.#lost ?? this.#pulse.lost()) === undefined;
  }

  /**
   * Joins a hold of the same async context.
   * @returns false when it has ended, so that the caller has to wait for the lock like anyone else
   * @throws LockCompromisedError when it was lost, since waiting inside it could never end
   */
  deepen(): boolean {
    if (this.#depth === 0) return false;
    this.assertHeld();
    this.#depth++;
    this.#site.events.joined();
    return true;
  }

  /** @throws LockCompromisedError unless the file at the path is, at this moment, still the one that we hold open */
  assertHeld(): void {
    if (this.#depth === 0) throw new LockCompromisedError('it was already released.');
    const fault = this.#lost ?? this.#pulse.lost() ?? this.#look();
    if (fault !== undefined) throw new LockCompromisedError(fault);
  }

  onLost(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Gives the lock back whatever the depth: for the end of the process. */
  end(): void {
    this.#depth = Math.min(this.#depth, 1);
    this.release();
  }

  /**
   * Leaves one level; the last one gives the lock back. A lost lock's file is not touched: it is not ours any more.
   *
   * Some 20 µs pass between the last look and the removal by name, in which a naive peer that still takes an older file for stale may
   * replace ours; then its lock is removed. Renaming aside first would show that, but putting it back a peer that has meanwhile ended
   * would find its lock standing for 300 s, which is worse: SQLite's own lock keeps writers apart all the same.
   */
  release(): void {
    if (this.#depth === 0 || --this.#depth > 0) return;
    const { estimates, events, files, guard, history, clock, queue, path } = this.#site;
    const lost = this.#lost ?? this.#pulse.lost();
    this.#pulse.end();
    const now = momentOf(clock);
    const held = now.monotonic - this.#began;
    events.released(held);
    if (queue.depth > 1) {
      events.peerHeld('ours', held);
      estimates.of('ours').sample(held);
    }
    try {
      const fault = lost ?? this.#look();
      // Closed after the look that needs it pinned, but before the unlink: the other way round costs a fifth of a whole cycle.
      this.#claim.file.close();
      if (fault === undefined) {
        files.unlink(path);
        history.sawOurs(now);
      } else this.#log.warn(`The lock file was left alone on release: ${fault}`);
    } catch (error) {
      this.#log.warn(`The lock file could not be removed on release (${faultCode(error)}).`);
    } finally {
      guard.free();
      queue.leave();
    }
    this.#log.debug('Released database lock');
  }

  /** Why the file at the path is not (or cannot be confirmed as) ours; an unreadable folder proves nothing for good. */
  #look(): string | undefined {
    let present: FileStatus | undefined;
    try {
      present = this.#site.files.status(this.#site.path);
    } catch (error) {
      return `whether it is still ours could not be told (${faultCode(error)}).`;
    }
    if (isSameFile(this.#claim.status, present)) return undefined;
    const reason = present ? 'another file has taken its place.' : 'its file is gone.';
    this.#lose(reason);
    return reason;
  }

  #lose(reason: string): void {
    if (this.#lost !== undefined || this.#depth === 0) return;
    this.#lost = reason;
    this.#site.events.lost();
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#log.error(`A listener for the loss of the lock failed: ${String(error)}`);
      }
    }
  }
}
