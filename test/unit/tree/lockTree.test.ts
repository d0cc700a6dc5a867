import { describe, expect, it } from 'vitest';
import type { LockInspection } from '../../../src/core/lock/lockInspection';
import { LockTree, type LockedDatabase } from '../../../src/core/tree/lockTree';
import { present } from '../../../src/core/tree/present';
import { Format } from '../../../src/core/format';
import { someMetrics } from '../metrics/someMetrics';
import { drawTree } from './drawTree';
import { openHome } from './homeReader';

const stale: LockInspection = {
  path: '/home.db.lock',
  at: 0,
  state: 'stale',
  dialect: 'marker',
  pid: 4242,
  age: 1200,
  ours: false,
  evidence: [],
};

function lockedHome(path: string): LockedDatabase {
  const home = openHome(path, { areas: [], entities: [], intervals: [] });
  return { ...home, reader: { ...home.reader, inspectLock: async () => stale, getLockMetrics: async () => someMetrics() } };
}

describe('Lock view', () => {
  it('says what the lock is, and what it cost', async () => {
    const tree = new LockTree(() => [lockedHome('home.db')]);
    expect(await drawTree(tree, 2)).toEqual([
      'The lock is stale | 4242, 20 min ago',
      'Latest use rested on | the guard of the kernel and the lock file (kernel+marker)',
      'Got the lock | 1 interactive, 1 background',
      'Did not get it | 1 timed out',
      'Stale locks removed | 1',
      'Heartbeats that failed | 1',
      expect.stringMatching(/^Wait for nobody \| 60 µs · 99 % 60 µs · longest 60 µs · 1 ×$/),
      expect.stringMatching(/^Wait for AOD \(pid:time\) \| 2\.4 s · /),
      expect.stringMatching(/^Hand-off from AOD \(pid:time\) \| 400 µs · /),
      expect.stringMatching(/^Own hold \| 12 ms · /),
      expect.stringMatching(/^Hold of AOD \(pid:time\) \| 2\.4 s · /),
      expect.stringMatching(/^Wait for the guard \| 3 ms · /),
      expect.stringMatching(/^Heartbeat late by \| 1\.5 ms · /),
    ]);
    const [lock] = await tree.children(undefined);
    expect(present(lock!, new Format('en', 'UTC')).abilities).toContain('canClearLock');
  });

  it('has a row for each database where there are several, and none where there is none', async () => {
    const tree = new LockTree(() => [lockedHome('a.db'), lockedHome('b.db')]);
    expect((await drawTree(tree, 2)).filter((line) => /^\S/.test(line))).toEqual(['a.db', 'b.db']);
    expect(await new LockTree(() => []).children(undefined)).toEqual([]);
  });
});
