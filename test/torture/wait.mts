// Waits for a lock for some seconds. Arguments: lock path, seconds, seconds after which it is stale (300). Prints what became of it, and after how many ms.
import { core } from '../support/core.mts';

const [path = '', timeout = '1', stale = '300'] = process.argv.slice(2);
const began = performance.now();
const lock = new core.FileLock(path, { timeout: Number(timeout), staleLockTimeout: Number(stale) });
try {
  await lock.acquire();
  await lock.release();
  process.stdout.write(`in ${Math.round(performance.now() - began)}\n`);
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code} ${Math.round(performance.now() - began)}\n`);
}
