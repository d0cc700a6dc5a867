import { describe, expect, it } from 'vitest';
import { breakLock } from '../../../src/core/lock/breakLock';
import type { DiskCall } from './fakeWorld';
import { FakeClock, FakeDisk, fault, LOCK } from './fakeWorld';

const ASIDE = `${LOCK}.stale.77.x`;
const STALE = '4242:1795477000.5';
const LIVE = '5555:1795478400.5';

function staleDisk() {
  const disk = new FakeDisk(new FakeClock());
  disk.put(LOCK, STALE, 1400);
  const judged = disk.status(LOCK);
  if (!judged) throw new Error('the stale file is there');
  disk.calls.length = 0;
  return { disk, judged, act: () => breakLock(disk, LOCK, judged, ASIDE) };
}

/** How many file system calls an undisturbed removal makes. */
const { disk: undisturbed, act: actUndisturbed } = staleDisk();
const outcomeUndisturbed = actUndisturbed();
const steps = undisturbed.calls.filter((call) => call !== 'close');

describe('breaking a stale lock file', () => {
  it('removes it, pinned, renamed and compared first', () => {
    expect(outcomeUndisturbed).toEqual({ kind: 'removed' });
    expect([...undisturbed.entries.keys()]).toEqual([]);
    expect(undisturbed.calls).toEqual(['open', 'fileStatus', 'status', 'rename', 'status', 'fileStatus', 'unlink', 'close']);
  });

  it.each(steps.map((call, index) => [index, call] as const))(
    'keeps a live lock that took its place before step %i (%s)',
    (index) => {
      const { disk, act } = staleDisk();
      let step = 0;
      let isSwapped = false;
      disk.before = () => {
        if (step++ !== index) return;
        isSwapped = true;
        disk.entries.delete(LOCK);
        disk.put(LOCK, LIVE);
      };
      const outcome = act();
      expect(isSwapped).toBe(true);
      expect(disk.text()).toBe(LIVE);
      expect([...disk.entries.keys()]).toEqual([LOCK]);
      expect(disk.entries.get(LOCK)?.links).toBe(1n);
      expect(disk.openFiles).toBe(0);
      // Once the stale file is aside, a new lock at the path is simply another's: the stale one still goes.
      expect(outcome.kind).toBe(index <= 3 ? 'changed' : 'removed');
    },
  );

  it.each(steps.map((call, index) => [index, call] as const))(
    'leaves a lock that is written again before step %i (%s)',
    (index) => {
      const { disk, act } = staleDisk();
      let step = 0;
      disk.before = () => {
        const file = disk.entries.get(LOCK) ?? disk.entries.get(ASIDE);
        if (step++ === index && file) file.modified += 1_400_000_000_000n;
      };
      const outcome = act();
      const isNoticed = index <= 4;
      expect(outcome.kind).toBe(isNoticed ? 'changed' : 'removed');
      expect(disk.text()).toBe(isNoticed ? STALE : undefined);
    },
  );

  it('reports a collision when, while putting a live lock back, yet another took its place', () => {
    const { disk, act } = staleDisk();
    disk.before = (call) => {
      if (call === 'rename') {
        disk.entries.delete(LOCK);
        disk.put(LOCK, LIVE);
      }
      if (call === 'link') disk.put(LOCK, '6666:1795478400.5');
    };
    expect(act()).toEqual({ kind: 'collision' });
    expect(disk.text()).toBe('6666:1795478400.5');
    expect([...disk.entries.keys()]).toEqual([LOCK]);
  });

  it('puts a live lock back by rename where there are no hard links', () => {
    const { disk, act } = staleDisk();
    disk.before = (call) => {
      if (call === 'rename' && disk.entries.has(LOCK) && disk.text() === STALE) {
        disk.entries.delete(LOCK);
        disk.put(LOCK, LIVE);
      }
      if (call === 'link') throw fault('EPERM');
    };
    expect(act()).toEqual({ kind: 'changed' });
    expect(disk.text()).toBe(LIVE);
  });

  it('replaces nothing where there are no hard links and yet another took the place', () => {
    const { disk, act } = staleDisk();
    disk.before = (call) => {
      if (call === 'rename') {
        disk.entries.delete(LOCK);
        disk.put(LOCK, LIVE);
      }
      if (call !== 'link') return;
      disk.put(LOCK, '6666:1795478400.5');
      throw fault('EPERM');
    };
    expect(act()).toEqual({ kind: 'collision' });
    expect(disk.text()).toBe('6666:1795478400.5');
    expect(disk.text(ASIDE)).toBe(LIVE);
  });

  it('puts back what was written again within one tick of the file clock', () => {
    const { disk, act } = staleDisk();
    disk.before = (call) => {
      const file = disk.entries.get(LOCK);
      if (call === 'rename' && file) file.text = '';
    };
    expect(act()).toEqual({ kind: 'changed' });
    expect([...disk.entries.keys()]).toEqual([LOCK]);
  });

  const faults = ['EIO', 'ESTALE', 'EACCES', 'EROFS', 'EMFILE'];
  const everyFault = steps.slice(0, -1).flatMap((call, index) => faults.map((code) => [code, index, call] as const));
  it.each(everyFault)('does not unlink anything when %s strikes at step %i (%s)', (code, index) => {
    const { disk, act } = staleDisk();
    let step = 0;
    const unlinked: string[] = [];
    disk.before = (call: DiskCall, path) => {
      if (step++ === index) throw fault(code);
      if (call === 'unlink') unlinked.push(path);
    };
    const outcome = act();
    expect(outcome.kind).not.toBe('removed');
    expect(disk.text()).toBe(STALE);
    // A link back leaves a second name, which may go.
    expect(unlinked.filter((path) => path === LOCK)).toEqual([]);
    expect(disk.openFiles).toBe(0);
  });
});
