import { existsSync, readFileSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { core } from '../support/core.mts';
import { line, lockFolder, plant, SharedState, start } from './support';

const { FileLock, inspectLock, clearStaleLock } = core;
const RETAKEN = 'The lock was taken again while you decided; nothing was removed.';
const STALE = '4242:1700000000.5';

describe('clearStaleLock', () => {
  it('removes a stale lock and nothing else, with one audit line', async () => {
    const { path } = lockFolder();
    const others = ['-wal', '-shm', '-journal', ''].map((suffix) => path.replace(/\.lock$/, suffix));
    for (const other of others) writeFileSync(other, 'precious');
    plant(path, STALE, 400);
    const lines: string[] = [];
    const note = (message: string) => void lines.push(message);
    const log = { debug: note, info: note, warn: note, error: note };
    expect(await clearStaleLock(path, { log })).toMatchObject({
      outcome: 'removed',
      inspection: { dialect: 'marker', pid: 4242 },
    });
    expect(existsSync(path)).toBe(false);
    for (const other of others) expect(readFileSync(other, 'latin1')).toBe('precious');
    expect(lines).toEqual([
      expect.stringMatching(/^Removing stale lock file: .*process 4242, 6 min 4\d s old, marker\): removed$/),
    ]);
  });

  it('removes one that the user decided on long enough ago, without a further look', async () => {
    const { path } = lockFolder();
    plant(path, STALE, 400);
    const expected = await inspectLock(path);
    await sleep(2100);
    const began = performance.now();
    expect(await clearStaleLock(path, { expected })).toMatchObject({ outcome: 'removed' });
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it.each([
    ['taken again', (path: string) => (unlinkSync(path), writeFileSync(path, '5555:1795478400.5'))],
    ['written again', (path: string) => utimesSync(path, new Date(), new Date())],
    ['replaced by one that is as old', (path: string) => (unlinkSync(path), plant(path, STALE, 400))],
  ])('refuses one that was %s while the user decided', async (_name, happen) => {
    const { path } = lockFolder();
    plant(path, STALE, 400);
    const expected = await inspectLock(path);
    happen(path);
    const after = readFileSync(path, 'latin1');
    expect(await clearStaleLock(path, { expected })).toMatchObject({ outcome: 'refused', reason: RETAKEN });
    expect(readFileSync(path, 'latin1')).toBe(after);
  });

  it('refuses one that is held, by a peer or by ours, however old it looks', async () => {
    const { path } = lockFolder();
    plant(path, STALE, 20);
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused', inspection: { state: 'held' } });
    unlinkSync(path);
    const holder = start('holder.mts', path);
    await line(holder);
    utimesSync(path, 1000, 1000);
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused', inspection: { state: 'held', ours: true } });
    await holderReleases(holder);
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'absent' });
  });

  it('refuses one whose Python holder visibly runs, however old it is', async () => {
    const { path } = lockFolder();
    const peer = start('pythonPeer.py', path, new SharedState().folder, 1, 60_000);
    while (!existsSync(path) || readFileSync(path, 'latin1') === '') await sleep(10);
    utimesSync(path, Date.now() / 1000 - 4000, Date.now() / 1000 - 4000);
    const inspection = await inspectLock(path);
    if (process.platform === 'linux') {
      expect(inspection).toMatchObject({ state: 'held', pid: peer.pid });
      expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('is running') });
    }
    peer.kill('SIGKILL');
  });

  it('removes the lock of a killed process of ours at once', async () => {
    const { path } = lockFolder();
    const holder = start('holder.mts', path);
    await line(holder);
    holder.kill('SIGKILL');
    await new Promise((resolve) => {
      holder.once('exit', resolve);
    });
    expect(await inspectLock(path)).toMatchObject({ state: 'stale', ours: true });
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'removed' });
  });

  it('goes before another process of ours that waits for the lock, and lets it in by that', async () => {
    const { path } = lockFolder();
    plant(path, STALE, 400);
    const expected = await inspectLock(path);
    // To the waiter, which holds the guard all the time, it is not stale for an hour.
    const waiter = start('../torture/wait.mts', path, 20, 3600);
    const entry = line(waiter);
    while (!existsSync(`${path}.guard`)) await sleep(10);
    await sleep(Math.max(300, expected.at + 2100 - Date.now()));
    const began = performance.now();
    expect(await clearStaleLock(path, { expected })).toMatchObject({ outcome: 'removed' });
    // One less urgent would be refused for want of the guard, after 2 s.
    expect(performance.now() - began).toBeLessThan(1500);
    expect(await entry).toMatch(/^in \d/);
  });

  it('refuses one that this very process holds, and finds none after its release', async () => {
    const { path } = lockFolder();
    const lock = new FileLock(path);
    await lock.acquire();
    utimesSync(path, 1000, 1000);
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused' });
    lock.assertHeld();
    await lock.release();
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'absent' });
  });
});

async function holderReleases(holder: ReturnType<typeof start>): Promise<void> {
  holder.stdin?.write('release\n');
  await new Promise((resolve) => {
    holder.once('exit', resolve);
  });
}
