// Takes a lock again and again until it is killed. Argument: lock path.
import { setTimeout as sleep } from 'node:timers/promises';
import { core } from '../support/core.mts';

const lock = new core.FileLock(process.argv[2] ?? '', { timeout: 60 });
for (;;) {
  await lock.run(() => sleep(Math.random() * 3));
  await sleep(Math.random() * 3);
}
