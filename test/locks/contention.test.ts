import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ended, lockFolder, SharedState, start } from './support';

/** Kills a holder now and then, found by the lock file itself, and starts another in its place. */
async function killSome(path: string, kills: number, children: ChildProcess[], replace: () => ChildProcess): Promise<number> {
  const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;
  let killed = 0;
  while (killed < kills && children.some(isRunning)) {
    await sleep(20 + Math.random() * 60);
    const holder = holderOf(path);
    const child = children.find((candidate) => candidate.pid === holder && isRunning(candidate));
    if (!child?.kill('SIGKILL')) continue;
    killed++;
    children.push(replace());
  }
  return killed;
}

function holderOf(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'latin1'), 10);
  } catch {
    return 0;
  }
}

describe('many processes on one lock', { timeout: 120_000 }, () => {
  it('8 of ours, 500 acquisitions each, are never two inside, and lose no addition', async () => {
    const { path, folder } = lockFolder();
    const state = new SharedState();
    await Promise.all(Array.from({ length: 8 }, () => ended(start('contender.mts', path, state.folder, 500, 0))));
    expect(state.faults).toBe('');
    expect([state.counter, state.done]).toEqual([4000, 4000]);
    expect(readdirSync(folder).filter((name) => /\.lock$|stale/.test(name))).toEqual([]);
  });

  it('8 of ours, of which holders are killed at random, still are never two inside', async () => {
    const { path } = lockFolder();
    const state = new SharedState();
    const contend = (count: number) => start('contender.mts', path, state.folder, count, 1);
    const children = Array.from({ length: 8 }, () => contend(200));
    const killed = await killSome(path, 20, children, () => contend(50));
    await Promise.all(children.map(ended));
    expect(killed).toBe(20);
    expect(state.faults).toBe('');
    // A holder killed between counting and noting it makes the two differ by one.
    expect(Math.abs(state.counter - state.done)).toBeLessThanOrEqual(killed);
    // As many as were killed were started anew, so eight lived to their end, with 50 acquisitions at least.
    expect(state.done).toBeGreaterThanOrEqual(8 * 50);
    expect(existsSync(path)).toBe(false);
  });

  it('6 of ours, some killed while holding, and 2 of the Python peer, 500 each, are never two inside', async () => {
    const { path } = lockFolder();
    const state = new SharedState();
    const peers = [1, 2].map(() => start('pythonPeer.py', path, state.folder, 500, 0));
    const children = Array.from({ length: 6 }, () => start('contender.mts', path, state.folder, 500, 0));
    const killed = await killSome(path, 10, children, () => start('contender.mts', path, state.folder, 500, 0));
    await Promise.all([...children, ...peers].map(ended));
    expect(killed).toBeGreaterThan(0);
    expect(state.faults).toBe('');
    expect(Math.abs(state.counter - state.done)).toBeLessThanOrEqual(killed);
    expect(state.done).toBeGreaterThanOrEqual(4000);
    expect(existsSync(path)).toBe(false);
  });
});
