// Holds a lock and says so. Arguments: lock path, seconds between heartbeats, milliseconds to block the event loop.
// Ends, or loses the lock, by what its parent does: a line on stdin releases it.
import { once } from 'node:events';
import { core } from '../support/core.mts';

const { FileLock } = core;
const [path = '', interval = '15', block = '0'] = process.argv.slice(2);
const lock = new FileLock(path, { timeout: 10, heartbeatInterval: Number(interval) });
lock.onCompromised(() => process.stdout.write(`lost ${lock.isHeld}\n`));
await lock.acquire();
process.stdout.write('held\n');
if (Number(block) > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(block));
await once(process.stdin, 'data');
try {
  lock.assertHeld();
  process.stdout.write('still held\n');
} catch (error) {
  process.stdout.write(`${(error as Error).message}\n`);
}
await lock.release();
process.stdin.destroy();
