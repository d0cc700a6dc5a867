import { LockTimeoutError, throwIfAborted } from '../../core/errors';
import type { Clock } from '../../core/ports/clock';
import { isBusy } from './sqliteErrors';

export interface BusyWait {
  readonly clock: Clock;
  readonly path: string;
  /** On the clock's monotonic scale, ms. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
  /** ms to wait after each try. All are spent even past the deadline; then the last repeats until it. */
  readonly delays?: readonly number[] | undefined;
}

/** Waited between tries where the caller promises no delays of its own, ms. */
const PAUSE = 25;

/**
 * Retries while another connection keeps SQLite busy, without blocking the event loop for longer than one try.
 * Throws LockTimeoutError after the deadline, CancelledError when aborted.
 */
export async function whileBusy<T>(attempt: () => T, { clock, path, deadline, signal, delays = [] }: BusyWait): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    throwIfAborted(signal, 'Waiting for the database');
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      const promised = delays[tries];
      if (promised === undefined && clock.monotonic() >= deadline) {
        throw new LockTimeoutError(`another program kept ${path} locked.`, { cause: error });
      }
      await clock.sleep(promised ?? delays.at(-1) ?? PAUSE, signal);
    }
  }
}
