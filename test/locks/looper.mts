// Takes the lock again and again, and prints `from waited held` in ms for each, `from` by the system's monotonic clock.
// Arguments: lock path, ms to go on for, ms to hold, priority, ms to pause.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LockPriority } from '../../src/library.ts';
import { core } from '../support/core.mts';

const [path = '', duration = '0', hold = '0', priority = 'normal', pause = '0'] = process.argv.slice(2);
const lock = new core.FileLock(path, { priority: priority as LockPriority });
const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const end = now() + Number(duration);
while (now() < end) {
  const asked = now();
  await lock.acquire();
  const from = now();
  if (Number(hold) > 0) await sleep(Number(hold));
  await lock.release();
  process.stdout.write(`${from} ${from - asked} ${now() - from}\n`);
  await sleep(Number(pause));
}
