import { beforeEach, describe, expect, it } from 'vitest';
import { Deadline } from '../../../src/core/lock/deadline';
import type { RedisFallback } from '../../../src/core/lock/lockInspection';
import { RedisFencing, type Fence } from '../../../src/core/lock/redisFencing';
import { FakeRecord, FakeRedis, TTL } from './fakeRedis';
import { FakeClock, LogBook, settled } from './fakeWorld';

let clock: FakeClock;
let redis: FakeRedis;
let record: FakeRecord;
let log: LogBook;
let tokens: number;

beforeEach(() => {
  clock = new FakeClock();
  redis = new FakeRedis(clock);
  record = new FakeRecord();
  log = new LogBook();
  tokens = 0;
});

function instance(who = '1@here', fallback: RedisFallback = 'refuse'): RedisFencing {
  const newToken = (): string => `token ${++tokens}`;
  return new RedisFencing({
    leases: redis.client(who),
    record,
    clock,
    log,
    fallback,
    patience: 3000,
    random: () => 0.5,
    newToken,
  });
}

const inTime = (seconds = 60): Deadline => new Deadline(clock, seconds);

/** A write as a session makes it; `before` runs at the place that it names. */
function write(before: { claim?: () => unknown; commit?: () => unknown } = {}) {
  return async (fence: Fence | null): Promise<number | null> => {
    await before.claim?.();
    fence?.claim();
    await before.commit?.();
    fence?.assertHeld();
    return fence?.number ?? null;
  };
}

describe('writes under the Redis lock', () => {
  it('get fencing tokens that rise, and give the lock back', async () => {
    const ours = instance();
    expect([await ours.run(write(), inTime()), await ours.run(write(), inTime())]).toEqual([1, 2]);
    expect(record.top).toBe(2);
    expect(redis.holder).toBeUndefined();
  });

  it('come one after another, the waiting one as soon as the other is done', async () => {
    const order: string[] = [];
    const slow = instance('1@here').run(write({ commit: () => clock.sleep(400).then(() => order.push('one')) }), inTime());
    await settled();
    const second = instance('2@there').run(write({ claim: () => order.push('two') }), inTime());
    expect([await slow, await second]).toEqual([1, 2]);
    expect(order).toEqual(['one', 'two']);
    // Told, not polled: that would have been a second later.
    expect(clock.monotonic()).toBe(400);
    expect([redis.watchers, clock.pending]).toEqual([0, 0]);
  });

  it('wait for a holder that died until its lock runs out', async () => {
    redis.held = { token: 'dead', who: '9@there', fence: 1, until: TTL };
    redis.counter = 1;
    expect(await instance().run(write(), inTime())).toBe(2);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(TTL);
    expect(clock.monotonic()).toBeLessThan(TTL + 50);
  });

  it('give up at their deadline, and say who holds it', async () => {
    redis.held = { token: 'other', who: '9@there', fence: 7, until: TTL };
    await expect(instance().run(write(), inTime(5))).rejects.toMatchObject({
      code: 'LOCK_TIMEOUT',
      message: 'Database is busy, please try again later: process 9 on there has held its Redis lock on redis:6379.',
    });
    expect([redis.watchers, clock.pending]).toEqual([0, 0]);
  });

  it('can be cancelled while they wait, and leave nothing behind', async () => {
    redis.held = { token: 'other', who: '9@there', fence: 7, until: TTL };
    const abort = new AbortController();
    clock.at(1500, () => abort.abort());
    await expect(instance().run(write(), inTime(), abort.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(clock.monotonic()).toBe(1500);
    expect([redis.watchers, clock.pending]).toEqual([0, 0]);
  });

  it('get the same lock where the answer to their first try was lost on the way', async () => {
    redis.state = 'deaf';
    clock.at(150, () => (redis.state = 'up'));
    expect(await instance().run(write(), inTime())).toBe(1);
    expect(redis.counter).toBe(1);
    expect(redis.holder).toBeUndefined();
  });

  it('leave no lock behind that was granted when nobody listened', async () => {
    redis.state = 'deaf';
    await expect(instance().run(write(), inTime())).rejects.toMatchObject({ code: 'REDIS_UNREACHABLE' });
    await settled();
    expect(redis.holder).toBeUndefined();
  });

  it('are told when giving back fails, which is not tried again, and do not fail by it', async () => {
    expect(await instance().run(write({ commit: () => (redis.state = 'down') }), inTime())).toBe(1);
    await settled();
    expect(log.lines.filter((line) => /not released and will run out/.test(line))).toHaveLength(1);
    expect(redis.calls.filter((call) => call.endsWith('release'))).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});

describe('a fencing token', () => {
  it('that is older than another let in before is refused before anything is done', async () => {
    const done: string[] = [];
    const late = instance('1@here').run(
      write({ claim: () => clock.sleep(2 * TTL), commit: () => done.push('late') }),
      inTime(120),
    );
    await settled();
    // Renewals are not of this test: after a pause of twice its time, the first one's lock is the second one's.
    expect(await instance('2@there').run(write(), inTime(120))).toBe(2);
    await expect(late).rejects.toMatchObject({
      code: 'LOCK_COMPROMISED',
      message: 'The database lock was lost while it was held: its Redis lock ran out before it could be renewed.',
      nextStep: 'Nothing was written. Run the command again.',
    });
    expect(done).toEqual([]);
    expect(record.top).toBe(2);
  });

  it('that is older is refused even where the clock says that its lock is held still', async () => {
    const done: string[] = [];
    const takeOver = (): void => {
      redis.held = { token: 'other', who: '2@there', fence: 2, until: Infinity };
      redis.counter = 2;
      record.top = 2;
    };
    const ours = instance().run(write({ claim: takeOver, commit: () => done.push('ours') }), inTime());
    await expect(ours).rejects.toMatchObject({
      code: 'LOCK_COMPROMISED',
      message: expect.stringMatching(/Another process has the Redis lock/),
    });
    expect([done, record.top]).toEqual([[], 2]);
  });

  it('is refused at the commit when a later one was let in meanwhile', async () => {
    const ours = instance().run(write({ commit: () => (record.top = 5) }), inTime());
    await expect(ours).rejects.toMatchObject({
      code: 'LOCK_COMPROMISED',
      message: expect.stringMatching(/later fencing token came first/),
    });
  });

  it('is refused when its record was replaced', async () => {
    const ours = instance().run(write({ claim: () => (record.database = 'two') }), inTime());
    await expect(ours).rejects.toMatchObject({
      code: 'LOCK_COMPROMISED',
      message: expect.stringMatching(/record of its fencing tokens was replaced/),
    });
  });

  it('is raised above all before where Redis lost its counter, which is said', async () => {
    record.top = 41;
    expect(await instance().run(write(), inTime())).toBe(42);
    expect([record.top, redis.counter]).toEqual([42, 42]);
    expect(log.lines).toEqual(['warn Redis had lost its fencing counter, which stood at 41 at least; it goes on from 42.']);
    expect(await instance().run(write(), inTime())).toBe(43);
  });

  it('is raised no more than three times for one write', async () => {
    let top = 10;
    const ours = instance().run(write({ claim: () => (record.top = top += 10) }), inTime());
    await expect(ours).rejects.toMatchObject({ code: 'LOCK_COMPROMISED', message: expect.stringMatching(/again and again/) });
    expect(redis.calls.filter((call) => call.endsWith('raise'))).toHaveLength(3);
  });
});

describe('without Redis', () => {
  it('nothing is written, after three seconds of trying', async () => {
    redis.state = 'down';
    const done: string[] = [];
    await expect(instance().run(write({ claim: () => done.push('written') }), inTime())).rejects.toMatchObject({
      code: 'REDIS_UNREACHABLE',
      message: 'Redis at redis:6379 cannot be reached (ECONNREFUSED).',
      nextStep: expect.stringMatching(/^Nothing was written.*Start Redis.*set areaOccupancy.lock.redis.fallback to "fileLock"/),
    });
    expect(done).toEqual([]);
    expect(clock.monotonic()).toBeGreaterThanOrEqual(3000);
    expect(clock.monotonic()).toBeLessThan(3200);
  });

  it('a restart of it is waited for', async () => {
    redis.state = 'down';
    clock.at(1000, () => (redis.state = 'up'));
    expect(await instance().run(write(), inTime())).toBe(1);
  });

  it('writes go on with the file lock alone where so set, which is said once, until it is back, which is said too', async () => {
    redis.state = 'down';
    const ours = instance('1@here', 'fileLock');
    expect([await ours.run(write(), inTime()), await ours.run(write(), inTime())]).toEqual([null, null]);
    // The second one did not try: it would have waited another three seconds.
    expect(clock.monotonic()).toBeLessThan(3200);
    await clock.sleep(10_000);
    expect(await ours.run(write(), inTime())).toBeNull();
    redis.state = 'up';
    await clock.sleep(10_000);
    expect(await ours.run(write(), inTime())).toBe(1);
    expect(log.lines).toEqual([
      'warn Redis at redis:6379 cannot be reached (ECONNREFUSED). Until it can be, writes go on under the file lock alone, as the settings say.',
      'info Redis can be reached again; writes take its lock again.',
    ]);
  });
});

describe('a look at the Redis lock', () => {
  it('says who holds it, that it is free, not used yet, or what keeps it from being asked', async () => {
    const ours = instance();
    expect(await ours.inspect()).toEqual({ server: 'redis:6379', fallback: 'refuse', state: 'free' });
    redis.held = { token: 'other', who: '9@there', fence: 7, until: TTL };
    expect(await ours.inspect()).toMatchObject({ state: 'held', holder: { who: '9@there', fence: 7, remaining: TTL } });
    redis.state = 'down';
    expect(await ours.inspect()).toMatchObject({
      state: 'failed',
      fault: { code: 'REDIS_UNREACHABLE', message: 'Redis at redis:6379 cannot be reached (ECONNREFUSED).' },
    });
    record.exists = () => false;
    expect(await ours.inspect()).toEqual({ server: 'redis:6379', fallback: 'refuse', state: 'unused' });
  });
});
