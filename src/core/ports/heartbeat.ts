import type { FileStatus } from './lockFiles';

/** One hold's heartbeat. */
export interface Pulse {
  /** Why the lock counts as lost, or undefined while it is well. */
  lost(): string | undefined;
  /** Stops it. To be called before the lock file is unlinked or closed. */
  end(): void;
}

/** Keeps the lock file's time fresh, from a thread that a blocked event loop cannot starve. */
export interface Heartbeat {
  /**
   * @param claimed the file as it was created
   * @param content what is written again at each beat
   * @param interval seconds between beats
   * @param onLost told once, when the file is no longer ours or could not be refreshed for LOST_AFTER_BEATS intervals
   */
  begin(claimed: FileStatus, content: string, interval: number, onLost: (reason: string) => void): Pulse;
}

/** Seconds. */
export const HEARTBEAT_INTERVAL = 15;
/** Missed beats (240 s at the usual interval) after which a peer with the usual 300 s may soon call the lock stale. */
export const LOST_AFTER_BEATS = 16;
