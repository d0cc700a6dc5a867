import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DatabaseProcess } from '../../../src/client/databaseProcess';
import { RemoteDatabase } from '../../../src/client/remoteDatabase';
import type { OccupancyError } from '../../../src/core/errors';
import type { LockInspection } from '../../../src/core/lock/lockInspection';
import { silentLog } from '../../../src/core/ports/log';

const faultyServer = join(import.meta.dirname, 'faultyServer.cjs');
const options = (path: string) => ({ path, lockTimeout: 30, staleLockTimeout: 300, readLocks: 'auto' as const });
const cleanups: (() => void)[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function start(behaviour: string): Promise<{ child: DatabaseProcess; pid: number; ended: Promise<string> }> {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const child = new DatabaseProcess(faultyServer, silentLog, () => {}, resolve);
  cleanups.push(() => child.stop());
  const pid = (await child.request('open', options(behaviour))) as unknown as number;
  return { child, pid, ended };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('DatabaseProcess', () => {
  it('passes on the error of the process with its code and its advice', async () => {
    const { child } = await start('fails');
    await expect(child.request('getAreas', undefined)).rejects.toMatchObject({
      code: 'DATABASE_MISSING',
      message: 'No file.',
      nextStep: 'Make one.',
    });
  });

  it('rejects what waits when the process dies, and says how', async () => {
    const { child, ended } = await start('dies');
    await expect(child.request('describe', undefined)).rejects.toMatchObject({ code: 'PROCESS_ENDED' });
    expect(await ended).toContain('exit code 7');
    await expect(child.request('describe', undefined)).rejects.toMatchObject({ code: 'PROCESS_ENDED' });
  });

  it('ends a process that does not answer in time', async () => {
    const { child, pid, ended } = await start('hangs');
    await expect(child.request('describe', undefined, { limit: 200 })).rejects.toThrow('did not answer describe within 0.2 s');
    await ended;
    expect(isAlive(pid)).toBe(false);
  });

  it('lets one go on that says that it is opening its file', async () => {
    const { child, pid } = await start('takes long to open');
    expect(await child.request('describe', undefined, { limit: 200 })).toBe(pid);
  });

  it('rejects at once when cancelled, and ends a query that goes on', async () => {
    const { child, pid, ended } = await start('hangs');
    const abort = new AbortController();
    const answer = child.request('describe', undefined, { signal: abort.signal });
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await ended).toContain('went on after it was cancelled');
    expect(isAlive(pid)).toBe(false);
  });

  it('does not wait for ever for the end of a removal in a process that is stuck', async () => {
    const { child, ended } = await start('hangs');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers = Promise.allSettled([
      child.request('describe', undefined, { limit: 200 }),
      child.request('clearStaleLock', { expected: {} as LockInspection }),
    ]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await Promise.race([ended, delay(100, 'still runs')])).toBe('still runs');
    await vi.advanceTimersByTimeAsync(6000);
    expect(await ended).toContain('did not answer describe');
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('lets a cancelled write say itself how far it came', async () => {
    const { child, pid } = await start('is silent');
    const abort = new AbortController();
    const answer = child.request('applySync', undefined, { signal: abort.signal, limit: null });
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED', message: 'Three rows were written.' });
    await delay(1200);
    expect(isAlive(pid)).toBe(true);
  });

  it('leaves the process alone when a request was cancelled before it was sent', async () => {
    const { child, pid } = await start('is silent');
    await expect(child.request('describe', undefined, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await delay(1200);
    expect(isAlive(pid)).toBe(true);
  });

  it('stops the process', async () => {
    const { child, pid, ended } = await start('is silent');
    child.stop();
    await ended;
    expect(isAlive(pid)).toBe(false);
  });
});

describe('RemoteDatabase', () => {
  function open(behaviour: string): { database: RemoteDatabase; failures: OccupancyError[] } {
    const failures: OccupancyError[] = [];
    const listener = { onOpened() {}, onChanged() {}, onLock() {}, onFailed: (error: OccupancyError) => failures.push(error) };
    const database = new RemoteDatabase(faultyServer, options(behaviour), silentLog, listener);
    cleanups.push(() => database.dispose());
    return { database, failures };
  }

  it('counts a read that waits for the lock as stuck only after it could have had it', async () => {
    const { database } = open('is silent');
    await database.getAreas();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let outcome = 'waits';
    const answer = database.describe().catch(({ message }: Error) => (outcome = message));
    await vi.advanceTimersByTimeAsync(59_000);
    await delay(100);
    expect(outcome).toBe('waits');
    await vi.advanceTimersByTimeAsync(2000);
    expect(await answer).toContain('did not answer describe within 60 s');
  });

  it('stays closed', async () => {
    const { database, failures } = open('is silent');
    await database.getAreas();
    database.dispose();
    database.reopen();
    await expect(database.getAreas()).rejects.toMatchObject({ code: 'PROCESS_ENDED' });
    expect(failures).toEqual([]);
  });

  it('starts the process again when it dies, opens the file again, and gives up when that goes on', async () => {
    const { database, failures } = open('dies');
    const pids = new Set<unknown>();
    for (let death = 1; death <= 4; death++) {
      pids.add(await database.getAreas());
      await expect(database.describe()).rejects.toMatchObject({ code: 'PROCESS_ENDED' });
      expect(failures).toHaveLength(death === 4 ? 1 : 0);
    }
    expect(pids.size).toBe(4);
    await expect(database.getAreas()).rejects.toMatchObject({ code: 'PROCESS_ENDED' });
    database.reopen();
    expect(pids.has(await database.getAreas())).toBe(false);
  });
});
