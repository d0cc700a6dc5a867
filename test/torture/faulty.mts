// Takes and releases a lock many times while one call to the file system fails in each cycle. Arguments: folder, cycles.
// Prints as JSON what went wrong, and how many descriptors were open before and after.
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCK_CALLS } from './fileSystemCalls.mts';
import { openFiles } from './openFiles.mts';
import { core } from '../support/core.mts';

const CODES = ['EIO', 'ESTALE', 'EACCES', 'ENOSPC', 'EROFS', 'EMFILE'];
const CALLS = [...LOCK_CALLS, 'accessSync'] as const;
/** ms, after which an unused lock has closed what it had open. */
const IDLE = 1300;
const LONGEST_CYCLE = 24;
const FOREIGN = '4242:1795478400.5';
const [folder = '', cycles = '0'] = process.argv.slice(2);
const path = join(folder, 'area_occupancy.db.lock');
const real = { ...fs };
const injected = { code: 'EIO', left: 0 };
const faults: string[] = [];
const outcomes: Record<string, number> = {};
let strikes = 0;

const disk = fs as unknown as Record<string, (...parameters: unknown[]) => unknown>;
for (const name of CALLS) {
  const call = disk[name]!;
  disk[name] = (...parameters) => {
    if (injected.left === 0 || --injected.left > 0) return call(...parameters);
    strikes++;
    // Linux has closed a descriptor also when it tells of an error.
    if (name === 'closeSync') call(...parameters);
    throw Object.assign(new Error(`${injected.code} in ${name}`), { code: injected.code });
  };
}

async function cycle(): Promise<void> {
  const isForeign = Math.random() < 0.3 && !real.existsSync(path);
  if (isForeign) real.writeFileSync(path, FOREIGN);
  const lock = new core.FileLock(path, { timeout: 0 });
  Object.assign(injected, {
    code: CODES[Math.floor(Math.random() * CODES.length)],
    left: 1 + Math.floor(Math.random() * LONGEST_CYCLE),
  });
  const what = `${injected.code} at call ${injected.left}`;
  let outcome = 'held';
  try {
    await lock.acquire();
    lock.assertHeld();
  } catch (error) {
    outcome = (error as { code?: string }).code ?? 'none';
    if (!(error instanceof Error) || !('nextStep' in error)) faults.push(`${what}: ${String(error)}`);
  }
  try {
    await lock.release();
  } catch (error) {
    faults.push(`${what}: the release failed: ${String(error)}`);
  }
  injected.left = 0;
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (!isForeign) return;
  if (!real.existsSync(path) || real.readFileSync(path, 'latin1') !== FOREIGN)
    faults.push(`${what}: a fresh foreign lock was removed`);
  else real.unlinkSync(path);
}

await new core.FileLock(path).run(async () => {});
await sleep(IDLE);
const before = openFiles();
for (let count = 0; count < Number(cycles); count++) await cycle();
await new core.FileLock(path, { timeout: 10 }).run(async () => {});
await sleep(IDLE);
const left = real.readdirSync(folder).filter((name) => /\.lock$|stale/.test(name));
process.stdout.write(JSON.stringify({ faults: faults.slice(0, 20), strikes, outcomes, before, after: openFiles(), left }));
