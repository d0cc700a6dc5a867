import type { Disposable } from '../disposable';

/** Wakes a waiter when something happened to the lock file, or after a while. */
export interface Wake extends Disposable {
  /**
   * Resolves after `ms`, or at once when the file was touched since the last call.
   * Rejects with CancelledError when `signal` aborts.
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}
