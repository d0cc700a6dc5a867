import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { core, Sqlite } from '../support/core.mts';
import { amount, figure, quantile, scratch } from './support';

/** Victims that are started ahead: starting takes longer than dying. */
const AHEAD = 3;
/** Calls of a victim to the file system, of which one is its last. */
const CALLS = 60;

it('T6: of a holder that is killed at any call, the next of ours takes over at once, and the database is whole', async () => {
  const kills = amount(2000, 24);
  const folder = scratch('disk');
  const [path, databasePath] = [join(folder, 'area_occupancy.db.lock'), join(folder, 'area_occupancy.db')];
  const database = new Sqlite(databasePath, { timeout: 10_000 });
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE writes (id INTEGER PRIMARY KEY, content TEXT)');
  const lock = new core.FileLock(path, { timeout: 10 });
  const waits = { written: [] as number[], empty: [] as number[] };
  const script = fileURLToPath(new URL('victim.mts', import.meta.url));
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const prepare = async (): Promise<ChildProcess> => {
    const child = fork(script, [path, databasePath], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env, execArgv: [] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    return child;
  };
  const ahead = Array.from({ length: AHEAD }, prepare);
  for (let kill = 0; kill < kills; kill++) {
    const victim = await ahead.shift()!;
    if (kill + AHEAD < kills) ahead.push(prepare());
    const isAtCall = kill % 2 === 0;
    victim.send(isAtCall ? 1 + Math.floor(Math.random() * CALLS) : 0);
    const ended = once(victim, 'exit');
    if (!isAtCall) {
      await sleep(Math.random() * 20);
      victim.kill('SIGKILL');
    }
    await ended;
    const kind = statSync(path, { throwIfNoEntry: false })?.size === 0 ? 'empty' : 'written';
    const began = performance.now();
    await lock.acquire();
    waits[kind].push(performance.now() - began);
    expect(database.pragma('quick_check', { simple: true })).toBe('ok');
    await lock.release();
  }
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
  const [p50, p99] = [quantile(waits.written, 0.5), quantile(waits.written, 0.99)];
  const emptied =
    waits.empty.length > 0
      ? `, ${waits.empty.length} killed before the content: ${(Math.max(...waits.empty) / 1000).toFixed(1)} s at most`
      : '';
  figure('T6', `${kills} kills, next in after ${p50.toFixed(1)} ms p50, ${p99.toFixed(1)} ms p99${emptied}`, '50 ms p99, 3 s');
  expect(readdirSync(folder).filter((name) => /\.lock$|stale/.test(name))).toEqual([]);
  expect(Math.max(0, ...waits.empty)).toBeLessThan(10_000);
  // On a machine that is busy with something else, that is what is measured.
  if (kills >= 200) expect(p99).toBeLessThan(50);
});
