import { describe, expect, it } from 'vitest';
import { Deadline } from '../../../src/core/lock/deadline';
import { type LockPriority, rankOf } from '../../../src/core/lock/lockPriority';
import type { LockTraffic } from '../../../src/core/lock/lockTraffic';
import { RightOfWay, type Way } from '../../../src/core/lock/rightOfWay';
import { FakeSite, LogBook } from './fakeWorld';

const FOLDER = '/config/.storage';

/** After 10 s of use without a peer, unless it is said otherwise; the path was left free a moment ago. */
function site(traffic: Partial<LockTraffic> = {}, hints: readonly [LockPriority, age: number][] = []): FakeSite {
  const made = new FakeSite();
  const now = made.clock.now();
  made.traffic = { grants: 1, leftFreeAt: now - 100, peerAt: 0, inVain: 0, passedOver: 0, ...traffic };
  made.hints = hints.map(([priority, age], index) => ({
    rank: rankOf(priority),
    at: now - age,
    id: `${index}`.padStart(12, '0'),
  }));
  return made;
}

function way(of: FakeSite, priority: LockPriority = 'normal', timeout = 60): RightOfWay {
  return new RightOfWay(
    of,
    { deadline: new Deadline(of.clock, timeout), staleAfter: 300, priority, log: new LogBook() },
    of.clock.monotonic(),
  );
}

const decide = (of: FakeSite, priority?: LockPriority, timeout?: number): Way => way(of, priority, timeout).decide();

describe('between our processes', () => {
  it('more urgent ones that wait are let through, others are not', () => {
    expect(decide(site())).toBe('go');
    expect(decide(site({}, [['interactive', 0]]))).toBe('yield');
    expect(decide(site({}, [['normal', 0]]))).toBe('go');
    expect(decide(site({}, [['background', 0]]))).toBe('go');
    expect(decide(site({}, [['interactive', 0]]), 'critical')).toBe('go');
  });

  it('one that has said nothing for a second waits no more: it was killed, or hangs', () => {
    expect(decide(site({}, [['critical', 999]]))).toBe('yield');
    expect(decide(site({}, [['critical', 1001]]))).toBe('go');
    expect(decide(site({}, [['critical', -5000]]))).toBe('go');
  });

  it('one that is less urgent goes first when it was passed over seven times', () => {
    const waiting = site({ passedOver: 6 }, [['background', 0]]);
    const critical = way(waiting, 'critical');
    expect(critical.decide()).toBe('go');
    waiting.traffic = critical.next;
    expect(waiting.traffic.passedOver).toBe(7);
    expect(decide(waiting, 'critical')).toBe('yield');
    // And it does not give way again to those who wait for it.
    waiting.hints = waiting.hints.map((hint) => ({ ...hint, rank: 3 }));
    const background = way(waiting, 'background');
    expect(background.decide()).toBe('go');
    expect(background.next.passedOver).toBe(0);
  });

  it('hints of who never comes delay nobody for long', () => {
    const yielding = way(site({}, [['critical', 0]]));
    let yields = 0;
    for (; yielding.decide() === 'yield'; yields++) yielding.yielded();
    expect(yields).toBe(10);
  });

  it('one goes with the urgency of those behind it in its process', async () => {
    const crowded = site({}, [['interactive', 0]]);
    crowded.queue.tryEnter();
    const head = way(crowded, 'background');
    expect([head.rank, head.decide()]).toEqual([0, 'yield']);
    const behind = crowded.queue.enter({ priority: 'critical', deadline: new Deadline(crowded.clock, 0.1) });
    expect([head.rank, head.decide()]).toEqual([3, 'go']);
    expect(await behind).toBe(false);
  });

  it('says that it waits, again after 250 ms, and no more when it waits no more', async () => {
    const quiet = site();
    const waiting = way(quiet, 'interactive');
    waiting.announce();
    expect(quiet.announced).toBe(2);
    quiet.announced = undefined;
    waiting.announce();
    expect(quiet.announced).toBeUndefined();
    await quiet.clock.sleep(5000);
    waiting.announce();
    expect(quiet.announced).toBe(3);
    waiting.withdraw();
    expect(quiet.announced).toBeUndefined();
  });
});

describe('for a peer that polls', () => {
  const seen = (ago: number) => ({ peerAt: site().clock.now() - ago });

  it.each<[LockPriority, number]>([
    ['background', 1],
    ['normal', 4],
    ['interactive', 8],
  ])('the path is left free before what is %s after %d uses, while one is about', (priority, grants) => {
    expect(decide(site({ ...seen(59_000), grants: grants - 1 }), priority)).toBe('go');
    expect(decide(site({ ...seen(59_000), grants }), priority)).toBe(2);
    expect(decide(site({ ...seen(61_000), grants: 1000 }), priority)).toBe('go');
    expect(decide(site({ ...seen(0), grants: 1000 }), 'critical')).toBe('go');
    // Nobody came the last three times.
    expect(decide(site({ ...seen(0), inVain: 3, grants: 8 * grants - 1 }), priority)).toBe('go');
    expect(decide(site({ ...seen(0), inVain: 3, grants: 8 * grants }), priority)).toBe(2);
  });

  it('it is left free after 750 ms of use in any case; the next time later, if nobody came', () => {
    const after = (ms: number, changes: Partial<LockTraffic> = {}, priority?: LockPriority) =>
      decide(site({ leftFreeAt: site().clock.now() - ms, ...changes }), priority);
    expect([after(749), after(750)]).toEqual(['go', 2]);
    expect([after(3999, { inVain: 1 }), after(4000, { inVain: 1 })]).toEqual(['go', 2]);
    expect(after(750, { inVain: 1, ...seen(3_600_000) })).toBe(2);
    expect([after(3999, {}, 'critical'), after(4000, {}, 'critical')]).toEqual(['go', 2]);
  });

  it('that takes 110 ms with the path empty, and is noted with the next use', async () => {
    const busy = site({ leftFreeAt: site().clock.now() - 800 });
    const waiting = way(busy);
    let waited = 0;
    for (let next = waiting.decide(); next !== 'go'; next = waiting.decide()) {
      expect(next).toBeLessThanOrEqual(2);
      await busy.clock.sleep(Number(next));
      waited += Number(next);
    }
    expect(waited).toBe(110);
    expect(waiting.next).toEqual({ grants: 1, leftFreeAt: busy.clock.now(), peerAt: 0, inVain: 1, passedOver: 0 });
    // What begins at once afterwards leaves nothing free.
    busy.traffic = waiting.next;
    expect(decide(busy)).toBe('go');
  });

  it('nothing is waited for where the folder says that nobody used it for so long', () => {
    const idle = site({ leftFreeAt: site().clock.now() - 5000 });
    idle.files.put(FOLDER, '', 0.2, 'directory');
    const waiting = way(idle);
    expect(waiting.decide()).toBe('go');
    expect(waiting.next).toMatchObject({ leftFreeAt: idle.clock.now(), inVain: 0, grants: 1 });
    idle.files.put(FOLDER, '', 0.1, 'directory');
    expect(decide(idle)).toBeGreaterThan(0);
  });

  it('its turn counts as much as a path left free', () => {
    const busy = site({ leftFreeAt: site().clock.now() - 5000, grants: 90 });
    const waiting = way(busy);
    waiting.sawOccupied(true);
    expect(waiting.decide()).toBe('go');
    expect(waiting.next).toMatchObject({ peerAt: busy.clock.now(), leftFreeAt: busy.clock.now(), grants: 1, inVain: 0 });
  });

  it('who has no time to wait does not, since the lock is free', () => {
    expect(decide(site({ leftFreeAt: 0 }), 'normal', 0.1)).toBe('go');
  });

  it('a more urgent one goes even then, and the time begins anew', () => {
    const busy = site({ leftFreeAt: site().clock.now() - 800 });
    const waiting = way(busy, 'background');
    expect(waiting.decide()).toBe(2);
    busy.hints = [{ rank: 3, at: busy.clock.now(), id: '0'.repeat(12) }];
    expect(waiting.decide()).toBe('yield');
  });

  it('a folder that cannot be looked at is no reason to fail', () => {
    const busy = site({ leftFreeAt: site().clock.now() - 800 });
    busy.files.before = () => {
      throw new Error('EIO');
    };
    expect(decide(busy)).toBe(2);
  });
});
