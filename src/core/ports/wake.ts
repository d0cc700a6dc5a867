import type { Disposable } from '../disposable';

/** Wakes a waiter when something happened to the lock file, or after a while. */
export interface Wake extends Disposable {
  /**
   * Resolves with false after `ms`, or with true at once when the file was touched since the last call.
   * Rejects with CancelledError when `signal` aborts.
   */
  wait(ms: number, signal?: AbortSignal): Promise<boolean>;
}
