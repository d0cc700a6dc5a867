import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { core, corePath } from '../support/core.mts';
import { line, lockFolder, plant, start } from './support';

const { FileLock, clearStaleLock, inspectLock } = core;

/** Log lines as they come. */
function logBook() {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** How many watches this process has on a folder (Linux). */
function watchesOf(folder: string): number {
  const inode = statSync(folder).ino.toString(16);
  const watches = readdirSync('/proc/self/fdinfo').flatMap((descriptor) => {
    try {
      return readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1').match(/^inotify wd:.*$/gm) ?? [];
    } catch {
      return [];
    }
  });
  return watches.filter((watch) => watch.includes(` ino:${inode} `)).length;
}

describe('FileLock', () => {
  it('is used as the seed uses it: acquired, held, released', async () => {
    const { path, folder } = lockFolder();
    const log = logBook();
    const lock = new FileLock(path, { log });
    expect([lock.isHeld, lock.guarantee]).toEqual([false, 'sqlite-only']);
    await lock.acquire();
    expect([lock.isHeld, lock.guarantee]).toEqual([true, 'kernel+marker']);
    lock.assertHeld();
    await lock.release();
    expect(lock.isHeld).toBe(false);
    await lock.release();
    expect(log.lines).toEqual(['debug Acquired database lock', 'debug Released database lock']);
    expect(readdirSync(folder).toSorted()).toEqual(['area_occupancy.db.lock.guard', 'area_occupancy.db.lock.owner']);
    expect(() => lock.assertHeld()).toThrow('it is not held');
  });

  it('writes `pid:unixtime` to the byte, readable by all as far as the umask allows', async () => {
    const { path } = lockFolder();
    const before = process.umask(0o027);
    try {
      const lock = new FileLock(path);
      await lock.acquire();
      const content = readFileSync(path, 'latin1');
      expect(content).toMatch(/^\d+:\d{10}\.\d{6}$/);
      const [pid, time] = content.split(':').map(Number);
      expect(pid).toBe(process.pid);
      expect(Math.abs(Date.now() / 1000 - (time ?? 0))).toBeLessThan(5);
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o7777).toBe(0o644 & ~0o027);
      await lock.release();
    } finally {
      process.umask(before);
    }
  });

  it('lets only one in at a time: another waits until it is released', async () => {
    const { path } = lockFolder();
    const [one, other] = [new FileLock(path), new FileLock(path)];
    await one.acquire();
    let isIn = false;
    const waiting = other.acquire().then(() => void (isIn = true));
    await sleep(50);
    expect(isIn).toBe(false);
    await one.release();
    await waiting;
    expect([one.isHeld, other.isHeld]).toEqual([false, true]);
    await other.release();
  });

  it('lets only one process in at a time', async () => {
    const { path } = lockFolder();
    const holder = start('holder.mts', path);
    expect(await line(holder)).toBe('held');
    expect(await inspectLock(path)).toMatchObject({ state: 'held', dialect: 'marker', ours: true, pid: holder.pid });
    const lock = new FileLock(path, { timeout: 0.3 });
    await expect(lock.acquire()).rejects.toThrow(`process ${holder.pid} has held ${path}`);
    holder.stdin?.write('release\n');
    await lock.acquire({ timeout: 10 });
    await lock.release();
  });

  it('times out while a peer holds it, and says so in the words of the seed', async () => {
    const { path } = lockFolder();
    plant(path, '4242:1700000000.5', 20);
    const log = logBook();
    const error: unknown = await new FileLock(path, { timeout: 0.3, log }).acquire().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'LOCK_TIMEOUT',
      message: expect.stringMatching(/^Database is busy, please try again later: process 4242/),
    });
    expect(log.lines).toEqual([expect.stringMatching(/^warn Database is busy, please try again later/)]);
    expect(readFileSync(path, 'latin1')).toBe('4242:1700000000.5');
  });

  it('watches the folder while it waits, and only then', async () => {
    const { path, folder } = lockFolder();
    plant(path, '4242:1700000000.5', 20);
    const waiting = new FileLock(path, { timeout: 0.5 }).acquire();
    await sleep(200);
    // Only Linux tells how many watches there are.
    if (process.platform === 'linux') expect(watchesOf(folder)).toBe(1);
    await expect(waiting).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    if (process.platform === 'linux') expect(watchesOf(folder)).toBe(0);
  });

  it('removes a stale lock, and says so', { timeout: 15_000 }, async () => {
    const { path, folder } = lockFolder();
    plant(path, '4242:1700000000.5', 400);
    const log = logBook();
    const lock = new FileLock(path, { log });
    await lock.acquire();
    expect(readFileSync(path, 'latin1')).toMatch(new RegExp(`^${process.pid}:`));
    await lock.release();
    expect(log.lines[0]).toMatch(/^info Waiting for the database lock for 1 s: process 4242 /);
    expect(log.lines[1]).toMatch(/^warn Removing stale lock file: .*process 4242/);
    expect(log.lines.slice(2)).toEqual(['debug Acquired database lock', 'debug Released database lock']);
    expect(readdirSync(folder).filter((name) => name.includes('stale'))).toEqual([]);
  });

  it('follows a killed process of ours at once, without the 300 s', async () => {
    const { path } = lockFolder();
    const lock = new FileLock(path);
    await lock.acquire();
    await lock.release();
    const holder = start('holder.mts', path);
    await line(holder);
    const waiting = lock.acquire({ timeout: 10 });
    const killed = performance.now();
    holder.kill('SIGKILL');
    await waiting;
    expect(performance.now() - killed).toBeLessThan(1000);
    await lock.release();
  });

  it('of a living holder stays, though its guard was deleted and a new one is free', { timeout: 15_000 }, async () => {
    const { path } = lockFolder();
    const holder = start('holder.mts', path);
    await line(holder);
    unlinkSync(`${path}.guard`);
    await expect(new FileLock(path, { timeout: 0.5 }).acquire()).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    expect(await inspectLock(path)).toMatchObject({ state: 'held', ours: true });
    expect(await clearStaleLock(path)).toMatchObject({ outcome: 'refused' });
    holder.stdin?.write('check\n');
    expect(await line(holder)).toBe('still held');
    await new FileLock(path, { timeout: 10 }).run(async () => {});
  });

  it('is freed when its process ends without releasing it', async () => {
    const { path, folder } = lockFolder();
    const script = join(folder, 'ends.cjs');
    const library = JSON.stringify(corePath);
    writeFileSync(script, `new (require(${library}).FileLock)(${JSON.stringify(path)}).acquire().then(() => process.exit(3));`);
    expect(spawnSync(process.execPath, [script]).status).toBe(3);
    expect(await inspectLock(path)).toMatchObject({ state: 'free', dialect: 'none' });
  });

  it('leaves nothing running that would keep a script alive', () => {
    const { path, folder } = lockFolder();
    const script = join(folder, 'brief.cjs');
    writeFileSync(
      script,
      `const { FileLock, inspectLock } = require(${JSON.stringify(corePath)});
      const lock = new FileLock(${JSON.stringify(path)});
      lock.run(() => inspectLock(${JSON.stringify(path)})).then(() => console.log(process.getActiveResourcesInfo().filter((resource) => resource !== 'PipeWrap').length));`,
    );
    expect(spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 60_000 })).toMatchObject({
      status: 0,
      stdout: '0\n',
    });
  });

  it('is joined inside `run`, by any instance and any spelling of the path, and queued for outside', async () => {
    const { path, folder } = lockFolder();
    mkdirSync(join(folder, 'sub'));
    const [outer, inner] = [
      new FileLock(path),
      new FileLock(join(folder, 'sub', '..', 'area_occupancy.db.lock'), { timeout: 0.2 }),
    ];
    await outer.run(async () => {
      await inner.run(async () => inner.assertHeld());
      await inner.acquire();
      expect(inner.isHeld).toBe(true);
      await inner.release();
      expect([outer.isHeld, inner.isHeld]).toEqual([true, false]);
    });
    await outer.acquire();
    await expect(inner.acquire()).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    await outer.release();
  });

  it('tells each listener of a loss once, however often it was joined, and none of an instance that has left', async () => {
    const { path } = lockFolder();
    const [outer, inner, gone] = [new FileLock(path), new FileLock(path), new FileLock(path)];
    const told: string[] = [];
    for (const [name, lock] of Object.entries({ outer, inner, gone })) lock.onCompromised(() => told.push(name));
    await outer.run(async () => {
      await gone.run(async () => {});
      await inner.run(async () => {});
      await inner.run(async () => {
        unlinkSync(path);
        expect(() => inner.assertHeld()).toThrow('its file is gone');
      });
    });
    expect(told).toEqual(['outer', 'inner']);
  });

  it('is not joined by a task that outlives the `run` it began in', async () => {
    const { path } = lockFolder();
    const lock = new FileLock(path);
    let later: Promise<void> | undefined;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    await lock.run(async () => {
      later = ended.then(() => lock.acquire({ timeout: 0.2 }));
    });
    const other = new FileLock(path);
    await other.acquire();
    end();
    await expect(later).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' });
    await other.release();
  });

  it('releases when the function in `run` fails', async () => {
    const { path } = lockFolder();
    const lock = new FileLock(path);
    await expect(lock.run(() => Promise.reject(new Error('inside')))).rejects.toThrow('inside');
    expect((await inspectLock(path)).state).toBe('free');
  });

  it('serves the waiters of one process in their order', async () => {
    const { path } = lockFolder();
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4, 5].map((number) => new FileLock(path).run(async () => void order.push(number))));
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves no file and no descriptor behind after aborts at random moments', { timeout: 20_000 }, async () => {
    const { path, folder } = lockFolder();
    await new FileLock(path).run(async () => {});
    const results = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const lock = new FileLock(path);
        try {
          await lock.run(() => sleep(1), { signal: AbortSignal.timeout(Math.ceil(Math.random() * 150)) });
          return 'done';
        } catch (error) {
          return (error as { code: string }).code;
        }
      }),
    );
    expect(new Set(results)).toEqual(new Set(['done', 'CANCELLED']));
    expect(readdirSync(folder).filter((name) => /\.lock$|stale/.test(name))).toEqual([]);
    if (process.platform !== 'linux') return;
    await sleep(2500);
    const open = readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)];
      } catch {
        return [];
      }
    });
    expect(open.filter((target) => target.startsWith(folder))).toEqual([]);
  });

  it('refuses times that are none', () => {
    expect(() => new FileLock('/tmp/x.lock', { timeout: -1 })).toThrow(RangeError);
    expect(() => new FileLock('/tmp/x.lock', { staleLockTimeout: Number.NaN })).toThrow(RangeError);
    // Node's timers take either for a millisecond, and a lock without beats counts as lost.
    expect(() => new FileLock('/tmp/x.lock', { heartbeatInterval: 0 })).toThrow(RangeError);
    expect(() => new FileLock('/tmp/x.lock', { heartbeatInterval: Infinity })).toThrow(RangeError);
  });
});
