import { describe, expect, it } from 'vitest';
import { acquireLock } from '../../../src/core/lock/acquireLock';
import { Deadline } from '../../../src/core/lock/deadline';
import type { LockHold } from '../../../src/core/lock/lockHold';
import { FakeSite, fault, LOCK, LogBook, START } from './fakeWorld';

const PYTHON = '4242:1795478400.5';

function acquire(
  site: FakeSite,
  { timeout = 400, log = new LogBook(), signal }: { timeout?: number; log?: LogBook; signal?: AbortSignal } = {},
): Promise<LockHold> {
  return Promise.resolve().then(() =>
    acquireLock(site, 15, { deadline: new Deadline(site.clock, timeout), staleAfter: 300, priority: 'normal', log, signal }),
  );
}

function calmSite(): FakeSite {
  const site = new FakeSite();
  site.history.sawOurs({ wall: START, monotonic: 0 });
  return site;
}

describe('what a lock tells of its uses', () => {
  it('is the uncontended case apart, with nothing waited for', async () => {
    const site = calmSite();
    (await acquire(site)).release();
    const { wait, hold, polls, guardWait, handOff, acquired } = site.events.snapshot();
    expect(wait).toMatchObject({ none: { count: 1, max: 0 } });
    expect([hold.count, polls.count, guardWait.count, handOff, acquired.normal]).toEqual([1, 0, 0, {}, 1]);
  });

  it('is how long a peer kept us waiting, and for how long it had held the lock', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON);
    site.clock.at(4000, () => site.files.entries.delete(LOCK));
    (await acquire(site)).release();
    const { wait, peerHold, polls } = site.events.snapshot();
    expect(Object.keys(wait)).toEqual(['marker']);
    expect(wait.marker?.max).toBeCloseTo(4, 0);
    // It says itself that it began half a second after our start, by the wall clock.
    expect(peerHold.marker?.max).toBeCloseTo(4, 0);
    expect(polls.max).toBeGreaterThan(30);
  });

  it('is the holds of several peers, told apart by their content, but not of one that was broken', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON);
    site.clock.at(1000, () => site.files.put(LOCK, '4243:1795478401.000000'));
    site.clock.at(3000, () => site.files.put(LOCK, '4244:1795478000.000000', 400));
    await acquire(site);
    const { peerHold, counts } = site.events.snapshot();
    expect(peerHold.marker?.count).toBe(2);
    expect(peerHold.marker?.max).toBeCloseTo(2, 0);
    expect(counts.brokenByAge).toBe(1);
  });

  it('is the wait for the guard, and for this very process, as behind ours', async () => {
    const site = calmSite();
    const first = await acquire(site);
    const second = acquire(site);
    await site.clock.sleep(700);
    first.release();
    (await second).release();
    site.guard.answer = 'busy';
    site.clock.at(300, () => (site.guard.answer = 'taken'));
    (await acquire(site)).release();
    const { wait, peerHold, guardWait, queueDepth } = site.events.snapshot();
    expect(wait.ours?.count).toBe(2);
    expect(peerHold.ours).toMatchObject({ count: 1, max: 0.7 });
    expect(guardWait).toMatchObject({ count: 1 });
    expect(guardWait.max).toBeCloseTo(0.3, 1);
    expect(queueDepth).toMatchObject({ count: 3, max: 1 });
  });

  it('is each way of not getting it', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON);
    await expect(acquire(site, { timeout: 1 })).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    const abort = new AbortController();
    const aborted = acquire(site, { signal: abort.signal });
    site.clock.at(50, () => abort.abort());
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
    site.files.entries.delete(LOCK);
    site.files.before = (call) => {
      if (call === 'create') throw fault('EROFS');
    };
    await expect(acquire(site)).rejects.toMatchObject({ code: 'LOCK_UNUSABLE' });
    const { failed, guarantee } = site.events.snapshot();
    expect([failed, guarantee]).toEqual([{ timeout: 1, cancelled: 1, unusable: 1 }, 'sqlite-only']);
  });

  it('is a use inside another, a loss, and a lock that a peer removed at once', async () => {
    const site = calmSite();
    const hold = await acquire(site);
    hold.deepen();
    site.tellLost('gone');
    expect(site.events.snapshot().counts).toMatchObject({ joined: 1, lost: 1 });
  });
});

describe('an adaptive timeout', () => {
  const hold = (site: FakeSite, content: string, ms: number): void => {
    site.files.put(LOCK, content);
    site.clock.at(ms, () => site.files.entries.delete(LOCK));
  };

  /** Waits as long as is worth it behind whom it meets. */
  async function acquireAdaptively(site: FakeSite): Promise<LockHold> {
    const deadline = new Deadline(site.clock, 30, (peer) => site.estimates.of(peer).patience(0));
    return acquireLock(site, 15, { deadline, staleAfter: 300, priority: 'normal', log: new LogBook() });
  }

  it('is the 30 s of the seed at first, and 5 s behind a peer whose holds were seen to be short', async () => {
    const site = calmSite();
    hold(site, PYTHON, 29_000);
    (await acquireAdaptively(site)).release();
    for (let count = 0; count < 40; count++) {
      hold(site, `4242:${(site.clock.now() / 1000).toFixed(6)}`, 300);
      (await acquireAdaptively(site)).release();
    }
    hold(site, `4242:${(site.clock.now() / 1000).toFixed(6)}`, 14_000);
    const began = site.clock.monotonic();
    await expect(acquireAdaptively(site)).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    expect(site.clock.monotonic() - began).toBeCloseTo(5000, -2);
    // Having backed off, it waits for the rest of the same hold.
    (await acquireAdaptively(site)).release();
    expect(site.clock.monotonic() - began).toBeCloseTo(14_000, -3);
  });

  it('does not learn from a hold that was broken', async () => {
    const site = calmSite();
    site.files.put(LOCK, '4242:1795478000.000000', 400);
    (await acquire(site)).release();
    for (let count = 0; count < 8; count++) site.estimates.of('marker').sample(10);
    expect(site.estimates.of('marker').patience(0)).toBe(5000);
  });
});

describe('a wait behind a peer, with the guard', () => {
  it('is left to a more urgent process of ours, and taken up again when that is done', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON);
    site.clock.at(2000, () => site.files.entries.delete(LOCK));
    const urgent = { rank: 3, id: '0'.repeat(12) };
    site.clock.at(500, () => (site.hints = [{ ...urgent, at: site.clock.now() }]));
    let wasFree = false;
    site.clock.at(615, () => (wasFree = !site.guard.isHeld));
    site.clock.at(616, () => (site.hints = []));
    (await acquire(site)).release();
    expect(wasFree).toBe(true);
    expect(site.events.snapshot().counts.yielded).toBeGreaterThan(0);
    expect([site.announced, site.traffic?.grants, site.traffic?.peerAt]).toEqual([undefined, 1, expect.any(Number)]);
    expect(site.traffic!.peerAt).toBeGreaterThan(START);
  });
});

describe('a long wait', () => {
  it('is told of after 1 s, 10 s and 300 s, each once, naming the holder and its age', async () => {
    const [site, log] = [calmSite(), new LogBook()];
    site.known.set(4242, { startedAt: START - 9000, command: 'python3', isHomeAssistant: true });
    site.files.put(LOCK, PYTHON);
    await expect(acquire(site, { log })).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    expect(log.lines).toEqual([
      `info Waiting for the database lock for 1 s: process 4242 has held ${LOCK} for 1 s.`,
      `info Waiting for the database lock for 10 s: process 4242 has held ${LOCK} for 10 s.`,
      `info Waiting for the database lock for 300 s: process 4242 has held ${LOCK} for 5 min.`,
      expect.stringMatching(/^warn Database is busy/),
    ]);
  });

  it('in this process’s queue is told of as well, with the age of the hold and not of its last heartbeat', async () => {
    const [site, log] = [calmSite(), new LogBook()];
    const first = await acquire(site);
    const second = acquire(site, { log });
    site.clock.at(9000, () => site.files.put(LOCK, site.files.text()!));
    await site.clock.sleep(12_000);
    first.release();
    (await second).release();
    expect(log.lines.slice(0, 2)).toEqual([
      `info Waiting for the database lock for 1 s: process 77 has held ${LOCK} for 1 s.`,
      `info Waiting for the database lock for 10 s: process 77 has held ${LOCK} for 10 s.`,
    ]);
  });

  it('that is short is not told of', async () => {
    const [site, log] = [calmSite(), new LogBook()];
    site.files.put(LOCK, PYTHON);
    site.clock.at(900, () => site.files.entries.delete(LOCK));
    (await acquire(site, { log })).release();
    expect(log.lines).toEqual(['debug Acquired database lock', 'debug Released database lock']);
  });
});
