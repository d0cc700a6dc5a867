import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/core/errors';
import { Deadline } from '../../../src/core/lock/deadline';
import { LockQueue } from '../../../src/core/lock/lockQueue';
import { FakeClock, settled } from './fakeWorld';

function newQueue(): [LockQueue, FakeClock] {
  const clock = new FakeClock();
  return [new LockQueue(clock), clock];
}

describe('the queue of one process', () => {
  it('serves first come, first served', async () => {
    const [queue, clock, order] = [...newQueue(), [] as number[]];
    await queue.enter({ priority: 'normal', deadline: new Deadline(clock, 0) });
    const turns = [1, 2, 3].map(async (number) => {
      expect(await queue.enter({ priority: 'normal', deadline: new Deadline(clock, 1000) })).toBe(true);
      order.push(number);
      queue.leave();
    });
    queue.leave();
    await Promise.all(turns);
    expect(order).toEqual([1, 2, 3]);
    expect([queue.isTaken, clock.pending]).toEqual([false, 0]);
  });

  it('lets a waiter go when its time is up, or at once when it has none', async () => {
    const [queue, clock] = newQueue();
    await queue.enter({ priority: 'normal', deadline: new Deadline(clock, 0) });
    expect(await queue.enter({ priority: 'normal', deadline: new Deadline(clock, 0) })).toBe(false);
    expect(await queue.enter({ priority: 'normal', deadline: new Deadline(clock, 0.5) })).toBe(false);
    expect(clock.monotonic()).toBe(500);
    queue.leave();
    expect(queue.isTaken).toBe(false);
  });

  it('passes the turn on when its next waiter aborted, even in the moment it was granted', async () => {
    const [queue, clock, abort] = [...newQueue(), new AbortController()];
    await queue.enter({ priority: 'normal', deadline: new Deadline(clock, 0) });
    const aborted = queue.enter({ priority: 'normal', deadline: new Deadline(clock, 1000), signal: abort.signal });
    const next = queue.enter({ priority: 'normal', deadline: new Deadline(clock, 1000) });
    queue.leave();
    abort.abort();
    await expect(aborted).rejects.toBeInstanceOf(CancelledError);
    expect(await next).toBe(true);
    queue.leave();
    await settled();
    expect([queue.isTaken, clock.pending]).toEqual([false, 0]);
  });
});
