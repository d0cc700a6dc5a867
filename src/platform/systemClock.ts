import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../core/errors';
import type { Clock } from '../core/ports/clock';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch {
      throw new CancelledError('Waiting');
    }
  },
};
