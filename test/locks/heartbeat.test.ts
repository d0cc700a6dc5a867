import { readFileSync, statSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { core } from '../support/core.mts';
import { line, lockFolder, start } from './support';

const { FileLock } = core;
/** Seconds between two beats in these tests. */
const INTERVAL = 0.1;

describe('the heartbeat', () => {
  it('keeps the file fresh, and heals a truncation, while the event loop of its process is blocked', async () => {
    const { path } = lockFolder();
    const holder = start('holder.mts', path, INTERVAL, 1500);
    expect(await line(holder)).toBe('held');
    await sleep(400);
    const content = readFileSync(path, 'latin1');
    utimesSync(path, 1000, 1000);
    truncateSync(path, 0);
    await sleep(400);
    expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(350);
    expect(readFileSync(path, 'latin1')).toBe(content);
    holder.stdin?.write('check\n');
    expect(await line(holder)).toBe('still held');
  });

  it.each([
    ['replaced', (path: string) => (unlinkSync(path), writeFileSync(path, '5555:1795478400.5'))],
    ['gone', unlinkSync],
  ])(
    'finds out that the file was %s: the lock is lost, its listeners are told, and release touches nothing',
    async (_name, happen) => {
      const { path } = lockFolder();
      const lock = new FileLock(path, { heartbeatInterval: INTERVAL });
      await lock.acquire();
      const told = new Promise<boolean>((resolve) => {
        lock.onCompromised(() => resolve(lock.isHeld));
      });
      happen(path);
      expect(await told).toBe(false);
      expect(() => lock.assertHeld()).toThrow(/The database lock was lost while it was held/);
      await lock.release();
      if (_name === 'replaced') {
        expect(readFileSync(path, 'latin1')).toBe('5555:1795478400.5');
        unlinkSync(path);
      }
      await lock.acquire();
      expect(lock.isHeld).toBe(true);
      await lock.release();
    },
  );

  it(
    'counts a process that was stopped for too long as having lost the lock, before it can write',
    { timeout: 15_000 },
    async () => {
      const { path } = lockFolder();
      const holder = start('holder.mts', path, INTERVAL);
      expect(await line(holder)).toBe('held');
      await sleep(300);
      holder.kill('SIGSTOP');
      await sleep(16 * INTERVAL * 1000 + 600);
      const before = statSync(path, { bigint: true }).mtimeNs;
      holder.stdin?.write('check\n');
      holder.kill('SIGCONT');
      expect(await line(holder)).toMatch(/lost/);
      await new Promise((resolve) => {
        holder.once('exit', resolve);
      });
      expect(statSync(path, { bigint: true }).mtimeNs).toBe(before);
    },
  );

  it('never writes into another file, though the lock is taken and replaced all the time', { timeout: 15_000 }, async () => {
    const { path } = lockFolder();
    const lock = new FileLock(path, { heartbeatInterval: 0.001 });
    const until = performance.now() + 3000;
    let rounds = 0;
    while (performance.now() < until) {
      await lock.acquire();
      await lock.release();
      // A peer's file at once after ours: on ext4 it has the very inode number that ours had.
      writeFileSync(path, 'of another', { flag: 'wx' });
      const { mtimeNs } = statSync(path, { bigint: true });
      if (rounds++ % 10 === 0) await sleep(2);
      expect([readFileSync(path, 'latin1'), statSync(path, { bigint: true }).mtimeNs]).toEqual(['of another', mtimeNs]);
      unlinkSync(path);
    }
    expect(rounds).toBeGreaterThan(100);
  });

  it('beats for many locks at once, and again after all were idle', async () => {
    const paths = [lockFolder().path, lockFolder().path, lockFolder().path];
    const beats = async () => {
      const locks = paths.map((path) => new FileLock(path, { heartbeatInterval: INTERVAL }));
      await Promise.all(locks.map((lock) => lock.acquire()));
      for (const path of paths) utimesSync(path, 1000, 1000);
      await sleep(5 * INTERVAL * 1000);
      for (const path of paths) expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(400);
      await Promise.all(locks.map((lock) => lock.release()));
    };
    await beats();
    await sleep(1300);
    await beats();
  });
});
