import { describe, expect, it } from 'vitest';
import { CancelledError, LockTimeoutError, LockUnusableError } from '../../../src/core/errors';
import { acquireLock } from '../../../src/core/lock/acquireLock';
import { Deadline } from '../../../src/core/lock/deadline';
import { decodeOwnerRecord, encodeOwnerRecord } from '../../../src/core/lock/ownerRecord';
import type { FakeClock } from './fakeWorld';
import { FakeSite, fault, leavings, LOCK, LogBook, NOTHING_LEFT, START } from './fakeWorld';

const OURS = '88:1795478399.000000';
const PYTHON = '4242:1795478000.5';

function acquire(
  site: FakeSite,
  { timeout = 60, log = new LogBook(), signal }: { timeout?: number; log?: LogBook; signal?: AbortSignal } = {},
) {
  // The uncontended case answers at once; here both read the same.
  return Promise.resolve().then(() =>
    acquireLock(site, 15, { deadline: new Deadline(site.clock, timeout), staleAfter: 300, priority: 'normal', log, signal }),
  );
}

/** A site whose path was ours a moment ago, so that nothing needs to settle. */
function calmSite(): FakeSite {
  const site = new FakeSite();
  site.history.sawOurs({ wall: START, monotonic: 0 });
  return site;
}

/** A killed process of ours left this. @param age seconds */
function leaveOrphan(site: FakeSite, age: number, calm = true): void {
  site.files.put(LOCK, OURS, age);
  site.record = {
    content: OURS,
    claimedAt: START - age * 1000,
    calm,
    guard: site.guard.number,
    writer: { pid: 88, life: '00000000000000b0', token: '00000000000000bb' },
  };
}

/** The length of each sleep, in order. */
function sleepsOf(clock: FakeClock): number[] {
  const sleeps: number[] = [];
  const sleep = clock.sleep.bind(clock);
  clock.sleep = (ms, signal) => {
    sleeps.push(ms);
    return sleep(ms, signal);
  };
  return sleeps;
}

describe('acquiring', () => {
  it('creates the marker, says so once, and leaves nothing behind after release', async () => {
    const [site, log] = [calmSite(), new LogBook()];
    const hold = await acquire(site, { log });
    expect(site.files.text()).toMatch(/^77:1795478400\.\d{6}$/);
    expect([hold.isHeld, hold.guarantee, site.pulses]).toEqual([true, 'kernel+marker', 1]);
    hold.assertHeld();
    hold.release();
    expect([site.files.text(), hold.isHeld]).toEqual([undefined, false]);
    expect(log.lines).toEqual(['debug Acquired database lock', 'debug Released database lock']);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('writes the owner record before the marker, so that a kill at any point leaves a known orphan', async () => {
    const site = calmSite();
    site.files.before = (call) => {
      if (call === 'create') expect(site.record?.writer).toEqual(site.self);
    };
    await acquire(site);
    expect(site.record?.content).toBe(site.files.text());
    expect(site.record && decodeOwnerRecord(encodeOwnerRecord(site.record))).toEqual(site.record);
  });

  it('waits for a peer, and takes the lock when it is gone', async () => {
    const [site, log] = [calmSite(), new LogBook()];
    site.files.put(LOCK, PYTHON);
    site.clock.at(4000, () => site.files.entries.delete(LOCK));
    const hold = await acquire(site, { log });
    expect(site.clock.monotonic()).toBeGreaterThanOrEqual(4000);
    expect(site.clock.monotonic()).toBeLessThan(4201);
    expect(site.watches).toBe(0);
    hold.release();
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('waits for the guard in steps of 1 to 16 ms', async () => {
    const site = calmSite();
    site.guard.answer = 'busy';
    const sleeps = sleepsOf(site.clock);
    site.clock.at(200, () => {
      site.guard.answer = 'taken';
    });
    await acquire(site);
    expect(Math.max(...sleeps)).toBeLessThanOrEqual(16);
    expect(sleeps.length).toBeGreaterThan(10);
  });

  it('times out with the holder named, begins with the words of the seed, and warns once', async () => {
    const [site, log] = [calmSite(), new LogBook()];
    site.files.put(LOCK, PYTHON, 12);
    const error: unknown = await acquire(site, { timeout: 5, log }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LockTimeoutError);
    expect(String(error)).toMatch(/Database is busy, please try again later: process 4242 has held .*\.lock for 17 s\./);
    expect(log.lines).toEqual([
      `info Waiting for the database lock for 1 s: process 4242 has held ${LOCK} for 13 s.`,
      `warn ${(error as Error).message}`,
    ]);
    expect([site.clock.monotonic(), site.files.text()]).toEqual([5000, PYTHON]);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('pauses between claims while a peer is faster each time', async () => {
    const site = calmSite();
    site.files.before = (call) => {
      if (call === 'create') site.files.put(LOCK, PYTHON);
      if (call === 'status') site.files.entries.delete(LOCK);
    };
    await expect(acquire(site, { timeout: 0.1 })).rejects.toBeInstanceOf(LockTimeoutError);
    expect(site.files.calls.filter((call) => call === 'create').length).toBeLessThan(110);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('tries once when the timeout is 0', async () => {
    const free = calmSite();
    (await acquire(free, { timeout: 0 })).release();
    const taken = calmSite();
    taken.files.put(LOCK, PYTHON, 12);
    await expect(acquire(taken, { timeout: 0 })).rejects.toBeInstanceOf(LockTimeoutError);
    expect(taken.clock.monotonic()).toBe(0);
  });

  it.each([
    ['a leftover of flock', (site: FakeSite) => site.files.put(LOCK, '', 5), /leave behind after every use/],
    ['a directory', (site: FakeSite) => site.files.put(LOCK, '', 5, 'directory'), /a directory where the lock file belongs/],
    ['a symbolic link', (site: FakeSite) => site.files.put(LOCK, '', 5, 'symlink'), /a symbolic link where/],
    ['a FIFO', (site: FakeSite) => site.files.put(LOCK, '', 5, 'other'), /FIFO/],
    ['odd content', (site: FakeSite) => site.files.put(LOCK, 'hello', 5), /not that of a lock/],
  ])('gives up at once on %s', async (_name, put, reason) => {
    const site = calmSite();
    put(site);
    const error: unknown = await acquire(site).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LockUnusableError);
    expect(String(error)).toMatch(reason);
    expect(site.clock.monotonic()).toBe(0);
    expect(site.files.calls).not.toContain('unlink');
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('gives up at once where no file can be created', async () => {
    const site = calmSite();
    site.guard.answer = 'unusable';
    site.files.isFolderWritable = false;
    await expect(acquire(site)).rejects.toThrow(/no file can be created beside it \(EROFS\)/);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('does without a guard that cannot be used, says so, and then breaks nothing', async () => {
    const site = calmSite();
    site.guard.answer = 'unusable';
    const hold = await acquire(site);
    expect([hold.guarantee, site.record]).toEqual(['marker', undefined]);
    hold.release();
    site.files.put(LOCK, PYTHON, 4000);
    await expect(acquire(site, { timeout: 20 })).rejects.toBeInstanceOf(LockTimeoutError);
    expect(site.files.text()).toBe(PYTHON);
  });

  it('takes the present guard before it breaks anything, when its own was replaced', async () => {
    const site = calmSite();
    leaveOrphan(site, 5);
    site.guard.isReal = false;
    site.files.before = (call) => {
      if (call === 'rename') expect([site.guard.isReal, site.guard.isHeld]).toEqual([true, true]);
    };
    await acquire(site);
    expect(site.guard.takes).toBe(2);
    expect(site.files.calls).toContain('rename');
  });

  it('does not break a live lock of ours whose guard was deleted, though the new guard is free', async () => {
    const site = calmSite();
    leaveOrphan(site, 5);
    site.guard.number++;
    await expect(acquire(site, { timeout: 20 })).rejects.toBeInstanceOf(LockTimeoutError);
    expect(site.files.text()).toBe(OURS);
  });
});

describe('stale locks', () => {
  it('of a killed process of ours are broken without any wait while they are young', async () => {
    const [site, log] = [new FakeSite(), new LogBook()];
    leaveOrphan(site, 120);
    const hold = await acquire(site, { log });
    expect(site.clock.monotonic()).toBe(0);
    expect(log.lines).toEqual([`warn Removing stale lock file: ${LOCK} (process 88, 2 min old)`, 'debug Acquired database lock']);
    hold.release();
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('of a process of ours that was killed while it settled are settled again', async () => {
    const site = new FakeSite();
    leaveOrphan(site, 1, false);
    const sleeps = sleepsOf(site.clock);
    await acquire(site);
    expect(sleeps).toEqual([60]);
    expect(site.record?.calm).toBe(true);
  });

  it('of ours that a naive peer could have judged stale need quarantine and settling', async () => {
    const site = calmSite();
    leaveOrphan(site, 296);
    const sleeps = sleepsOf(site.clock);
    await acquire(site);
    expect(sleeps).toEqual([150, 60]);
  });

  it('of a peer are broken after 305 s and two looks 2 s apart, with quarantine and settling', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON, 303);
    const hold = await acquire(site);
    const elapsed = site.clock.monotonic();
    expect(elapsed).toBeGreaterThan(2000 + 150 + 60);
    expect(elapsed).toBeLessThan(2600);
    expect(hold.isHeld).toBe(true);
  });

  it('are not broken while the file keeps changing', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON, 400);
    for (let second = 1; second < 20; second++) {
      site.clock.at(second * 1000, () => {
        const file = site.files.entries.get(LOCK);
        if (file) file.changed++;
      });
    }
    await expect(acquire(site, { timeout: 18 })).rejects.toBeInstanceOf(LockTimeoutError);
    expect(site.files.text()).toBe(PYTHON);
  });

  it('that a peer takes again during the quarantine are waited for', async () => {
    const site = calmSite();
    leaveOrphan(site, 400);
    site.clock.at(100, () => site.files.put(LOCK, PYTHON));
    site.clock.at(3000, () => site.files.entries.delete(LOCK));
    await acquire(site);
    expect(site.clock.monotonic()).toBeGreaterThan(3000);
  });
});

describe('settling', () => {
  it('is needed where nothing is known of the path, and then no more', async () => {
    const site = new FakeSite();
    const sleeps = sleepsOf(site.clock);
    (await acquire(site)).release();
    (await acquire(site)).release();
    expect(sleeps).toEqual([60]);
  });

  it('is not needed where another of ours was calm within 295 s', async () => {
    const claimedAgo = async (seconds: number, calm: boolean) => {
      const site = new FakeSite();
      const writer = { pid: 88, life: '00000000000000b0', token: '00000000000000bb' };
      site.record = { content: OURS, claimedAt: START - seconds * 1000, calm, guard: 7n, writer };
      await acquire(site);
      return site.clock.monotonic();
    };
    expect(await claimedAgo(290, true)).toBe(0);
    expect(await claimedAgo(296, true)).toBe(60);
    expect(await claimedAgo(1, false)).toBe(60);
    expect(await claimedAgo(-5, true)).toBe(60);
  });

  it('is needed when an old file has just gone, whoever removed it', async () => {
    const site = calmSite();
    site.files.put(LOCK, PYTHON, 300);
    const sleeps = sleepsOf(site.clock);
    site.clock.at(500, () => site.files.entries.delete(LOCK));
    await acquire(site);
    expect(sleeps.at(-1)).toBe(60);
  });

  it('finds out a theft: a naive peer that unlinked ours and created its own is waited for', async () => {
    const site = new FakeSite();
    site.clock.at(30, () => {
      site.files.entries.delete(LOCK);
      site.files.put(LOCK, PYTHON);
    });
    site.clock.at(5000, () => site.files.entries.delete(LOCK));
    const hold = await acquire(site);
    expect(site.clock.monotonic()).toBeGreaterThan(5000);
    hold.release();
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });
});

describe('what one of ours has left aside, killed while it removed a lock', () => {
  const ASIDE = `${LOCK}.stale.88.x`;
  const put = {
    'aside alone': (site: FakeSite) => void site.files.put(ASIDE, LIVE),
    'under both names': (site: FakeSite) => {
      const file = Object.assign(site.files.put(LOCK, LIVE), { links: 2n });
      site.files.entries.set(ASIDE, file);
    },
  };
  const LIVE = `4242:${START / 1000}`;

  it.each(Object.entries(put))('%s, is waited for where it belongs, and under no other name', async (_name, leave) => {
    const site = new FakeSite();
    leave(site);
    await expect(acquire(site, { timeout: 1 })).rejects.toThrow(LockTimeoutError);
    expect([...site.files.entries.keys()]).toEqual([LOCK]);
    expect(site.files.entries.get(LOCK)).toMatchObject({ text: LIVE, links: 1n });
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('goes where another lock has its place', async () => {
    const site = new FakeSite();
    site.files.put(ASIDE, LIVE);
    site.files.put(LOCK, PYTHON);
    await expect(acquire(site, { timeout: 1 })).rejects.toThrow(LockTimeoutError);
    expect([...site.files.entries.keys()]).toEqual([LOCK]);
    expect(site.files.text()).toBe(PYTHON);
  });

  it('is left alone where there is no guard, for another of ours may be at it', async () => {
    const site = new FakeSite();
    put['under both names'](site);
    site.guard.answer = 'unusable';
    await expect(acquire(site, { timeout: 1 })).rejects.toThrow(LockUnusableError);
    expect([...site.files.entries.keys()]).toEqual([LOCK, ASIDE]);
  });

  it('is no reason to fail where the folder cannot be listed', async () => {
    const site = new FakeSite();
    site.files.before = (call) => {
      if (call === 'beside') throw fault('EACCES');
    };
    (await acquire(site)).release();
  });
});

describe('a claim to which another was faster', () => {
  it('makes nothing of its record: not even the empty file of one of ours that holds a guard of before', async () => {
    const site = new FakeSite();
    site.files.before = (call) => {
      if (call === 'create' && !site.files.entries.has(LOCK)) site.files.put(LOCK, '').isSticky = true;
    };
    await expect(acquire(site, { timeout: 5 })).rejects.toThrow(LockUnusableError);
    expect(site.files.text()).toBe('');
  });
});

describe('a peer that takes away our new file', () => {
  it.each(['fileStatus', 'status'] as const)('before the look (%s) that follows its creation is found out', async (look) => {
    const site = calmSite();
    const calls: string[] = [];
    site.files.before = (call) => {
      calls.push(call);
      if (call !== look || !calls.includes('write') || site.files.text() === PYTHON) return;
      site.files.entries.delete(LOCK);
      site.files.put(LOCK, PYTHON);
      site.files.before = () => undefined;
    };
    site.clock.at(5000, () => site.files.entries.delete(LOCK));
    const sleeps = sleepsOf(site.clock);
    const hold = await acquire(site);
    expect(site.clock.monotonic()).toBeGreaterThanOrEqual(5000);
    hold.assertHeld();
    hold.release();
    expect(leavings(site)).toEqual(NOTHING_LEFT);
    expect(sleeps.length).toBeGreaterThan(1);
  });

  it.each([0, 90])(
    'or creates its own %i ms after we noted our claim, and is stopped before it can write, keeps it',
    async (ms) => {
      const site = calmSite();
      site.files.before = (call) => {
        if (call === 'create') site.files.put(LOCK, '', -ms / 1000);
      };
      await expect(acquire(site)).rejects.toBeInstanceOf(LockUnusableError);
      expect(site.clock.monotonic()).toBeGreaterThanOrEqual(2000);
      expect(site.files.text()).toBe('');
      expect(site.files.calls).not.toContain('rename');
    },
  );

  it('makes the next one settle, since it may come again', async () => {
    const site = calmSite();
    let isTaken = false;
    site.files.before = (call) => {
      if (call !== 'fileStatus' || isTaken) return;
      isTaken = true;
      site.files.entries.delete(LOCK);
    };
    const sleeps = sleepsOf(site.clock);
    await acquire(site);
    expect(sleeps.at(-1)).toBe(60);
  });
});

describe('abort', () => {
  const moments: [string, (site: FakeSite) => void, number][] = [
    ['in the queue', (site) => void site.queue.tryEnter(), 10],
    ['waiting for the guard', (site) => void (site.guard.answer = 'busy'), 10],
    ['waiting for a peer', (site) => void site.files.put(LOCK, PYTHON), 250],
    ['between the two looks at a stale file', (site) => void site.files.put(LOCK, PYTHON, 400), 1000],
    ['in quarantine', (site) => leaveOrphan(site, 400), 100],
    ['while settling after the quarantine', (site) => leaveOrphan(site, 400), 180],
    ['while settling', () => undefined, 30],
  ];
  it.each(moments)('%s leaves no file, descriptor or timer of ours', async (_name, arrange, ms) => {
    const [site, abort] = [new FakeSite(), new AbortController()];
    arrange(site);
    const before = site.files.text();
    site.clock.at(ms, () => abort.abort());
    await expect(acquire(site, { signal: abort.signal })).rejects.toBeInstanceOf(CancelledError);
    expect(site.clock.monotonic()).toBe(ms);
    expect([undefined, before]).toContain(site.files.text());
    expect({ ...leavings(site), isQueueTaken: false }).toEqual(NOTHING_LEFT);
    expect(site.queue.isTaken).toBe(_name === 'in the queue');
  });

  it('while settling leaves the file of a peer that took the place of ours', async () => {
    const [site, abort] = [new FakeSite(), new AbortController()];
    site.clock.at(10, () => {
      site.files.entries.delete(LOCK);
      site.files.put(LOCK, PYTHON);
    });
    site.clock.at(30, () => abort.abort());
    await expect(acquire(site, { signal: abort.signal })).rejects.toBeInstanceOf(CancelledError);
    expect(site.files.text()).toBe(PYTHON);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('before anything began touches nothing', async () => {
    const site = calmSite();
    await expect(acquire(site, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(CancelledError);
    expect(site.files.calls).toEqual([]);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });
});

describe('faults of the file system', () => {
  const codes = ['EIO', 'ESTALE', 'EACCES', 'ENOSPC', 'EMFILE'];
  const calls = ['status', 'open', 'create', 'write', 'fileStatus', 'read'] as const;
  const all = codes.flatMap((code) => calls.map((call) => [code, call] as const));
  it.each(all)('%s of %s never removes a lock of a peer, and leaks nothing', async (code, faulty) => {
    const site = new FakeSite();
    site.files.put(LOCK, PYTHON, 4000);
    site.files.before = (call) => {
      if (call === faulty) throw fault(code);
    };
    const error: unknown = await acquire(site, { timeout: 5 }).then(
      (hold) => hold.release(),
      (reason: unknown) => reason,
    );
    // A file that can be examined is rightly broken; then it is our own claim that meets the fault.
    if (['create', 'write'].includes(faulty)) expect(error).toBeInstanceOf(LockUnusableError);
    else expect([error instanceof LockTimeoutError, site.files.text()]).toEqual([true, PYTHON]);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('that pass are waited out', async () => {
    const site = calmSite();
    site.files.before = (call) => {
      if (call === 'status' && site.clock.monotonic() < 1000) throw fault('EIO');
    };
    await acquire(site);
    expect(site.clock.monotonic()).toBeGreaterThanOrEqual(1000);
  });
});
