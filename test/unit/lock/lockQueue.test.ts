import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/core/errors';
import { LockQueue } from '../../../src/core/lock/lockQueue';
import { FakeClock, settled } from './fakeWorld';

describe('the queue of one process', () => {
  it('serves first come, first served', async () => {
    const [queue, clock, order] = [new LockQueue(), new FakeClock(), [] as number[]];
    await queue.enter(0, clock);
    const turns = [1, 2, 3].map(async (number) => {
      expect(await queue.enter(1e6, clock)).toBe(true);
      order.push(number);
      queue.leave();
    });
    queue.leave();
    await Promise.all(turns);
    expect(order).toEqual([1, 2, 3]);
    expect([queue.isTaken, clock.pending]).toEqual([false, 0]);
  });

  it('lets a waiter go when its time is up, or at once when it has none', async () => {
    const [queue, clock] = [new LockQueue(), new FakeClock()];
    await queue.enter(0, clock);
    expect(await queue.enter(0, clock)).toBe(false);
    expect(await queue.enter(500, clock)).toBe(false);
    expect(clock.monotonic()).toBe(500);
    queue.leave();
    expect(queue.isTaken).toBe(false);
  });

  it('passes the turn on when its next waiter aborted, even in the moment it was granted', async () => {
    const [queue, clock, abort] = [new LockQueue(), new FakeClock(), new AbortController()];
    await queue.enter(0, clock);
    const aborted = queue.enter(1e6, clock, abort.signal);
    const next = queue.enter(1e6, clock);
    queue.leave();
    abort.abort();
    await expect(aborted).rejects.toBeInstanceOf(CancelledError);
    expect(await next).toBe(true);
    queue.leave();
    await settled();
    expect([queue.isTaken, clock.pending]).toEqual([false, 0]);
  });
});
