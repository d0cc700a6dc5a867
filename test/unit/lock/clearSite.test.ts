import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/core/errors';
import { momentOf } from '../../../src/core/lock/calmHistory';
import { clearSite } from '../../../src/core/lock/clearSite';
import { Deadline } from '../../../src/core/lock/deadline';
import { inspectSite } from '../../../src/core/lock/inspectSite';
import type { LockInspection } from '../../../src/core/lock/lockInspection';
import { FakeSite, fault, leavings, LOCK, LogBook, NOTHING_LEFT, START } from './fakeWorld';

const PYTHON = '4242:1795478000.5';
const RETAKEN = 'The lock was taken again while you decided; nothing was removed.';

/** @param age seconds */
function siteWith(text: string, age: number) {
  const site = new FakeSite();
  site.files.put(LOCK, text, age);
  return site;
}

function clear(site: FakeSite, changes: { expected?: LockInspection; log?: LogBook; signal?: AbortSignal } = {}) {
  return clearSite(site, { staleAfter: 300, deadline: new Deadline(site.clock, 2), log: new LogBook(), ...changes });
}

describe('clearing a stale lock', () => {
  it('removes it after two looks 2 s apart, with one audit line', async () => {
    const [site, log] = [siteWith(PYTHON, 400), new LogBook()];
    expect(await clear(site, { log })).toMatchObject({ outcome: 'removed', inspection: { state: 'stale', pid: 4242 } });
    expect([site.files.entries.size, site.clock.monotonic()]).toEqual([0, 2000]);
    expect(log.lines).toEqual([`warn Removing stale lock file: ${LOCK} (process 4242, 6 min 42 s old, marker): removed`]);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('needs no second look when the user already decided on an older one', async () => {
    const site = siteWith(PYTHON, 400);
    const expected = inspectSite(site, 300);
    await site.clock.sleep(3000);
    expect(await clear(site, { expected })).toMatchObject({ outcome: 'removed' });
    expect(site.clock.monotonic()).toBe(3000);
  });

  it('removes an orphan of ours at once', async () => {
    const site = siteWith('88:1795478399.000000', 1);
    const writer = { pid: 88, life: '00000000000000b0', token: '00000000000000bb' };
    site.record = { content: '88:1795478399.000000', claimedAt: START - 1000, calm: true, guard: 7n, writer };
    expect(await clear(site)).toMatchObject({ outcome: 'removed', inspection: { ours: true } });
    expect(site.clock.monotonic()).toBe(0);
  });

  it('remembers that there was an old file, which a naive peer may still be about to unlink', async () => {
    const site = siteWith(PYTHON, 400);
    site.history.sawOurs(momentOf(site.clock));
    expect(site.history.isCalm(momentOf(site.clock))).toBe(true);
    await clear(site);
    expect(site.history.isCalm(momentOf(site.clock))).toBe(false);
  });

  it('says so when there is nothing', async () => {
    expect(await clear(new FakeSite())).toMatchObject({ outcome: 'absent', inspection: { state: 'free' } });
  });

  it.each([
    ['held', PYTHON, 20, /counts as held until it is 5 min 5 s old/],
    ['left over', '', 20, /nothing holds it/],
    ['foreign', 'hello', 4000, /not that of a lock/],
  ])('refuses one that is %s, and logs why', async (_state, text, age, reason) => {
    const [site, log] = [siteWith(text, age), new LogBook()];
    const result = await clear(site, { log });
    expect(result).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(reason) });
    expect([site.files.text(), log.lines.length]).toEqual([text, 1]);
    expect(site.files.calls).not.toContain('rename');
  });

  const retakes: [string, (site: FakeSite) => void][] = [
    ['written again', (site) => void (site.files.entries.get(LOCK)!.modified += 1n)],
    ['taken again', (site) => void site.files.put(LOCK, '5555:1795478400.5')],
    ['taken again, stale as it looks', (site) => void site.files.put(LOCK, PYTHON, 400)],
  ];
  it.each(retakes)('refuses one that was %s while the user decided', async (_name, happen) => {
    const site = siteWith(PYTHON, 400);
    const expected = inspectSite(site, 300);
    happen(site);
    const after = site.files.text();
    expect(await clear(site, { expected })).toMatchObject({ outcome: 'refused', reason: RETAKEN });
    expect(site.files.text()).toBe(after);
  });

  it.each(retakes)('refuses one that is %s during the second look', async (_name, happen) => {
    const site = siteWith(PYTHON, 400);
    const expected = inspectSite(site, 300);
    site.clock.at(1000, () => happen(site));
    expect(await clear(site, { expected })).toMatchObject({ outcome: 'refused', reason: RETAKEN });
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('puts back and refuses one that is taken in the very moment of the removal', async () => {
    const site = siteWith(PYTHON, 400);
    site.files.before = (call) => {
      if (call !== 'rename' || site.files.text() !== PYTHON) return;
      site.files.entries.delete(LOCK);
      site.files.put(LOCK, '5555:1795478400.5');
    };
    expect(await clear(site)).toMatchObject({ outcome: 'refused', reason: RETAKEN });
    expect(site.files.text()).toBe('5555:1795478400.5');
  });

  it('refuses while another process of ours has the guard, after trying for 2 s', async () => {
    const site = siteWith(PYTHON, 400);
    site.guard.answer = 'busy';
    expect(await clear(site)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('Another process of this extension'),
    });
    expect(site.clock.monotonic()).toBe(2000);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('refuses without a guard, or with one that was replaced', async () => {
    const unusable = siteWith(PYTHON, 400);
    unusable.guard.answer = 'unusable';
    expect(await clear(unusable)).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('guard') });
    const replaced = siteWith(PYTHON, 400);
    replaced.guard.isReal = false;
    expect(await clear(replaced)).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('guard') });
    expect([unusable.files.text(), replaced.files.text()]).toEqual([PYTHON, PYTHON]);
  });

  it('can be aborted between the two looks', async () => {
    const [site, abort] = [siteWith(PYTHON, 400), new AbortController()];
    site.clock.at(1000, () => abort.abort());
    await expect(clear(site, { signal: abort.signal })).rejects.toBeInstanceOf(CancelledError);
    expect(site.files.text()).toBe(PYTHON);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('reports what the file system refused', async () => {
    const site = siteWith(PYTHON, 400);
    site.files.before = (call) => {
      if (call === 'rename') throw fault('EROFS');
    };
    expect(await clear(site)).toMatchObject({ outcome: 'refused', reason: 'The file system refused to remove it (EROFS).' });
  });
});
