import type { Clock } from '../ports/clock';

/** Both clocks at once: the monotonic one stands still while a laptop sleeps, the wall clock can be set. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), monotonic: clock.monotonic() };
}

/** From this age on (s), a peer with the usual 300 s may judge a file stale before we look again. */
export const OLD_AGE_SECONDS = 295;
/** How long (ms) we leave the path empty after breaking an old file: 1.5 polls of a naive peer. */
export const QUARANTINE_MS = 150;
/** How long (ms) we wait, after creating ours, for a naive peer's late unlink of the old file to show. */
export const SETTLE_MS = 60;
/** For this long (ms) after an old file was seen, a naive peer may still be between its `stat` and its `unlink`. */
const STORM_MS = 1000;

/**
 * Remembers what was at the lock's path, to know whether a naive peer can be about to unlink what it takes for a stale file.
 * Calm: within the last 295 s we saw the path ours or empty, so no file since then can have become stale.
 */
export class CalmHistory {
  #ours: Moment | undefined;
  #absent: Moment | undefined;
  #old: Moment | undefined;

  sawOurs(at: Moment): void {
    this.#ours = at;
  }

  /** Keeps the earliest sight that still counts: an empty path is evidence only once it was seen a quarantine ago. */
  sawAbsent(at: Moment): void {
    if (!isWithin(this.#absent, at, OLD_AGE_SECONDS * 1000)) this.#absent = at;
  }

  sawOld(at: Moment): void {
    this.#old = at;
  }

  isCalm(at: Moment): boolean {
    if (this.#old && at.monotonic - this.#old.monotonic < STORM_MS) return false;
    if (isWithin(this.#ours, at, OLD_AGE_SECONDS * 1000)) return true;
    return isWithin(this.#absent, at, OLD_AGE_SECONDS * 1000) && !isWithin(this.#absent, at, QUARANTINE_MS);
  }
}

/** True when `then` lies at most `ms` before `now` by both clocks; a clock that was set back does not count. */
function isWithin(then: Moment | undefined, now: Moment, ms: number): boolean {
  if (!then) return false;
  const wall = now.wall - then.wall;
  const monotonic = now.monotonic - then.monotonic;
  return wall >= 0 && monotonic >= 0 && wall < ms && monotonic < ms;
}
