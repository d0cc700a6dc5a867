import { describe, expect, it } from 'vitest';
import { busyPause } from '../../../src/core/sync/busyPause';

/** The moments (ms) after it began to wait at which SQLite's busy handler tries again; see sqliteDefaultBusyCallback. */
function tries(until: number): number[] {
  const sleeps = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];
  const moments: number[] = [];
  for (let at = 0, count = 0; at < until; count += 1) {
    at += sleeps[count] ?? 100;
    moments.push(at);
  }
  return moments;
}

describe('the pause between two chunks', () => {
  it.each([0, 20, 100, 127, 128, 150, 227, 228, 250, 400, 2000])(
    'lets everybody in who began to wait during the %i ms before it',
    (held) => {
      const pause = busyPause(held);
      for (let waited = 0; waited <= held; waited += 0.5)
        expect(tries(held + 1000).some((at) => at >= waited && at < waited + pause)).toBe(true);
    },
  );

  it('is no longer than it need be', () => {
    expect([100, 200, 300].map(busyPause)).toEqual([30, 55, 105]);
  });
});
