import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { core } from '../support/core.mts';
import { lockFolder } from './support';
import { type Loop, loopTogether, passedOver } from './loops';

const { FileLock } = core;

const ours = (who: string, milliseconds: number, hold: number, pause = 0): Loop => ({
  who,
  program: 'looper.mts',
  args: [milliseconds, hold, who, pause],
});

describe('between Home Assistant and ours', () => {
  it('4 of ours in a loop leave the Python peer a tenth of the uses, and let it wait for no second', async () => {
    const { path, folder } = lockFolder();
    const python: Loop = { who: 'python', program: 'pythonLooper.py', args: [4000, 5, 30] };
    const uses = await loopTogether(path, [python, ...Array.from({ length: 4 }, () => ours('normal', 4000, 5))]);
    const waits = uses.filter(({ who }) => who === 'python').map(({ waited }) => waited);
    expect(waits.length / uses.length).toBeGreaterThanOrEqual(0.1);
    expect(waits.length).toBeLessThan(uses.length * 0.9);
    expect(Math.max(...waits)).toBeLessThan(1000);
    expect(readdirSync(folder).toSorted()).toEqual(['area_occupancy.db.lock.guard', 'area_occupancy.db.lock.owner']);
  });
});

describe('between our processes', () => {
  it('a critical use is the next, though others wait in the background', async () => {
    const { path } = lockFolder();
    const background = Array.from({ length: 4 }, () => ours('background', 2500, 10));
    const uses = await loopTogether(path, [ours('critical', 2500, 2, 50), ...background]);
    const overtaken = passedOver(uses, 'critical');
    expect(overtaken.length).toBeGreaterThan(5);
    // One may begin while the critical one is just about to say that it waits.
    expect(overtaken.filter((count) => count > 1)).toEqual([]);
    expect(Math.max(...passedOver(uses, 'background'))).toBeGreaterThan(0);
  });

  it('one in the background is served within 8 uses of endless critical ones', async () => {
    const { path } = lockFolder();
    const uses = await loopTogether(path, [
      ours('background', 2500, 2, 20),
      ...Array.from({ length: 3 }, () => ours('critical', 2500, 5)),
    ]);
    const overtaken = passedOver(uses, 'background');
    expect(overtaken.length).toBeGreaterThan(5);
    expect(Math.max(...overtaken)).toBeLessThanOrEqual(8);
    // It is passed over all the same.
    expect(Math.max(...overtaken)).toBeGreaterThan(3);
  });
});

describe('in one process', () => {
  it('a critical use goes before 50 in the background, which are all served in their order', async () => {
    const { path } = lockFolder();
    const [lock, urgent] = [new FileLock(path, { priority: 'background' }), new FileLock(path)];
    const served: (number | 'critical')[] = [];
    await lock.acquire();
    const background = Array.from({ length: 50 }, (_, index) => lock.run(async () => void served.push(index)));
    const critical = urgent.run(async () => void served.push('critical'), { priority: 'critical' });
    await lock.release();
    await Promise.all([...background, critical]);
    expect(served).toEqual(['critical', ...background.keys()]);
    expect(lock.metrics().acquired).toMatchObject({ background: 51, critical: 1 });
  });
});
