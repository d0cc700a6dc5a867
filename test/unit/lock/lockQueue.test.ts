import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/core/errors';
import { Deadline } from '../../../src/core/lock/deadline';
import { lockPriorities, type LockPriority, MOST_PASSED_OVER, rankOf } from '../../../src/core/lock/lockPriority';
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

/** Who waits asks for the turn in this order; each has it for `hold` ms. @returns the names in the order of their turns */
async function turnsOf(waiters: readonly [name: string, priority: LockPriority][], hold = 1): Promise<string[]> {
  const [queue, clock] = newQueue();
  const served: string[] = [];
  queue.tryEnter();
  const turns = waiters.map(async ([name, priority]) => {
    await queue.enter({ priority, deadline: new Deadline(clock, 1e6) });
    served.push(name);
    await clock.sleep(hold);
    queue.leave();
  });
  queue.leave();
  await Promise.all(turns);
  return served;
}

describe('urgency in the queue of one process', () => {
  it('decides, and among equals the order in which they came', async () => {
    const waiters = ['background', 'normal', 'critical', 'normal', 'interactive', 'background', 'critical'].map(
      (priority, index): [string, LockPriority] => [`${priority} ${index}`, priority as LockPriority],
    );
    expect(await turnsOf(waiters)).toEqual([
      'critical 2',
      'critical 6',
      'interactive 4',
      'normal 1',
      'normal 3',
      'background 0',
      'background 5',
    ]);
  });

  it('takes the turn from nobody', async () => {
    const [queue, clock] = newQueue();
    queue.tryEnter();
    const critical = queue.enter({ priority: 'critical', deadline: new Deadline(clock, 2) });
    await clock.sleep(1000);
    expect(queue.depth).toBe(2);
    queue.leave();
    expect(await critical).toBe(true);
  });

  it('lets one critical among 50 in the background be next', async () => {
    const background = Array.from({ length: 50 }, (_, index): [string, LockPriority] => [`background ${index}`, 'background']);
    expect((await turnsOf([...background, ['critical', 'critical']]))[0]).toBe('critical');
  });

  it('serves one in the background among endless critical ones within 8 turns', async () => {
    const critical = Array.from({ length: 40 }, (_, index): [string, LockPriority] => [`critical ${index}`, 'critical']);
    expect((await turnsOf([['background', 'background'], ...critical])).indexOf('background')).toBe(MOST_PASSED_OVER);
    expect(MOST_PASSED_OVER).toBeLessThan(8);
  });

  it('lets only one through that was passed over, and then seven more urgent ones again', async () => {
    const many = (priority: LockPriority, count: number) =>
      Array.from({ length: count }, (): [string, LockPriority] => [priority, priority]);
    const served = await turnsOf([...many('background', 20), ...many('critical', 35)]);
    const places = served.flatMap((name, place) => (name === 'background' ? [place] : []));
    expect(places.slice(0, 5)).toEqual([7, 15, 23, 31, 39]);
    expect(served.slice(40)).toEqual(many('background', 15).map(([name]) => name));
  });

  it('grows by a class with each 5 s', async () => {
    expect([0, 4999, 5000, 10_000, 60_000].map((waited) => rankOf('background', waited))).toEqual([0, 0, 1, 2, 3]);
    const [queue, clock] = newQueue();
    queue.tryEnter();
    const served: string[] = [];
    const wait = async (name: string, priority: LockPriority) => {
      await queue.enter({ priority, deadline: new Deadline(clock, 1e6) });
      served.push(name);
      queue.leave();
    };
    const old = wait('old', 'background');
    await clock.sleep(10_000);
    expect(queue.highestRank).toBe(2);
    const young = wait('young', 'interactive');
    queue.leave();
    await Promise.all([old, young]);
    expect(served).toEqual(['old', 'young']);
  });

  it('starves nobody, however many come, and at no time is the turn lost or given twice', async () => {
    const comings = fc.array(
      fc.record({ priority: fc.constantFrom(...lockPriorities), after: fc.nat({ max: 300 }), gives: fc.nat({ max: 9 }) }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(comings, fc.integer({ min: 1, max: 100 }), async (others, hold) => {
        const waiters = [{ priority: 'background' as const, after: 0, gives: 1 }, ...others];
        const [queue, clock] = newQueue();
        const granted: number[] = [];
        let inside = 0;
        const turns = waiters.map(async ({ priority, after, gives }, index) => {
          await clock.sleep(after);
          const before = granted.length;
          const older = queue.depth;
          // Some give up after a while.
          const deadline = new Deadline(clock, gives === 0 ? 0.2 : 1e6);
          if (!(await queue.enter({ priority, deadline }))) return;
          expect(++inside).toBe(1);
          // At worst all that were there go first, and each time the other seven that a passed-over one lets through.
          expect(granted.length - before).toBeLessThanOrEqual((older + 1) * (MOST_PASSED_OVER + 1));
          granted.push(index);
          await clock.sleep(hold);
          inside--;
          queue.leave();
        });
        await Promise.all(turns);
        await settled();
        expect([queue.isTaken, queue.depth, queue.highestRank, clock.pending]).toEqual([false, 0, -1, 0]);
      }),
      { numRuns: 40 },
    );
  });
});
