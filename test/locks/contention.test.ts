import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ended, SharedState, start, temporaryFolder } from './support';

const ROUNDS = 500;

/** Kills a holder now and then, chosen by the lock file itself, and starts another in its place, which does as much again. */
async function killSome(path: string, kills: number, children: ChildProcess[], replace: () => ChildProcess): Promise<number> {
  let killed = 0;
  while (killed < kills && children.some(({ exitCode }) => exitCode === null)) {
    await sleep(20 + Math.random() * 60);
    const holder = holderOf(path);
    const child = children.find(({ pid, exitCode, signalCode }) => pid === holder && exitCode === null && signalCode === null);
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

describe('many processes on one lock', () => {
  it('8 of ours, 500 acquisitions each, are never two inside, and lose no addition', { timeout: 60_000 }, async () => {
    const { folder, path } = temporaryFolder();
    const state = new SharedState(folder);
    await Promise.all(Array.from({ length: 8 }, () => ended(start('contender.mts', path, folder, ROUNDS))));
    expect(state.faults).toBe('');
    expect([state.counter, state.done]).toEqual([8 * ROUNDS, 8 * ROUNDS]);
    expect(readdirSync(folder).filter((name) => /\.lock$|stale/.test(name))).toEqual([]);
  });

  it('8 of ours, of which holders are killed at random, still are never two inside', { timeout: 60_000 }, async () => {
    const { folder, path } = temporaryFolder();
    const state = new SharedState(folder);
    const contend = () => start('contender.mts', path, folder, ROUNDS / 2, 1);
    const children = Array.from({ length: 8 }, contend);
    const killed = await killSome(path, 30, children, contend);
    await Promise.all(children.map(ended));
    expect(killed).toBeGreaterThanOrEqual(20);
    expect(state.faults).toBe('');
    // A holder killed between counting and noting it (or after both) makes the two differ by at most one each.
    expect(Math.abs(state.counter - state.done)).toBeLessThanOrEqual(killed);
    expect(state.done).toBeGreaterThanOrEqual(8 * (ROUNDS / 2));
    expect(existsSync(path)).toBe(false);
  });

  it('6 of ours, some killed while holding, and 2 of the Python peer are never two inside', { timeout: 80_000 }, async () => {
    const { folder, path } = temporaryFolder();
    const state = new SharedState(folder);
    const peers = [1, 2].map(() => start('pythonPeer.py', path, folder, ROUNDS, 0));
    const contend = () => start('contender.mts', path, folder, ROUNDS);
    const children = Array.from({ length: 6 }, contend);
    const killed = await killSome(path, 10, children, contend);
    await Promise.all([...children, ...peers].map(ended));
    expect(killed).toBeGreaterThan(0);
    expect(state.faults).toBe('');
    expect(Math.abs(state.counter - state.done)).toBeLessThanOrEqual(killed);
    expect(state.done).toBeGreaterThanOrEqual(8 * ROUNDS);
    expect(existsSync(path)).toBe(false);
  });
});
