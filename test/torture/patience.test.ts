import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { line, start } from '../locks/support';
import { amount, figure, plant, scratch } from './support';

/** All the seed's times shrink alike where the test does; in seconds. */
const share = amount(1000, 10) / 1000;
const [HOLD, STALE, BEAT] = [400 * share, 300 * share, 15 * share];

function lockPath(): string {
  return join(scratch('disk'), 'area_occupancy.db.lock');
}

function waiters(path: string, count: number): ChildProcess[] {
  return Array.from({ length: count }, () => start('../torture/waiter.py', path, HOLD + 60, STALE));
}

/** Resolves with the first line that it prints, and when. */
async function said(child: ChildProcess): Promise<{ text: string; at: number }> {
  return { text: await line(child), at: performance.now() };
}

async function holder(path: string, block = 0): Promise<ChildProcess> {
  const child = start('holder.mts', path, BEAT, block);
  expect(await line(child)).toBe('held');
  return child;
}

describe('a long hold', () => {
  it('T10: of 400 s is never broken by waiting peers of the seed', async () => {
    const path = lockPath();
    const child = await holder(path);
    const entries = waiters(path, 2).map(said);
    await sleep(HOLD * 1000);
    child.stdin?.write('check\n');
    const released = performance.now();
    expect(await line(child)).toBe('still held');
    const all = await Promise.all(entries);
    const first = Math.min(...all.map(({ at }) => at));
    figure('T10', `held for ${HOLD.toFixed(0)} s, first peer in ${Math.round(first - released)} ms after`, 'never broken');
    expect(all.map(({ text }) => text)).toEqual(['in', 'in']);
    expect(first).toBeGreaterThan(released);
  });

  it('T11: survives an event loop that is blocked for 60 s', async () => {
    const path = lockPath();
    // A tenth of the usual times, so that a block is longer than a lock without beats would last.
    const child = start('holder.mts', path, BEAT / 10, 60_000 * share);
    expect(await line(child)).toBe('held');
    const entry = said(start('../torture/waiter.py', path, HOLD, STALE / 10));
    await sleep(55_000 * share);
    const age = (Date.now() - statSync(path).mtimeMs) / 1000;
    child.stdin?.write('check\n');
    expect(await line(child)).toBe('still held');
    expect((await entry).text).toBe('in');
    figure('T11 (blocked)', `still held, its file ${age.toFixed(1)} s old`, 'survives');
    expect(age).toBeLessThan(STALE / 10);
  });

  it('T11: that was stopped for 400 s is found lost before anything is written', async () => {
    const path = lockPath();
    const child = await holder(path);
    child.kill('SIGSTOP');
    const entry = said(start('../torture/waiter.py', path, HOLD + 60, STALE));
    await sleep(HOLD * 1000);
    const { text } = await entry;
    child.stdin?.write('check\n');
    child.kill('SIGCONT');
    const answer = await line(child);
    figure('T11 (stopped)', `the peer went ${text}; then ours: ${answer.split('\n').at(-1)}`, 'compromised before any write');
    expect([text, /lost/.test(answer)]).toEqual(['in', true]);
  });

  it.each([3_600_000, -3_600_000])('T11: or a wait does no harm when the clock is set by %i ms', async (jump) => {
    const path = lockPath();
    const preload = fileURLToPath(new URL('clockJump.mjs', import.meta.url));
    const env = { NODE_OPTIONS: `--import=${preload}`, JUMP: String(jump), JUMP_AFTER: '1000' };
    const child = start({ program: 'holder.mts', env }, path, 0.2, 0);
    expect(await line(child)).toBe('held');
    await sleep(2500);
    child.stdin?.write('check\n');
    const answer = (await line(child)).split('\n').at(-1) ?? '';
    if (child.exitCode === null) await once(child, 'exit');
    plant(path, '4242:1795478400.5', 10);
    const waiter = start({ program: '../torture/wait.mts', env: { ...env, JUMP_AFTER: '0' } }, path, 4);
    expect(await line(waiter)).toMatch(/^LOCK_TIMEOUT/);
    expect(readFileSync(path, 'latin1')).toBe('4242:1795478400.5');
    figure(
      'T11 (clock)',
      `${jump / 3_600_000} h: the holder says "${answer}", a waiter breaks nothing`,
      'survives or compromised',
    );
    expect(answer).toMatch(/still held|lost/);
  });
});
