// One contender: takes the lock again and again, checks that it is alone inside, and adds 1 to a shared counter.
// Arguments: lock path, folder of the shared state, number of acquisitions, milliseconds to hold.
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { core } from '../support/core.mts';

const { FileLock } = core;
const [path = '', folder = '', count = '0', hold = '0'] = process.argv.slice(2);
const [counter, inside] = [join(folder, 'counter'), join(folder, 'inside')];
const lock = new FileLock(path, { timeout: 60 });

/** The occupancy marker: it exists exactly while someone is inside, and names who. A killed holder leaves it, with its pid. */
function enter(): void {
  try {
    writeFileSync(inside, String(process.pid), { flag: 'wx' });
  } catch {
    const other = Number(readFileSync(inside, 'latin1'));
    if (isAlive(other)) report('overlap', other);
    writeFileSync(inside, String(process.pid));
  }
}

/** A killed process that its parent has not yet taken note of still answers signals, but is inside nothing. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid > 0 && !(process.platform === 'linux' && /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')));
  } catch {
    return false;
  }
}

/** Read, then written back after a pause: two inside at once would lose an addition. */
async function addOne(): Promise<void> {
  const before = Number(readFileSync(counter, 'latin1'));
  if (Number(hold) > 0) await sleep(Math.random() * 2 * Number(hold));
  lock.assertHeld();
  const file = openSync(counter, 'r+');
  writeSync(file, String(before + 1).padStart(8, '0'), 0);
  closeSync(file);
  // One byte in one append: what was really done, even by one that is killed right after.
  writeFileSync(join(folder, 'done'), '.', { flag: 'a' });
}

function report(what: string, detail: unknown): void {
  writeFileSync(join(folder, 'faults'), `${what} ${process.pid} ${String(detail)}\n`, { flag: 'a' });
}

for (let round = 0; round < Number(count); round++) {
  try {
    await lock.run(async () => {
      enter();
      await addOne();
      rmSync(inside);
    });
  } catch (error) {
    report('error', error);
  }
}
