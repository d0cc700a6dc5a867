import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { core } from '../support/core.mts';
import { line, lockFolder, start } from './support';

const { FileLock } = core;

describe('the metrics of a lock', () => {
  it('are one for all instances of a path, outlast an idle second, and can be reset', async () => {
    const { path } = lockFolder();
    const [one, other] = [new FileLock(path), new FileLock(path)];
    await one.run(() => sleep(20));
    await other.run(() => one.run(async () => undefined));
    await sleep(1500);
    const { acquired, counts, hold, wait, guarantee, pid } = one.metrics();
    expect([acquired.normal, counts.joined, hold.count, guarantee, pid]).toEqual([2, 1, 2, 'kernel+marker', process.pid]);
    expect(hold.max).toBeGreaterThan(0.019);
    expect(wait.none?.count).toBe(2);
    expect(other.metrics().acquired.normal).toBe(2);
    other.resetMetrics();
    expect([one.metrics().acquired.normal, one.metrics().hold.count]).toEqual([0, 0]);
  });

  it('tell the hand-off by another process of ours, and how long that had the lock', async () => {
    const { path } = lockFolder();
    const holder = start('holder.mts', path, 0.05);
    await line(holder);
    const lock = new FileLock(path);
    const waiting = lock.acquire();
    await sleep(300);
    holder.stdin?.write('release\n');
    await waiting;
    await lock.release();
    const { wait, handOff, peerHold, guardWait } = lock.metrics();
    expect(wait.ours).toMatchObject({ count: 1 });
    expect(handOff.ours?.count).toBe(1);
    expect(handOff.ours?.max).toBeLessThan(wait.ours!.max / 2);
    expect(peerHold.ours?.max).toBeGreaterThan(0.29);
    expect(guardWait.max).toBeGreaterThan(0.29);
  });

  it('tell how late heartbeats are', async () => {
    const { path } = lockFolder();
    const lock = new FileLock(path, { heartbeatInterval: 0.05 });
    await lock.run(() => sleep(500));
    const { heartbeatLag, counts } = lock.metrics();
    expect(heartbeatLag.count).toBeGreaterThan(2);
    expect(counts.failedBeats).toBe(0);
  });
});
