// One process of ours that takes part in many rounds, each at a lock of its own, several at a time. Arguments: see RoundsOrder, as JSON.
// Prints a line for each stay: round, from and until (ns), when it committed (ns, 0 for a lost lock).
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { core, Sqlite } from '../support/core.mts';
import type { RoundsOrder } from './roundsOrder.ts';

const { folder, rounds, lanes, period, start, hold, isShared }: RoundsOrder = JSON.parse(process.argv[2] ?? '{}');
const database = new Sqlite(join(folder, 'counters.db'), { timeout: 20_000 });
database.pragma('synchronous = OFF');
const begin = database.prepare('BEGIN IMMEDIATE');
const add = database.prepare('UPDATE rounds SET n = n + 1 WHERE round = ?');
const commit = database.prepare('COMMIT');
const lines: string[] = [];
const rollback = database.prepare('ROLLBACK');

/** @returns when it committed (ns), 0 when the lock was found lost before */
function addOne(round: number, lock: InstanceType<typeof core.FileLock>): bigint {
  begin.run();
  try {
    add.run(round);
    lock.assertHeld();
    const at = process.hrtime.bigint();
    commit.run();
    return at;
  } catch {
    rollback.run();
    return 0n;
  }
}

async function takePart(round: number): Promise<void> {
  const lock = new core.FileLock(join(folder, isShared ? 'shared' : String(round), 'area_occupancy.db.lock'), { timeout: 60 });
  await lock.acquire();
  const from = process.hrtime.bigint();
  if (hold > 0) await sleep(Math.random() * 2 * hold);
  const committed = addOne(round, lock);
  const until = process.hrtime.bigint();
  await lock.release();
  lines.push(`${round} ${from} ${until} ${committed}\n`);
}

async function runLane(lane: number): Promise<void> {
  for (let round = lane, turn = 0; round < rounds; round += lanes, turn++) {
    const early = start + turn * period - Date.now();
    if (early > 0) await sleep(early);
    await takePart(round);
  }
}

await Promise.all(Array.from({ length: Math.min(lanes, rounds) }, (_, lane) => runLane(lane)));
database.close();
process.stdout.write(lines.join(''));
