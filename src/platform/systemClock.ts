import { CancelledError } from '../core/errors';
import type { Clock } from '../core/ports/clock';

/** The longest delay that a Node timer can hold, ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Time from the system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const cancel = () => {
        clearTimeout(timer);
        reject(new CancelledError('Waiting for the database'));
      };
      if (signal?.aborted) return reject(new CancelledError('Waiting for the database'));
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', cancel);
          resolve();
        },
        Math.min(Math.max(ms, 0), LONGEST_TIMER),
      );
      signal?.addEventListener('abort', cancel, { once: true });
    }),
};
