// npm run torture [-- [share] [T3 T8 …]]: the torture tests of the lock, all or those named, at their full numbers or a share of them.
// Takes about half an hour; each prints its figure. Those that only wait run beside those that need the machine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mts';

const PATIENT = ['test/torture/patience.test.ts', 'test/torture/redis.test.ts'];
const parameters = process.argv.slice(2);
const names = parameters.filter((parameter) => /^T\d+$/.test(parameter));
const share = parameters.find((parameter) => Number(parameter) > 0) ?? '1';
const unknown = parameters.filter((parameter) => parameter !== share && !names.includes(parameter));
if (unknown.length > 0)
  throw new Error(`Not a test nor a share: ${unknown.join(' ')}. Usage: npm run torture -- [0.1] [T3 T8 …]`);
if (!existsSync('/dev/shm'))
  throw new Error('There is no /dev/shm. Run the torture on Linux, where it is: mount -t tmpfs tmpfs /dev/shm');

function run(...choice: string[]): Promise<number> {
  const only = names.length > 0 ? ['-t', String.raw`\b(${names.join('|')}): `] : [];
  const vitest = [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config=test/torture/vitest.config.mts',
    '--passWithNoTests',
  ];
  const env = { ...process.env, TORTURE: share, EXPLORE: 'all' };
  const child = spawn(process.execPath, [...vitest, ...choice, ...only], { cwd: ROOT, stdio: 'inherit', env });
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const codes = await Promise.all([run(...PATIENT.map((file) => `--exclude=${file}`)), run(...PATIENT)]);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
