import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { line, start } from '../locks/support';
import { figure, plant, requireProgram, scratch } from './support';

const UNSHARE = ['--pid', '--fork', '--mount-proc', '--kill-child'];

/** Starts a program as process 1 of a PID namespace of its own, as in a container. */
function inContainer(program: string, ...parameters: (string | number)[]): ChildProcess {
  const script = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn('unshare', [...UNSHARE, process.execPath, script, ...parameters.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

beforeAll(() => requireProgram('unshare', [...UNSHARE, 'true'], 'sudo npm run torture -- T12'));

describe('two containers that share a folder, both of whose processes have the id 1', () => {
  it('T12: do not take each other for dead, nor for themselves', async () => {
    const path = join(scratch('disk'), 'area_occupancy.db.lock');
    const holder = inContainer('../locks/holder.mts', path, 15, 0);
    expect(await line(holder)).toBe('held');
    const refused = await line(inContainer('wait.mts', path, 3));
    holder.stdin?.write('check\n');
    const answer = await line(holder);
    figure('T12 (alive)', `the other: ${refused}; the holder: ${answer}`, 'no false "dead"');
    expect([refused.split(' ')[0], answer]).toEqual(['LOCK_TIMEOUT', 'still held']);
  });

  it('T12: and the lock of one that is killed is free for the other at once', async () => {
    const path = join(scratch('disk'), 'area_occupancy.db.lock');
    const holder = inContainer('../locks/holder.mts', path, 15, 0);
    await line(holder);
    const entry = line(inContainer('wait.mts', path, 20));
    await sleep(1500);
    holder.kill('SIGKILL');
    const answer = await entry;
    figure('T12 (dead)', answer, 'no false "alive"');
    expect(Number(answer.replace('in ', ''))).toBeLessThan(10_000);
  });

  it('T12: a process that got the id of a dead writer does not keep its lock alive', async () => {
    const path = join(scratch('disk'), 'area_occupancy.db.lock');
    const python = start('../torture/waiter.py', join(scratch('disk'), 'other.lock'), 60, 300);
    plant(path, `${python.pid}:1700000000.5`, 400);
    const answer = await line(start('../torture/wait.mts', path, 10));
    figure('T12 (id reused)', answer, 'no false "alive"');
    expect(answer).toMatch(/^in /);
  });
});
