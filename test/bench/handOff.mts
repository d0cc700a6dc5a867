// One of the two that pass a lock to each other. Arguments: lock path, number of holds, ms to pause after each. Prints `from until` (ns) for each.
import { setTimeout as sleep } from 'node:timers/promises';
import { core } from '../support/core.mts';

const { FileLock } = core;
const [path = '', count = '0', pause = '0'] = process.argv.slice(2);
const lock = new FileLock(path);

for (let hold = 0; hold < Number(count); hold++) {
  await lock.acquire();
  const from = process.hrtime.bigint();
  // Long enough for the other to be waiting already, at no particular moment of its poll.
  await sleep(5 + Math.random() * 20);
  const until = process.hrtime.bigint();
  await lock.release();
  process.stdout.write(`${from} ${until}\n`);
  await sleep(Number(pause));
}
