import { describe, expect, it } from 'vitest';
import { LockCompromisedError } from '../../../src/core/errors';
import { acquireLock } from '../../../src/core/lock/acquireLock';
import { Deadline } from '../../../src/core/lock/deadline';
import { FakeSite, fault, leavings, LOCK, LogBook, NOTHING_LEFT } from './fakeWorld';

async function held() {
  const [site, log] = [new FakeSite(), new LogBook()];
  const hold = await acquireLock(site, 15, { deadline: new Deadline(site.clock, 60), staleAfter: 300, priority: 'normal', log });
  let told = 0;
  hold.onLost(() => void told++);
  return { site, log, hold, told: () => told };
}

describe('a held lock', () => {
  it.each([
    ['is gone', (site: FakeSite) => void site.files.entries.delete(LOCK), 'its file is gone'],
    [
      "is another's",
      (site: FakeSite) => {
        site.files.entries.delete(LOCK);
        site.files.put(LOCK, '4242:1.5');
      },
      'another file has taken its place',
    ],
  ])('is compromised when its file %s, and then leaves the path alone', async (_name, happen, reason) => {
    const { site, log, hold, told } = await held();
    happen(site);
    const after = site.files.text();
    expect(() => hold.assertHeld()).toThrow(LockCompromisedError);
    expect(() => hold.assertHeld()).toThrow(reason);
    expect([hold.isHeld, told()]).toEqual([false, 1]);
    hold.release();
    expect(site.files.text()).toBe(after);
    expect(log.lines.at(-2)).toContain('left alone on release');
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('is compromised when its heartbeat says so, told by the thread or found in its memory', async () => {
    const told = await held();
    told.site.tellLost('it could not be refreshed.');
    expect([told.hold.isHeld, told.told()]).toEqual([false, 1]);
    const found = await held();
    found.site.lostReason = 'it could not be refreshed.';
    expect(found.hold.isHeld).toBe(false);
    expect(() => found.hold.assertHeld()).toThrow('could not be refreshed');
    const content = found.site.files.text();
    found.hold.release();
    expect(found.site.files.text()).toBe(content);
  });

  it('cannot be confirmed while its folder cannot be read, but is not lost for good', async () => {
    const { site, hold, told } = await held();
    site.files.before = () => {
      throw fault('EIO');
    };
    expect(() => hold.assertHeld()).toThrow(LockCompromisedError);
    site.files.before = () => undefined;
    hold.assertHeld();
    expect([hold.isHeld, told()]).toEqual([true, 0]);
  });

  it('is not removed on release when it cannot be examined', async () => {
    const { site, hold } = await held();
    site.files.before = (call) => {
      if (call === 'status') throw fault('ESTALE');
    };
    hold.release();
    expect(site.files.calls).not.toContain('unlink');
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('is given back by the last of those who joined it', async () => {
    const { site, hold } = await held();
    expect(hold.deepen()).toBe(true);
    hold.release();
    expect([hold.isHeld, site.files.text()]).toEqual([true, expect.any(String)]);
    hold.release();
    hold.release();
    expect([hold.isHeld, hold.deepen(), site.files.text()]).toEqual([false, false, undefined]);
    expect(leavings(site)).toEqual(NOTHING_LEFT);
  });

  it('cannot be joined once it is lost', async () => {
    const { site, hold } = await held();
    site.files.entries.delete(LOCK);
    expect(() => hold.deepen()).toThrow(LockCompromisedError);
  });

  it('tells every listener, even when one fails', async () => {
    const { site, hold, log } = await held();
    let isTold = false;
    hold.onLost(() => {
      throw new Error('listener');
    });
    hold.onLost(() => void (isTold = true));
    site.tellLost('its file is gone.');
    expect(isTold).toBe(true);
    expect(log.lines.at(-1)).toMatch(/^error .*listener/);
  });
});
